//! What a recording looks like: how loud it is from window to window, and where nobody speaks. One pass over the file;
//! kept of it is what is drawn, whatever the length.

use std::path::Path;
use std::time::Duration;

use super::decode::{Decoder, Shape, Unplayable};
use crate::desk::Waveform;

/// Levels a second.
const PER_SECOND: u32 = 50;
/// Windows of a waveform at most: wider than any screen, so that a part of it can be looked at closely.
const MOST_WINDOWS: usize = 2_000;
/// What is longer than half a day is no call and is looked through no further.
const LONGEST: usize = 12 * 3_600 * PER_SECOND as usize;

/// A pause between two sentences is shorter than this.
const PAUSE: Duration = Duration::from_millis(800);
/// Left of a silence at either end, so that no word begins or ends abruptly where it is skipped.
const BREATH: Duration = Duration::from_millis(150);

/// `None` once it is not `wanted` any more.
pub fn look_through(path: &Path, wanted: impl Fn() -> bool) -> Result<Option<Waveform>, Unplayable> {
    let mut decoder = Decoder::open(path)?;
    let mut levels = Levels::of(decoder.shape());
    loop {
        if !wanted() {
            return Ok(None);
        }
        let piece = decoder.next(usize::MAX);
        if piece.is_empty() || levels.loudness.len() >= LONGEST {
            break;
        }
        levels.hear(piece);
    }
    levels.waveform().map(Some).ok_or(Unplayable::Empty)
}

/// A recording, level by level.
struct Levels {
    rate: u32,
    /// Frames of a level.
    span: usize,
    /// The loudest sample of each level, channel by channel.
    peaks: Vec<Vec<u8>>,
    /// Of the louder channel, in dBFS.
    loudness: Vec<i8>,
    frames: u64,
    /// Of the level that is being heard, channel by channel.
    growing: Vec<Growing>,
    heard: usize,
}

#[derive(Clone, Copy, Default)]
struct Growing {
    peak: f32,
    energy: f32,
}

impl Levels {
    fn of(shape: Shape) -> Levels {
        let Shape { rate, channels } = shape;
        let (peaks, growing) = (vec![vec![]; channels], vec![Growing::default(); channels]);
        Levels {
            rate,
            span: (rate / PER_SECOND) as usize,
            peaks,
            loudness: vec![],
            frames: 0,
            growing,
            heard: 0,
        }
    }

    fn hear(&mut self, mut samples: &[f32]) {
        let channels = self.growing.len();
        self.frames += (samples.len() / channels) as u64;
        while !samples.is_empty() {
            let (now, rest) = samples.split_at(samples.len().min((self.span - self.heard) * channels));
            for (channel, growing) in self.growing.iter_mut().enumerate() {
                now.iter().skip(channel).step_by(channels).for_each(|sample| growing.hear(*sample));
            }
            self.heard += now.len() / channels;
            if self.heard == self.span {
                self.close();
            }
            samples = rest;
        }
    }

    fn close(&mut self) {
        let energy = self.growing.iter().map(|growing| growing.energy).fold(0.0, f32::max);
        self.loudness.push(dbfs(energy / self.heard as f32));
        for (peaks, growing) in self.peaks.iter_mut().zip(&mut self.growing) {
            peaks.push((growing.peak * 255.0).round() as u8);
            *growing = Growing::default();
        }
        self.heard = 0;
    }

    /// `None` of no sound at all.
    fn waveform(mut self) -> Option<Waveform> {
        if self.heard > 0 {
            self.close();
        }
        if self.loudness.is_empty() {
            return None;
        }
        let together = self.loudness.len().div_ceil(MOST_WINDOWS);
        let fold =
            |peaks: &Vec<u8>| peaks.chunks(together).filter_map(|of| of.iter().copied().max()).collect();
        let level = Duration::from_secs_f64(self.span as f64 / f64::from(self.rate));
        Some(Waveform {
            length: Duration::from_secs_f64(self.frames as f64 / f64::from(self.rate)),
            window: level * together as u32,
            channels: self.peaks.iter().map(fold).collect(),
            silences: silences(&self.loudness, level),
        })
    }
}

