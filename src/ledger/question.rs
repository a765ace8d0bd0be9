//! What a table, a drill and an explanation have in common: the days of a period and what keeps a call.

use std::ops::Range;

use super::Ledger;
use super::axis::{Axis, Stretch};
use super::contact::Contacts;
use super::day::Day;
use super::halves::halves;
use super::sieve::{Rows, Test, tests};
use crate::domain::desk::Figure;
use crate::domain::fact::Numbers;
use crate::domain::period::Period;
use crate::domain::report::{Group, Kind, Level, Measure, Part, Query};

pub(super) struct Question<'l> {
    pub ledger: &'l Ledger,
    pub kind: Kind,
    /// Places of the period's days.
    pub range: Range<usize>,
    pub tests: Vec<(Part, Test<'l>)>,
    /// What the call that stands for a contact must be: the row of the table.
    pub path: Vec<Test<'l>>,
    pub measure: Measure,
}

/// Buffers that are used day after day.
#[derive(Default)]
pub(super) struct Scan {
    pub rows: Rows,
    pub contacts: Contacts,
}

impl Ledger {
    /// The places of a period's days.
    pub(super) fn range(&self, period: Period) -> Range<usize> {
        let start = self.days.partition_point(|day| day.date < period.from);
        let end = self.days.partition_point(|day| day.date <= period.to);
        start..end.max(start)
    }

    pub(super) fn stretch(&self, range: Range<usize>) -> Stretch<'_> {
        Stretch { first: range.start, days: &self.days[range] }
    }
}

impl<'l> Question<'l> {
    /// A table as a whole, of one of the periods within `stretch`.
    pub fn of(
        ledger: &'l Ledger,
        query: &Query,
        period: Period,
        matching: Option<&'l Numbers>,
    ) -> Question<'l> {
        let range = ledger.range(period);
        let tests = tests(&query.filter, matching, &ledger.names, ledger.stretch(range.clone()));
        Question { ledger, kind: query.kind, range, tests, path: vec![], measure: Measure::Calls }
    }

    pub fn of_figure(ledger: &'l Ledger, figure: &Figure, matching: Option<&'l Numbers>) -> Question<'l> {
        let question = Question::of(ledger, &figure.query, figure.query.period, matching);
        let stretch = ledger.stretch(question.range.clone());
        let inside =
            |group: &Group| Axis::new(group.level(), &ledger.names, stretch).test(|known| known == group);
        let path = figure.path.iter().filter(|group| group.level() != Level::None).map(inside).collect();
        Question { path, measure: figure.measure, ..question }
    }

    pub fn day(&self, nth: usize) -> (usize, &'l Day) {
        (nth, &self.ledger.days[nth])
    }

    /// The day's rows that the filter keeps.
    pub fn keep(&self, nth: usize, rows: &mut Rows) {
        let (nth, day) = self.day(nth);
        rows.all(day.len());
        for (_, test) in &self.tests {
            rows.narrow(test, (nth, day));
        }
    }

    /// The day's contacts, of kept rows.
    pub fn contacts(&self, nth: usize, scan: &mut Scan) {
        self.keep(nth, &mut scan.rows);
        scan.contacts.gather(self.kind, &self.ledger.days[nth], &scan.rows);
    }

    /// Whether a contact stands in the row of the table that the path names.
    pub fn is_in_row(&self, nth: usize, contacts: &Contacts, contact: usize) -> bool {
        let row = contacts.stands[contact] as usize;
        self.path.iter().all(|test| test.keeps(self.day(nth), row))
    }

    /// Whether a contact is behind the figure.
    pub fn counts(&self, nth: usize, contacts: &Contacts, contact: usize) -> bool {
        contacts.contributes(contact, self.measure) && self.is_in_row(nth, contacts, contact)
    }

    pub fn halves<T: Send>(&self, fold: impl Fn(Range<usize>) -> T + Sync) -> (T, Option<T>) {
        halves(&self.ledger.days, self.range.clone(), fold)
    }
}
