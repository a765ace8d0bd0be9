//! A recording that is open: where in it we are, whether it plays. Time moves by what the host tells alone.

use std::sync::Arc;
use std::time::Duration;

use crate::desk::sound::{Manner, Mute, SoundOrder, Waveform};

#[derive(Debug)]
pub struct Tape {
    pub waveform: Arc<Waveform>,
    pub at: Duration,
    pub playing: bool,
    /// The beginning of a part whose end is still to be said.
    pub begun: Option<Duration>,
    /// Why it cannot be heard here.
    pub unheard: Option<Mute>,
}

impl Tape {
    pub fn of(waveform: Arc<Waveform>) -> Tape {
        Tape { waveform, at: Duration::ZERO, playing: false, begun: None, unheard: None }
    }

    pub fn length(&self) -> Duration {
        self.waveform.length
    }

    pub fn toggle(&mut self, manner: Manner) -> SoundOrder {
        if self.playing {
            self.playing = false;
            return SoundOrder::Pause;
        }
        if self.at >= self.length() {
            self.at = Duration::ZERO;
        }
        self.play(manner)
    }

    /// A part played over and over is begun when the place is outside it.
    pub fn play(&mut self, manner: Manner) -> SoundOrder {
        if let Some((from, to)) = manner.part.filter(|(from, to)| !(*from..*to).contains(&self.at)) {
            self.at = if to > from { from } else { self.at };
        }
        self.playing = true;
        SoundOrder::Play { from: self.at, manner }
    }

    /// Goes on as it did, in another manner or from another place; nothing to be said while it stands still.
    pub fn go_on(&mut self, manner: Manner) -> Option<SoundOrder> {
        self.playing.then(|| self.play(manner))
    }

    pub fn seek(&mut self, to: Duration, manner: Manner) -> Option<SoundOrder> {
        self.at = to.min(self.length());
        self.go_on(manner)
    }

    /// The first press begins a part here, the second ends it, the third lets it go.
    pub fn turn_part(&mut self, manner: &mut Manner) {
        match (manner.part.take(), self.begun.take()) {
            (None, None) => self.begun = Some(self.at),
            (None, Some(from)) if from != self.at => {
                manner.part = Some((from.min(self.at), from.max(self.at)));
            }
            _ => {}
        }
    }

    pub fn reach(&mut self, at: Duration) {
        // Word of a place on its way while it was paused is late.
        if self.playing {
            self.at = at.min(self.length());
            self.unheard = None;
        }
    }

    pub fn end(&mut self) {
        if std::mem::take(&mut self.playing) {
            self.at = self.length();
        }
    }

    pub fn fall_silent(&mut self, why: Mute) {
        self.playing = false;
        self.unheard = Some(why);
    }
}