impl Growing {
    fn hear(&mut self, sample: f32) {
        self.peak = self.peak.max(sample.abs());
        self.energy += sample * sample;
    }
}

fn dbfs(energy: f32) -> i8 {
    (10.0 * energy.max(1e-12).log10()).round() as i8
}

/// Spans longer than a pause in which every channel is quiet, without a breath at either end.
fn silences(loudness: &[i8], level: Duration) -> Vec<(Duration, Duration)> {
    let quiet = quiet(loudness);
    let mut silences = vec![];
    let mut begin = 0;
    for run in loudness.chunk_by(|a, b| (*a < quiet) == (*b < quiet)) {
        let (from, to) = (level * begin, level * (begin + run.len() as u32));
        begin += run.len() as u32;
        if run[0] < quiet && to - from > PAUSE {
            silences.push((from + BREATH, to - BREATH));
        }
    }
    silences
}

/// What is below counts as nobody speaking: 25 dB under the recording's own loud speech, which is what only a twentieth of
/// it outdoes. -45 dBFS in an ordinary recording; never above -35, so that a soft voice beside a shouting one is
/// heard, nor below -65, where a telephone line has its noise.
fn quiet(loudness: &[i8]) -> i8 {
    let mut sorted = loudness.to_vec();
    sorted.sort_unstable();
    let speech = sorted.get(sorted.len() * 19 / 20).copied().unwrap_or(i8::MIN);
    speech.saturating_sub(25).clamp(-65, -35)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVEL: Duration = Duration::from_millis(20);

    fn spans(of: &[(i8, usize)]) -> Vec<(u128, u128)> {
        let loudness: Vec<i8> = of.iter().flat_map(|(loud, levels)| vec![*loud; *levels]).collect();
        silences(&loudness, LEVEL).iter().map(|(from, to)| (from.as_millis(), to.as_millis())).collect()
    }

    #[test]
    fn a_silence_is_longer_than_a_pause() {
        assert_eq!(spans(&[(-20, 100), (-60, 40), (-20, 100)]), []);
        assert_eq!(spans(&[(-20, 100), (-60, 50), (-20, 100), (-60, 100)]), [(2_150, 2_850), (5_150, 6_850)]);
    }

    #[test]
    fn what_is_quiet_depends_on_how_loud_they_speak() {
        assert_eq!(spans(&[(-20, 100), (-44, 50), (-20, 100)]), []);
        assert_eq!(spans(&[(-5, 100), (-44, 50), (-5, 100)]), [(2_150, 2_850)]);
        assert_eq!(spans(&[(-40, 100), (-60, 50), (-40, 100)]), []);
        assert_eq!(spans(&[(-120, 100)]), [(150, 1_850)]);
    }

    #[test]
    fn a_level_is_the_loudest_sample_of_each_channel() {
        let mut levels = Levels::of(Shape { rate: 8_000, channels: 2 });
        levels.hear(&[0.5, -1.0].repeat(100));
        levels.hear(&[0.25, 0.0].repeat(100));
        let waveform = levels.waveform().unwrap();
        assert_eq!(waveform.channels, [[128, 64], [255, 0]]);
        assert_eq!((waveform.length, waveform.window), (Duration::from_millis(25), LEVEL));
    }

    #[test]
    fn a_long_recording_has_no_more_windows_than_a_short_one() {
        let mut levels = Levels::of(Shape { rate: 8_000, channels: 1 });
        (0..3_600).for_each(|_| levels.hear(&[0.1; 8_000]));
        let waveform = levels.waveform().unwrap();
        assert_eq!(waveform.channels[0].len(), 2_000);
        assert_eq!(waveform.window, Duration::from_millis(1_800));
        assert_eq!(waveform.length, Duration::from_secs(3_600));
    }
}
