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
use crate::domain::report::Familiarity;

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

/// A contact behind the figure, in the order of the list.
type Chosen = (Reverse<(u32, u32)>, usize);

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
            question.contacts(nth, &mut scan);
            let mut chosen = chosen(&question, nth, &scan);
            let calls: usize = chosen.iter().map(|(_, contact)| scan.contacts.rows(*contact).len()).sum();
            if passed + calls > page.start {
                chosen.sort_unstable();
                let day = &self.days[nth];
                let rows = chosen.iter().flat_map(|(_, contact)| listed(&scan, *contact));
                let rows =
                    rows.skip(page.start.saturating_sub(passed)).take(page.end - passed.max(page.start));
                drilled.extend(rows.map(|(row, stands)| self.drilled(day, row, stands)));
            }
            passed += calls;
        }
        drilled
    }

    /// How many calls stand behind a figure.
    pub fn size(&self, figure: &Figure, matching: Option<&Numbers>) -> usize {
        let question = Question::of_figure(self, figure, matching);
        let size = |range: Range<usize>| {
            let mut scan = Scan::default();
            let of_day = |nth: usize| {
                question.contacts(nth, &mut scan);
                let counted =
                    (0..scan.contacts.len()).filter(|one| question.counts(nth, &scan.contacts, *one));
                counted.map(|contact| scan.contacts.rows(contact).len()).sum::<usize>()
            };
            range.map(of_day).sum::<usize>()
        };
        let (first, second) = question.halves(size);
        first + second.unwrap_or(0)
    }

    fn drilled(&self, day: &Day, row: usize, stands: bool) -> Drilled {
        let flags = day.short(Short::Flags)[row];
        let [_, channel, branch] = self.names.origins.triple(day.short(Short::Origin)[row].into());
        let [_, _, speciality] = self.names.saids.triple(day.short(Short::Said)[row].into());
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

fn chosen(question: &Question, nth: usize, scan: &Scan) -> Vec<Chosen> {
    let (_, day) = question.day(nth);
    let counted = (0..scan.contacts.len()).filter(|one| question.counts(nth, &scan.contacts, *one));
    let key = |contact: usize| {
        let row = scan.contacts.stands[contact] as usize;
        Reverse((day.long(Long::At)[row], day.long(Long::Number)[row]))
    };
    counted.map(|contact| (key(contact), contact)).collect()
}

/// A contact's rows, the one that stands first.
fn listed(scan: &Scan, contact: usize) -> impl Iterator<Item = (usize, bool)> {
    let stands = scan.contacts.stands[contact] as usize;
    let rows = scan.contacts.rows(contact).map(|nth| scan.rows.get(nth));
    [(stands, true)].into_iter().chain(rows.filter(move |row| *row != stands).map(|row| (row, false)))
}
