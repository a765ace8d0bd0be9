//! What a table, a drill and an explanation have in common: the days of a period and what keeps a call.

use std::ops::Range;

use super::Ledger;
use super::axis::{Axis, Stretch};
use super::bits;
use super::contact::{Contact, gather};
use super::day::Day;
use super::halves::halves;
use super::rows::Rows;
use super::sieve::{Test, tests};
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
    /// What makes a single call a part of what the measure counts.
    pub contributing: Option<Test<'l>>,
}

/// Buffers that are used day after day.
#[derive(Default)]
pub(super) struct Scan {
    pub rows: Rows,
    pub contacts: Vec<Contact>,
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
    /// A table as a whole.
    pub fn of(
        ledger: &'l Ledger,
        query: &Query,
        period: Period,
        matching: Option<&'l Numbers>,
    ) -> Question<'l> {
        let range = ledger.range(period);
        let tests = tests(&query.filter, matching, &ledger.names, ledger.stretch(range.clone()));
        Question {
            ledger,
            kind: query.kind,
            range,
            tests,
            path: vec![],
            measure: Measure::Calls,
            contributing: None,
        }
    }

    pub fn of_figure(ledger: &'l Ledger, figure: &Figure, matching: Option<&'l Numbers>) -> Question<'l> {
        let question = Question::of(ledger, &figure.query, figure.query.period, matching);
        let stretch = ledger.stretch(question.range.clone());
        let inside =
            |group: &Group| Axis::new(group.level(), &ledger.names, stretch).test(|known| known == group);
        let path = figure.path.iter().filter(|group| group.level() != Level::None).map(inside).collect();
        Question { path, measure: figure.measure, contributing: contributing(figure.measure), ..question }
    }

    pub fn day(&self, nth: usize) -> (usize, &'l Day) {
        (nth, &self.ledger.days[nth])
    }

    fn filter(&self) -> impl Iterator<Item = &Test<'l>> + Clone {
        self.tests.iter().map(|(_, test)| test)
    }

    /// The day's rows that the filter keeps.
    pub fn keep(&self, nth: usize, rows: &mut Rows) {
        let at = self.day(nth);
        rows.all(at.1.len());
        rows.narrow(self.filter(), at);
    }

    /// The day's rows behind the figure, by calls.
    pub fn calls(&self, nth: usize, rows: &mut Rows) {
        let at = self.day(nth);
        rows.all(at.1.len());
        rows.narrow(self.path.iter().chain(self.filter()).chain(&self.contributing), at);
    }

    /// The day's contacts behind the figure, by patients: only the parties of which a call is in its row are looked at.
    pub fn contacts(&self, nth: usize, scan: &mut Scan) {
        let at = self.day(nth);
        scan.rows.all(at.1.len());
        scan.rows.narrow(self.path.iter(), at);
        scan.rows.widen(at.1);
        scan.rows.narrow(self.filter(), at);
        gather(&mut scan.contacts, at.1, &scan.rows);
        scan.contacts.retain(|contact| contact.contributes(self.measure) && self.is_in_row(nth, contact));
    }

    /// Whether a contact stands in the row of the table that the path names.
    pub fn is_in_row(&self, nth: usize, contact: &Contact) -> bool {
        self.path.iter().all(|test| test.keeps(self.day(nth), contact.stands as usize))
    }

    pub fn halves<T: Send>(&self, fold: impl Fn(Range<usize>) -> T + Sync) -> (T, Option<T>) {
        halves(|nth| self.ledger.days[nth].len(), self.range.clone(), fold)
    }
}

fn contributing<'q>(measure: Measure) -> Option<Test<'q>> {
    match measure.counted() {
        Measure::Money => Some(Test::Paid),
        other => bits::counted(other).map(|bits| Test::Value(bits, 1)),
    }
}
