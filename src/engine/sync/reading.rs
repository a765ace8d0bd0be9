//! One reading of a span of the past, page by page: where it stands, and what it learns of the gaps it covers.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;

use super::{Pace, late_read_at};
use crate::domain::call::{CallKey, Direction, Snapshot};
use crate::domain::gap::{Gap, Restored};
use crate::store::{Error, cursors, gaps};

#[derive(Clone, Debug)]
pub struct Reading {
    pub span: Range<DateTime<Utc>>,
    /// The page to come; `None`: the first.
    pub next: Option<String>,
    /// What is known once it is read to its end.
    pub kind: Kind,
    /// Gaps that lie in the span.
    pub gaps: Vec<Tally>,
    /// Entries nobody could make sense of.
    pub unread: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// All there is up to its end; `late`: also what changed after the fact.
    Forward { late: bool },
    /// One gap and nothing else.
    Gap,
}

/// What the record has of one gap.
#[derive(Clone, Debug)]
pub struct Tally {
    pub gap: Gap,
    /// The calls in it, and whether each is here as it is told. A row may come twice.
    calls: HashMap<CallKey, bool>,
}

impl Reading {
    /// What is to be read now: all since the last time, with what may have slipped between; from time to time all that
    /// may have changed after the fact; and every gap whose turn has come.
    pub fn forward(
        connection: &Connection,
        source: &str,
        gaps_of: Option<&str>,
        pace: &Pace,
        now: DateTime<Utc>,
    ) -> Result<Reading, Error> {
        let instant = |name: String| -> Result<Option<DateTime<Utc>>, Error> {
            Ok(cursors::get(connection, &name)?.and_then(|text| text.parse().ok()))
        };
        let (overlap, late_since) = (delta(pace.overlap), now - delta(pace.late));
        let read = instant(cursors::read_until(source))?;
        let late =
            instant(late_read_at(source))?.is_none_or(|at| at > now || now - at >= delta(pace.late_every));
        let mut start = read.map_or(late_since, |read| read.min(now) - overlap);
        if late {
            start = start.min(late_since);
        }
        let known = match gaps_of {
            Some(provider) => gaps::restorable(connection, provider, late_since)?,
            None => vec![],
        };
        // A clock that went back may put a gap's end before us.
        let mut end = now;
        for gap in known.iter().filter(|gap| gap.restored == Restored::Pending) {
            start = start.min(gap.began_at - overlap);
            end = gap.ended_at.map_or(end, |ended| ended.max(end));
        }
        let covered =
            |gap: &Gap| gap.began_at - overlap >= start && gap.ended_at.is_some_and(|ended| ended <= end);
        let gaps = known.into_iter().filter(covered).map(Tally::of).collect();
        Ok(Reading { span: start..end, next: None, kind: Kind::Forward { late }, gaps, unread: 0 })
    }

    pub fn of_gap(gap: Gap, pace: &Pace, now: DateTime<Utc>) -> Reading {
        let overlap = delta(pace.overlap);
        let end = gap.ended_at.map_or(now, |ended| (ended + overlap).min(now));
        let start = (gap.began_at - overlap).min(end);
        Reading { span: start..end, next: None, kind: Kind::Gap, gaps: vec![Tally::of(gap)], unread: 0 }
    }

    /// `whole`: it stands in the store as told.
    pub fn count(&mut self, call: &Snapshot, whole: bool) {
        for tally in &mut self.gaps {
            tally.count(call, whole);
        }
    }

    /// Entries without sense have no time: only a reading of one gap can say whose they are.
    pub fn tells_of_gaps(&self) -> bool {
        self.unread == 0 || self.kind == Kind::Gap
    }
}

impl Tally {
    fn of(gap: Gap) -> Tally {
        Tally { gap, calls: HashMap::new() }
    }

    fn count(&mut self, call: &Snapshot, whole: bool) {
        let began = call.started_at <= self.gap.ended_at.unwrap_or(DateTime::<Utc>::MAX_UTC);
        let in_it = began && call.ended_at.unwrap_or(call.started_at) >= self.gap.began_at;
        if in_it && call.direction != Direction::Internal {
            self.calls.insert(call.key.clone(), whole);
        }
    }

    pub fn restored(&self, unread: u32) -> Restored {
        let count = |calls: usize| u32::try_from(calls).unwrap_or(u32::MAX);
        let whole = count(self.calls.values().filter(|whole| **whole).count());
        Restored::Counted { whole, found: count(self.calls.len()).saturating_add(unread) }
    }
}

fn delta(duration: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::days(1))
}
