//! Telling a double click: two presses on one cell in a short time.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::layout::Position;

const TOGETHER: TimeDelta = TimeDelta::milliseconds(500);

#[derive(Debug, Default)]
pub struct Clicks {
    last: Option<(Position, DateTime<Utc>)>,
}

impl Clicks {
    /// Whether this press is the second of a pair.
    pub fn press(&mut self, at: Position, now: DateTime<Utc>) -> bool {
        let twice = self.last.is_some_and(|(place, then)| place == at && now - then <= TOGETHER);
        self.last = (!twice).then_some((at, now));
        twice
    }
}
