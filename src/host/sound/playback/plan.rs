//! In which order a recording's frames are played: on and on, or leaping over silences, or back to a part's beginning.

use std::time::Duration;

use crate::desk::{Manner, Waveform};

/// A shorter part would only buzz; it is not played over and over.
const SHORTEST_PART: Duration = Duration::from_millis(100);

pub struct Plan {
    part: Option<(u64, u64)>,
    /// To be skipped, in their order.
    silences: Vec<(u64, u64)>,
}

impl Plan {
    pub fn of(waveform: &Waveform, manner: Manner, rate: u32) -> Plan {
        let in_frames = |(from, to): (Duration, Duration)| (frames(from, rate), frames(to, rate));
        let part = manner.part.filter(|(from, to)| to.saturating_sub(*from) >= SHORTEST_PART).map(in_frames);
        let silences = if manner.skip_silence { waveform.silences.as_slice() } else { &[] };
        Plan { part, silences: silences.iter().copied().map(in_frames).collect() }
    }

    /// Where to go on instead of here.
    pub fn leap(&self, at: u64) -> Option<u64> {
        if let Some((from, _)) = self.part.filter(|(_, to)| at >= *to) {
            return Some(from);
        }
        self.next_silence(at).filter(|(from, _)| *from <= at).map(|(_, to)| to)
    }

    /// How many frames can be played from here without a leap.
    pub fn run(&self, at: u64) -> u64 {
        let part = self.part.map_or(u64::MAX, |(_, to)| to);
        let silence = self.next_silence(at).map_or(u64::MAX, |(from, _)| from);
        part.min(silence).saturating_sub(at)
    }

    /// Of the part that is played over and over.
    pub fn begin(&self) -> Option<u64> {
        self.part.map(|(from, _)| from)
    }

    fn next_silence(&self, at: u64) -> Option<(u64, u64)> {
        self.silences.get(self.silences.partition_point(|(_, to)| *to <= at)).copied()
    }
}

pub fn frames(time: Duration, rate: u32) -> u64 {
    (time.as_secs_f64() * f64::from(rate)).round() as u64
}
