//! Why a figure is what it is: which calls of the period are behind it, and what left the others out.

use std::iter;
use std::ops::Range;

use super::Ledger;
use super::cells::Cells;
use super::contact::{Contact, gather};
use super::question::{Question, Scan};
use super::rows::Rows;
use crate::domain::desk::Figure;
use crate::domain::fact::Numbers;
use crate::domain::report::{Explanation, Kind, Reason};

/// What was counted so far.
struct Tally {
    considered: u64,
    /// By the filter's tests, in their order.
    filtered: Vec<u64>,
    other_row: u64,
    not_counted: u64,
    counted: u64,
    contacts: u64,
    /// A single cell: the row the figure stands in.
    row: Cells,
}

impl Ledger {
    pub fn explain(&self, figure: &Figure, matching: Option<&Numbers>) -> Explanation {
        let question = Question::of_figure(self, figure, matching);
        let (mut tally, second) = question.halves(|range| Tally::of(&question, range));
        second.iter().for_each(|second| tally.merge(second));
        let filtered = question.tests.iter().map(|(part, _)| Reason::Filter(*part)).zip(tally.filtered);
        let rest = [(Reason::OtherRow, tally.other_row), (Reason::NotCounted, tally.not_counted)];
        Explanation {
            measure: figure.measure,
            measures: tally.row.measures(0),
            considered: tally.considered,
            left_out: filtered.chain(rest).filter(|(_, calls)| *calls > 0).collect(),
            counted: tally.counted,
            contacts: tally.contacts,
        }
    }
}

impl Tally {
    fn of(question: &Question, range: Range<usize>) -> Tally {
        let mut tally = Tally {
            considered: 0,
            filtered: vec![0; question.tests.len()],
            other_row: 0,
            not_counted: 0,
            counted: 0,
            contacts: 0,
            row: Cells::new(1),
        };
        let mut scan = Scan::default();
        for nth in range {
            tally.filter(question, nth, &mut scan);
            match question.kind {
                Kind::Calls => tally.calls(question, nth, &mut scan.rows),
                Kind::Patients => {
                    gather(&mut scan.contacts, question.day(nth).1, &scan.rows);
                    scan.contacts.iter().for_each(|contact| tally.contact(question, nth, contact));
                }
            }
        }
        tally
    }

    fn filter(&mut self, question: &Question, nth: usize, scan: &mut Scan) {
        let at = question.day(nth);
        scan.rows.all(at.1.len());
        self.considered += at.1.len() as u64;
        for ((_, test), left_out) in question.tests.iter().zip(&mut self.filtered) {
            let before = scan.rows.len();
            scan.rows.narrow([test].into_iter(), at);
            *left_out += (before - scan.rows.len()) as u64;
        }
    }

    fn calls(&mut self, question: &Question, nth: usize, rows: &mut Rows) {
        let at = question.day(nth);
        let kept = rows.len();
        rows.narrow(question.path.iter(), at);
        match rows.listed() {
            None => self.row.add_rows(at.1, &(0..at.1.len()), iter::repeat(0)),
            Some(listed) => self.row.add_rows(at.1, listed, iter::repeat(0)),
        }
        let inside = rows.len();
        rows.narrow(question.contributing.iter(), at);
        self.other_row += (kept - inside) as u64;
        self.not_counted += (inside - rows.len()) as u64;
        self.counted += rows.len() as u64;
        self.contacts += rows.len() as u64;
    }

    fn contact(&mut self, question: &Question, nth: usize, contact: &Contact) {
        let calls = contact.rows().len() as u64;
        if !question.is_in_row(nth, contact) {
            self.other_row += calls;
            return;
        }
        self.row.add(0, contact.flags, (contact.wait, contact.talk), contact.money);
        if contact.contributes(question.measure) {
            self.counted += calls;
            self.contacts += 1;
        } else {
            self.not_counted += calls;
        }
    }

    fn merge(&mut self, other: &Tally) {
        self.considered += other.considered;
        self.filtered.iter_mut().zip(&other.filtered).for_each(|(mine, theirs)| *mine += theirs);
        self.other_row += other.other_row;
        self.not_counted += other.not_counted;
        self.counted += other.counted;
        self.contacts += other.contacts;
        self.row.merge(0, &other.row, 0);
    }
}
