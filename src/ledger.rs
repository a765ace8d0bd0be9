//! The report's engine: every finished call with the outside as a row of codes in memory, some 35 bytes each.
//!
//! A cache of what the store knows, told of every change ([`Ledger::put`]); it asks nobody and knows no clock. Any
//! grouping is one pass over the days of the period, on both cores when they are many.

mod axis;
mod bits;
mod build;
mod cache;
mod cells;
mod clock;
mod contact;
mod day;
mod dictionary;
mod drill;
mod explain;
mod fault;
mod grid;
mod halves;
mod metrics;
mod names;
mod present;
mod question;
mod rows;
mod sieve;
mod table;

use chrono_tz::Tz;

use crate::domain::fact::{CallNumber, Fact};
use crate::domain::id::{BranchId, ChannelId};
pub use build::Builder;
use clock::Clock;
use day::Day;
pub use drill::Drilled;
pub use fault::Fault;
use names::Names;

/// A day is likely to have as many calls as the same one a week before.
const WEEK: usize = 7;

#[derive(Debug)]
pub struct Ledger {
    zone: Tz,
    /// In order; only those on which there were calls.
    days: Vec<Day>,
    names: Names,
}

impl Ledger {
    /// Empty; the days are those of `zone`.
    pub fn new(zone: Tz) -> Ledger {
        Ledger { zone, days: vec![], names: Names::new() }
    }

    pub fn len(&self) -> usize {
        self.days.iter().map(Day::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// A call as it stands now, in place of what was known of it.
    pub fn put(&mut self, fact: &Fact) -> Result<(), Fault> {
        let row = self.names.row(fact)?;
        let (day, at) = self.day(fact);
        let row = row.began(at);
        match self.find(fact.number, day) {
            Some((known, place)) if known == day && self.days[day].key(place) == row.key() => {
                self.days[day].overwrite(place, &row);
            }
            Some((known, place)) => {
                self.days[known].remove(place);
                self.days[day].put(&row);
                self.drop_empty(known);
            }
            None => self.days[day].put(&row),
        }
        Ok(())
    }

    /// Forgets a call; nothing happens when it is not known.
    pub fn remove(&mut self, number: CallNumber) {
        let newest = self.days.len().saturating_sub(1);
        if let Some((day, place)) = self.find(number, newest) {
            self.days[day].remove(place);
            self.drop_empty(day);
        }
    }

    /// The directory says something else of a line: all its calls count there.
    pub fn relabel(&mut self, line: &str, channel: Option<ChannelId>, branch: Option<BranchId>) {
        self.names.relabel(line, channel, branch);
    }

    /// The place of the day on which a call began, made when there is none, and the call's time in it.
    fn day(&mut self, fact: &Fact) -> (usize, u32) {
        let instant = fact.started_at.timestamp_millis();
        let covers = |place: &usize| self.days[*place].clock.covers(instant);
        let after = || self.days.partition_point(|day| day.clock.start <= instant);
        let last = self.days.len().checked_sub(1).filter(covers);
        let near = last.or_else(|| after().checked_sub(1).filter(covers));
        let place = near.unwrap_or_else(|| {
            let date = Clock::day(fact.started_at, self.zone);
            let place = self.days.partition_point(|day| day.date < date);
            if self.days.get(place).is_none_or(|day| day.date != date) {
                let likely = place.checked_sub(WEEK).map_or(0, |before| self.days[before].len());
                self.days.insert(place, Day::new(date, Clock::of(date, self.zone), likely));
            }
            place
        });
        (place, u32::try_from(instant - self.days[place].clock.start).unwrap_or(0))
    }

    fn drop_empty(&mut self, day: usize) {
        if self.days[day].len() == 0 {
            self.days.remove(day);
        }
    }

    /// A call's day and place, looked for first in the day named, then wherever calls have such numbers.
    fn find(&self, number: CallNumber, first: usize) -> Option<(usize, usize)> {
        let found = |day: usize| Some((day, self.days.get(day)?.find(number.0)?));
        found(first).or_else(|| (0..self.days.len()).rev().filter(|day| *day != first).find_map(found))
    }
}
