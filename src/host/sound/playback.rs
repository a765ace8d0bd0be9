//! One order to play, as bytes for whoever asks for them: from a place, at a speed, without silences, a part over and
//! over. Knows no device: [`Heard`] tells the place in the recording from how many frames a device has played.

mod heard;
mod plan;

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use super::decode::{Decoder, Shape, Unplayable};
use super::stretch::Stretch;
use crate::desk::{Manner, Waveform};

pub use heard::Heard;
use heard::Span;
use plan::Plan;

/// Frames decoded at once: little, so that whoever waits for bytes waits shortly.
const PIECE: u64 = 2_048;
/// More leaps than this without a sample between them: the part is nothing but silence.
const MOST_LEAPS: usize = 4;

pub struct Playback {
    decoder: Decoder,
    stretch: Option<Stretch>,
    plan: Plan,
    spans: mpsc::Sender<Span>,
    /// Frames that came from the decoder so far.
    fed: u64,
    /// As much was fed when the part began anew.
    fed_at_turn: u64,
    /// Where the recording would go on if nothing was skipped.
    expected: Option<u64>,
    /// For the device; the samples before `given` were given out.
    ready: Vec<f32>,
    given: usize,
    ended: bool,
}

impl Playback {
    pub fn open(
        path: &Path,
        waveform: &Waveform,
        from: Duration,
        manner: Manner,
    ) -> Result<(Playback, Heard), Unplayable> {
        let mut decoder = Decoder::open(path)?;
        let shape = decoder.shape();
        let plan = Plan::of(waveform, manner, shape.rate);
        let from = plan::frames(from, shape.rate);
        decoder.seek(from);
        let tempo = f32::from(manner.percent.clamp(75, 200)) / 100.0;
        let (spans, learnt) = mpsc::channel();
        let heard = Heard::new(learnt, from, shape.rate, tempo);
        let playback = Playback {
            decoder,
            stretch: Stretch::of(shape, tempo),
            plan,
            spans,
            fed: 0,
            fed_at_turn: 0,
            expected: None,
            ready: vec![],
            given: 0,
            ended: false,
        };
        Ok((playback, heard))
    }

    pub fn shape(&self) -> Shape {
        self.decoder.shape()
    }

    /// Fills whole frames of signed 16-bit little-endian samples; fewer bytes than asked for only at the end.
    pub fn read(&mut self, bytes: &mut [u8]) -> usize {
        let room = bytes.len() / 2 / self.shape().channels * self.shape().channels;
        let mut filled = 0;
        while filled < room && (self.given < self.ready.len() || self.refill()) {
            let taken = (room - filled).min(self.ready.len() - self.given);
            let samples = &self.ready[self.given..self.given + taken];
            for (bytes, sample) in bytes[2 * filled..].chunks_exact_mut(2).zip(samples) {
                bytes.copy_from_slice(&((sample * 32_768.0).round() as i16).to_le_bytes());
            }
            self.given += taken;
            filled += taken;
        }
        2 * filled
    }

    /// False at the end.
    fn refill(&mut self) -> bool {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() && !self.ended {
            self.ended = !self.feed();
            if let Some(stretch) = self.stretch.as_mut().filter(|_| self.ended) {
                stretch.finish(&mut self.ready);
            }
        }
        !self.ready.is_empty()
    }

    /// One piece more; false at the end.
    fn feed(&mut self) -> bool {
        for _ in 0..MOST_LEAPS {
            let Some(to) = self.plan.leap(self.decoder.at()) else { return self.pass() || self.turn() };
            self.decoder.seek(to);
        }
        false
    }

    fn pass(&mut self) -> bool {
        let (at, shape) = (self.decoder.at(), self.decoder.shape());
        let piece = self.decoder.next(self.plan.run(at).min(PIECE) as usize);
        if self.expected != Some(at) {
            // Nobody may ask where it is any more.
            let _ = self.spans.send(Span { fed: self.fed, at });
        }
        let frames = (piece.len() / shape.channels) as u64;
        match &mut self.stretch {
            Some(stretch) => stretch.pass(piece, &mut self.ready),
            None => self.ready.extend_from_slice(piece),
        }
        self.fed += frames;
        self.expected = Some(at + frames);
        frames > 0
    }

    /// The recording ended in a part that is played over and over; false when there is none, or nothing in it.
    fn turn(&mut self) -> bool {
        let Some(begin) = self.plan.begin().filter(|_| self.fed > self.fed_at_turn) else { return false };
        self.fed_at_turn = self.fed;
        self.decoder.seek(begin);
        true
    }
}
