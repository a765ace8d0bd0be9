//! Where in the recording the operator's ear is: the device says how many frames it played, the playback what it fed.

use std::collections::VecDeque;
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// From so many frames on, what was fed came from this place in the recording.
#[derive(Clone, Copy)]
pub struct Span {
    pub fed: u64,
    pub at: u64,
}

pub struct Heard {
    learnt: Receiver<Span>,
    /// Of the spans that may still be heard, the first is the one that sounds.
    spans: VecDeque<Span>,
    played: u64,
    rate: u32,
    tempo: f32,
}

impl Heard {
    pub(super) fn new(learnt: Receiver<Span>, from: u64, rate: u32, tempo: f32) -> Heard {
        Heard { learnt, spans: VecDeque::from([Span { fed: 0, at: from }]), played: 0, rate, tempo }
    }

    /// The place in the recording when so many frames have left the device. A device that takes some back does not lead
    /// back.
    pub fn at(&mut self, played: u64) -> Duration {
        self.played = self.played.max(played);
        let fed = (self.played as f64 * f64::from(self.tempo)) as u64;
        self.spans.extend(self.learnt.try_iter());
        while self.spans.get(1).is_some_and(|next| next.fed <= fed) {
            self.spans.pop_front();
        }
        let at = self.spans.front().map_or(0, |span| span.at.saturating_add(fed.saturating_sub(span.fed)));
        Duration::from_secs_f64(at as f64 / f64::from(self.rate))
    }
}
