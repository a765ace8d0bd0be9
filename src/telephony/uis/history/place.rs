//! A place in a report sorted by time: the date to ask from, and how many rows at it were read already.

use std::ops::Range;

use chrono::{NaiveDateTime, Timelike};

use super::LONGEST;
use super::report::Part;
use crate::telephony::uis::map::time;

/// Wall-clock time of the account: what a report is asked in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    from: NaiveDateTime,
    skip: usize,
}

impl Place {
    /// Where `next` of a page leads, else the beginning.
    pub fn of(next: Option<&str>, whole: &Range<NaiveDateTime>) -> Place {
        next.and_then(Place::read).unwrap_or(Place { from: whole.start, skip: 0 })
    }

    fn read(next: &str) -> Option<Place> {
        let (from, skip) = next.split_once('|')?;
        Some(Place { from: time::local(from)?, skip: skip.parse().ok()? })
    }

    pub fn write(self) -> String {
        format!("{}|{}", time::asked(self.from), self.skip)
    }

    /// One question that begins here.
    pub fn part(self, whole: &Range<NaiveDateTime>) -> Part {
        Part { from: self.from, till: whole.end.min(self.from + LONGEST), skip: self.skip }
    }

    /// After some rows of a part, the last of them at `last`, with others to follow. Always further than here: rows that
    /// began in one second are counted, and an hour that the clocks showed twice does not lead back.
    pub fn after(self, last: Option<NaiveDateTime>, read: usize) -> Place {
        match last.and_then(|last| last.with_nanosecond(0)) {
            Some(last) if last > self.from => Place { from: last, skip: 0 },
            _ => Place { skip: self.skip + read, ..self },
        }
    }

    /// After a part that was read to its end.
    pub fn beyond(part: Part, whole: &Range<NaiveDateTime>) -> Option<Place> {
        (part.till < whole.end).then_some(Place { from: part.till, skip: 0 })
    }
}
