//! What counts once: a call, or the kept calls with one party on one local day.

use super::bits::{BOOKED, COUNTED, HELD, MISSED, OUTCOME, TAKEN};
use super::day::{Day, Long, Short};
use super::dictionary::ALONE;
use super::sieve::Rows;
use crate::domain::report::{Kind, Measure};

/// Contacts of one day, in columns.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    /// The rows that stand for them: the call with the best outcome, the later on a tie.
    pub stands: Vec<u32>,
    /// Whether any of its calls was taken, missed, booked, held.
    pub flags: Vec<u16>,
    /// Sums of all its calls.
    pub wait: Vec<u64>,
    pub talk: Vec<u64>,
    pub money: Vec<i64>,
    /// Where the contact's calls end among the rows it was made of.
    pub ends: Vec<u32>,
}

impl Contacts {
    pub fn len(&self) -> usize {
        self.stands.len()
    }

    /// Makes contacts of the rows of a day.
    pub fn gather(&mut self, kind: Kind, day: &Day, rows: &Rows) {
        self.clear();
        let (party, flags) = (day.long(Long::Party), day.short(Short::Flags));
        let mut last = ALONE;
        for nth in 0..rows.len() {
            let row = rows.get(nth);
            let same = kind == Kind::Patients && party[row] == last && last != ALONE;
            last = party[row];
            if !same {
                self.open(row as u32, OUTCOME.of(flags[row]));
            }
            self.take(day, row);
        }
        self.flags.iter_mut().for_each(|flags| *flags = without_missed_if_taken(*flags));
    }

    fn clear(&mut self) {
        self.stands.clear();
        self.flags.clear();
        self.wait.clear();
        self.talk.clear();
        self.money.clear();
        self.ends.clear();
    }

    fn open(&mut self, row: u32, outcome: u16) {
        self.stands.push(row);
        self.flags.push(outcome);
        self.wait.push(0);
        self.talk.push(0);
        self.money.push(0);
        self.ends.push(self.ends.last().copied().unwrap_or(0));
    }

    /// Adds a row to the contact opened last. Rows come in order of time, so the later wins a tie.
    fn take(&mut self, day: &Day, row: usize) {
        let Some(last) = self.stands.len().checked_sub(1) else { return };
        let flags = day.short(Short::Flags)[row];
        let best = OUTCOME.of(self.flags[last]);
        if OUTCOME.of(flags) <= best {
            self.stands[last] = row as u32;
        }
        let any = (self.flags[last] | flags) & COUNTED.all();
        self.flags[last] = any | OUTCOME.of(flags).min(best);
        self.wait[last] += u64::from(day.long(Long::Wait)[row]);
        self.talk[last] += u64::from(day.long(Long::Talk)[row]);
        self.money[last] += day.money(row);
        self.ends[last] += 1;
    }

    /// Where the contact's calls lie among the rows.
    pub fn rows(&self, nth: usize) -> std::ops::Range<usize> {
        let start = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[nth] as usize
    }

    /// Whether a contact is a part of what a measure counts.
    pub fn contributes(&self, nth: usize, measure: Measure) -> bool {
        let flags = self.flags[nth];
        match measure.counted() {
            Measure::Taken | Measure::Talk => TAKEN.holds(flags),
            Measure::Missed => MISSED.holds(flags),
            Measure::Booked => BOOKED.holds(flags),
            Measure::Held => HELD.holds(flags),
            Measure::Money => self.money[nth] != 0,
            _ => true,
        }
    }
}

/// A missed call that was talked over the same day is not missed.
fn without_missed_if_taken(flags: u16) -> u16 {
    if TAKEN.holds(flags) { MISSED.cleared(flags) } else { flags }
}
