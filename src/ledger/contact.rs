//! What counts once by patients: the kept calls with one party on one local day.

use std::ops::Range;

use super::bits::{self, COUNTED, MISSED, OUTCOME, TAKEN};
use super::day::{Day, Long, Short};
use super::dictionary::ALONE;
use super::rows::{Places, Rows};
use crate::domain::report::Measure;

#[derive(Clone, Copy, Debug)]
pub(super) struct Contact {
    /// The row that stands for it: the call with the best outcome, the later on a tie.
    pub stands: u32,
    /// The best outcome, and whether any of its calls was taken, missed, booked, held.
    pub flags: u16,
    /// Sums of all its calls.
    pub wait: u64,
    pub talk: u64,
    pub money: i64,
    /// Where its calls lie among the rows it was made of.
    start: u32,
    end: u32,
}

impl Contact {
    pub fn rows(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it is a part of what a measure counts.
    pub fn contributes(&self, measure: Measure) -> bool {
        match measure.counted() {
            Measure::Money => self.money != 0,
            other => bits::counted(other).is_none_or(|bits| bits.holds(self.flags)),
        }
    }

    /// Adds a later call, so that the later wins a tie.
    #[inline]
    fn join(&mut self, later: Contact) {
        let best = OUTCOME.of(self.flags).min(OUTCOME.of(later.flags));
        if OUTCOME.of(later.flags) == best {
            self.stands = later.stands;
        }
        self.flags = (self.flags | later.flags) & COUNTED.all() | best;
        self.wait += later.wait;
        self.talk += later.talk;
        self.money = self.money.wrapping_add(later.money);
        self.end = later.end;
    }

    /// A missed call that was talked over the same day is not missed.
    fn settled(self) -> Contact {
        let flags = if TAKEN.holds(self.flags) { MISSED.cleared(self.flags) } else { self.flags };
        Contact { flags, ..self }
    }
}

/// The rows that stand for contacts.
impl Places for [Contact] {
    fn rows(&self) -> impl ExactSizeIterator<Item = usize> {
        self.iter().map(|contact| contact.stands as usize)
    }

    fn values<T: Copy>(&self, column: &[T]) -> impl Iterator<Item = T> {
        self.rows().map(|row| column[row])
    }
}

/// Puts the contacts of a day's kept rows into `contacts`, in place of what was there.
pub(super) fn gather(contacts: &mut Vec<Contact>, day: &Day, rows: &Rows) {
    contacts.clear();
    match rows.listed() {
        None => join(contacts, day, 0..rows.len()),
        Some(listed) => join(contacts, day, listed.iter().map(|row| *row as usize)),
    }
}

fn join(contacts: &mut Vec<Contact>, day: &Day, rows: impl ExactSizeIterator<Item = usize>) {
    contacts.reserve(rows.len());
    let count = day.len();
    let (party, flags) = (&day.long(Long::Party)[..count], &day.short(Short::Flags)[..count]);
    let (wait, talk) = (&day.long(Long::Wait)[..count], &day.long(Long::Talk)[..count]);
    let money = &day.long(Long::Money)[..count];
    let (mut open, mut last): (Option<Contact>, u32) = (None, ALONE);
    for (row, nth) in rows.zip(0u32..) {
        let one = Contact {
            stands: row as u32,
            flags: flags[row] & (COUNTED.all() | OUTCOME.all()),
            wait: wait[row].into(),
            talk: talk[row].into(),
            money: day.kopecks(money[row], row),
            start: nth,
            end: nth + 1,
        };
        let same = party[row] == last && last != ALONE;
        last = party[row];
        match &mut open {
            Some(contact) if same => contact.join(one),
            _ => contacts.extend(open.replace(one).map(Contact::settled)),
        }
    }
    contacts.extend(open.map(Contact::settled));
}
