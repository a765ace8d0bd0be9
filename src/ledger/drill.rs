//! The calls behind a figure.

use std::cmp::Reverse;
use std::ops::Range;

use super::Ledger;
use super::bits::{self, BOOKED, COUNTS, HELD};
use super::day::{Day, Long, Short};
use super::question::{Question, Scan};
use crate::domain::desk::Figure;
use crate::domain::fact::{CallNumber, Debt, Numbers};
use crate::domain::id::{BranchId, ChannelId};
use crate::domain::money::Money;
use crate::domain::outcome::Outcome;
use crate::domain::report::{Familiarity, Kind};

/// A call behind a figure: what the ledger knows better than the call itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Drilled {
    pub number: CallNumber,
    /// By patients: this call stands for the contact, the others of the day follow it. By calls: always.
    pub stands: bool,
    pub outcome: Option<Outcome>,
    pub counts: bool,
    pub booked: bool,
    pub held: bool,
    pub money: Money,
    pub familiarity: Option<Familiarity>,
    pub debt: Option<Debt>,
    pub channel: Option<ChannelId>,
    pub branch: Option<BranchId>,
    pub speciality: Option<String>,
}

/// What is listed together: a call or a contact, by its place in the list, the row that stands for it and where all
/// its rows lie among those kept.
type Chosen = (Reverse<(u32, u32)>, usize, Range<usize>);

impl Ledger {
    /// A page of the calls behind a figure: newest first by the call that stands; by patients the others of its
    /// contact follow it, oldest first.
    pub fn drill(&self, figure: &Figure, page: Range<usize>, matching: Option<&Numbers>) -> Vec<Drilled> {
        let question = Question::of_figure(self, figure, matching);
        let mut scan = Scan::default();
        let (mut drilled, mut passed) = (vec![], 0);
        for nth in question.range.clone().rev() {
            if passed >= page.end {
                break;
            }
            let calls = question.size(nth, &mut scan);
            if calls > 0 && passed + calls > page.start {
                let listed = self.listed(&question, nth, &scan);
                let (skipped, wanted) =
                    (page.start.saturating_sub(passed), page.end - passed.max(page.start));
                let rows = listed.into_iter().skip(skipped).take(wanted);
                drilled.extend(rows.map(|(row, stands)| self.drilled(&self.days[nth], row, stands)));
            }
            passed += calls;
        }
        drilled
    }

    /// How many calls stand behind a figure.
    pub fn size(&self, figure: &Figure, matching: Option<&Numbers>) -> usize {
        let question = Question::of_figure(self, figure, matching);
        let (first, second) = question.halves(|range| {
            let mut scan = Scan::default();
            range.map(|nth| question.size(nth, &mut scan)).sum::<usize>()
        });
        first + second.unwrap_or(0)
    }

    /// A day's rows behind the figure in the order of the list, and whether each stands.
    fn listed(&self, question: &Question, nth: usize, scan: &Scan) -> Vec<(usize, bool)> {
        let day = &self.days[nth];
        let chosen = |row: usize, rows: Range<usize>| -> Chosen {
            (Reverse((day.long(Long::At)[row], day.long(Long::Number)[row])), row, rows)
        };
        let mut all: Vec<Chosen> = match question.kind {
            Kind::Calls => (0..scan.rows.len()).map(|nth| chosen(scan.rows.get(nth), nth..nth)).collect(),
            Kind::Patients => {
                scan.contacts.iter().map(|contact| chosen(contact.stands as usize, contact.rows())).collect()
            }
        };
        all.sort_unstable_by_key(|(key, ..)| *key);
        let rows = all.into_iter().flat_map(|(_, stands, rows)| {
            let others = rows.map(|nth| scan.rows.get(nth)).filter(move |row| *row != stands);
            [(stands, true)].into_iter().chain(others.map(|row| (row, false)))
        });
        rows.collect()
    }

    fn drilled(&self, day: &Day, row: usize, stands: bool) -> Drilled {
        let flags = day.short(Short::Flags)[row];
        let [_, channel, branch, _] = self.names.origins.values(day.short(Short::Origin)[row].into());
        let [_, _, speciality] = self.names.saids.values(day.short(Short::Said)[row].into());
        Drilled {
            number: CallNumber(day.long(Long::Number)[row]),
            stands,
            outcome: bits::outcome(flags),
            counts: COUNTS.holds(flags),
            booked: BOOKED.holds(flags),
            held: HELD.holds(flags),
            money: Money(day.money(row)),
            familiarity: bits::familiarity(flags),
            debt: bits::debt(flags),
            channel: self.names.channels.value(channel).copied(),
            branch: self.names.branches.value(branch).copied(),
            speciality: self.names.specialities.value(speciality).map(ToString::to_string),
        }
    }
}

impl Question<'_> {
    /// How many calls of a day are behind the figure; leaves them in `scan`.
    fn size(&self, nth: usize, scan: &mut Scan) -> usize {
        match self.kind {
            Kind::Calls => {
                self.calls(nth, &mut scan.rows);
                scan.rows.len()
            }
            Kind::Patients => {
                self.contacts(nth, scan);
                scan.contacts.iter().map(|contact| contact.rows().len()).sum()
            }
        }
    }
}
