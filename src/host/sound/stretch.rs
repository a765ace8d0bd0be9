//! Faster and slower with the pitch kept (WSOLA, by the `wsola` crate): samples in, fewer or more of them out.

use std::num::{NonZeroU16, NonZeroU32};

use wsola::TimeStretch;

use super::decode::Shape;

pub struct Stretch {
    stretch: TimeStretch,
    /// One step's output.
    step: Vec<f32>,
    /// Silence that pushes the last words through.
    tail: Vec<f32>,
}

impl Stretch {
    /// `None` where nothing is to be stretched.
    pub fn of(shape: Shape, tempo: f32) -> Option<Stretch> {
        let (rate, channels) =
            (NonZeroU32::new(shape.rate)?, NonZeroU16::new(shape.channels.try_into().ok()?)?);
        let mut stretch = TimeStretch::new(rate, channels).ok().filter(|_| tempo != 1.0)?;
        stretch.set_tempo(tempo);
        let step = vec![0.0; stretch.min_output_buff_size()];
        // What the search still holds back: a frame of 30 ms and its range of 12 ms.
        let tail = vec![0.0; (shape.rate * 42 / 1000) as usize * shape.channels];
        Some(Stretch { stretch, step, tail })
    }

    /// Adds to `out` what became ready.
    pub fn pass(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.stretch.push(samples);
        self.drain(out);
    }

    pub fn finish(&mut self, out: &mut Vec<f32>) {
        self.stretch.push(&self.tail);
        self.stretch.set_draining();
        self.drain(out);
    }

    fn drain(&mut self, out: &mut Vec<f32>) {
        while let Ok(ready) = self.stretch.pull(&mut self.step) {
            out.extend_from_slice(&self.step[..ready]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 8_000;

    fn stretched(shape: Shape, samples: &[f32], tempo: f32) -> Vec<f32> {
        let (mut stretch, mut out) = (Stretch::of(shape, tempo).unwrap(), vec![]);
        samples.chunks(1_152 * shape.channels).for_each(|piece| stretch.pass(piece, &mut out));
        stretch.finish(&mut out);
        out
    }

    /// By counting where it rises through zero.
    fn frequency(samples: &[f32]) -> f32 {
        let middle = &samples[samples.len() / 10..samples.len() * 9 / 10];
        let rises: Vec<usize> =
            (1..middle.len()).filter(|at| middle[at - 1] < 0.0 && middle[*at] >= 0.0).collect();
        (rises.len() - 1) as f32 * RATE as f32 / (rises[rises.len() - 1] - rises[0]) as f32
    }

    #[test]
    fn speed_changes_the_length_and_not_the_pitch() {
        let tone = |at: usize| (at as f32 * 440.0 * std::f32::consts::TAU / RATE as f32).sin() * 0.5;
        let samples: Vec<f32> = (0..10 * RATE as usize).map(tone).collect();
        for percent in [75, 125, 150, 200] {
            let tempo = percent as f32 / 100.0;
            let out = stretched(Shape { rate: RATE, channels: 1 }, &samples, tempo);
            let length = out.len() as f32 * tempo / samples.len() as f32;
            assert!((0.98..1.02).contains(&length), "{percent} %: {length} of the length");
            assert!((435.6..444.4).contains(&frequency(&out)), "{percent} %: {} Hz", frequency(&out));
        }
    }

    #[test]
    fn two_channels_stay_apart() {
        let samples: Vec<f32> = (0..RATE as usize).flat_map(|at| [(at as f32 * 0.3).sin(), 0.0]).collect();
        let out = stretched(Shape { rate: RATE, channels: 2 }, &samples, 1.5);
        assert_eq!(out.len() % 2, 0);
        assert!(out.chunks_exact(2).all(|frame| frame[1] == 0.0));
        assert!(out.chunks_exact(2).any(|frame| frame[0] > 0.9));
    }
}
