//! The sums of a table while it is counted.

use std::collections::HashMap;
use std::time::Duration;

use super::bits::{BOOKED, Bits, COUNTED, HELD, MISSED, TAKEN};
use super::day::{Day, Long, Short};
use super::rows::Rows;
use crate::domain::money::Money;
use crate::domain::report::Measures;

/// Cells by key. What is counted of a contact are four yes-or-no's: instead of four counters and their sum a cell
/// counts how often each of the sixteen combinations occurs, which is one addition.
#[derive(Debug, Default)]
pub(super) struct Cells {
    counts: Vec<[u32; 16]>,
    /// Wait, talk, money; the last in two's complement.
    sums: Vec<[u64; 4]>,
}

impl Cells {
    pub fn new(count: usize) -> Cells {
        Cells { counts: vec![[0; 16]; count], sums: vec![[0; 4]; count] }
    }

    pub fn len(&self) -> usize {
        self.counts.len()
    }

    #[inline]
    pub fn add(&mut self, key: u32, flags: u16, lengths: (u64, u64), money: i64) {
        self.counts[key as usize][usize::from(COUNTED.of(flags))] += 1;
        let sums = &mut self.sums[key as usize];
        sums[0] += lengths.0;
        sums[1] += lengths.1;
        sums[2] = sums[2].wrapping_add_signed(money);
    }

    /// Adds the rows of a day, each to the cell whose key `key` tells by its place among them.
    pub fn add_rows(&mut self, day: &Day, rows: &Rows, key: impl Fn(usize) -> u32) {
        match rows.listed() {
            None => self.add_all(day, 0..rows.len(), key),
            Some(listed) => self.add_all(day, listed.iter().map(|row| *row as usize), key),
        }
    }

    fn add_all(&mut self, day: &Day, rows: impl Iterator<Item = usize>, key: impl Fn(usize) -> u32) {
        let count = day.len();
        let flags = &day.short(Short::Flags)[..count];
        let (wait, talk) = (&day.long(Long::Wait)[..count], &day.long(Long::Talk)[..count]);
        let money = &day.long(Long::Money)[..count];
        for (nth, row) in rows.enumerate() {
            self.add(
                key(nth),
                flags[row],
                (wait[row].into(), talk[row].into()),
                day.kopecks(money[row], row),
            );
        }
    }

    /// Makes room for at least so many.
    pub fn grow(&mut self, count: usize) {
        if count > self.len() {
            self.counts.resize(count, [0; 16]);
            self.sums.resize(count, [0; 4]);
        }
    }

    pub fn is_empty(&self, key: usize) -> bool {
        self.counts[key] == [0; 16]
    }

    /// Adds another's cell.
    pub fn merge(&mut self, key: usize, other: &Cells, theirs: usize) {
        let counts = self.counts[key].iter_mut().zip(other.counts[theirs]);
        counts.for_each(|(mine, theirs)| *mine += theirs);
        let sums = self.sums[key].iter_mut().zip(other.sums[theirs]);
        sums.for_each(|(mine, theirs)| *mine = mine.wrapping_add(theirs));
    }

    pub fn measures(&self, key: usize) -> Measures {
        let counts = &self.counts[key];
        let [wait, talk, money, _] = self.sums[key];
        Measures {
            calls: counts.iter().copied().map(u64::from).sum(),
            taken: with(TAKEN, counts),
            missed: with(MISSED, counts),
            wait: Duration::from_millis(wait),
            talk: Duration::from_millis(talk),
            booked: with(BOOKED, counts),
            held: with(HELD, counts),
            money: Money(money.cast_signed()),
        }
    }
}

/// How many of those counted have the bits.
#[inline]
fn with(bits: Bits, counts: &[u32; 16]) -> u64 {
    let counts = counts.iter().zip(0u16..).filter(|(_, code)| bits.holds(COUNTED.put(*code)));
    counts.map(|(count, _)| u64::from(*count)).sum()
}

/// Short numbers for the few keys that occur of very many that could.
#[derive(Debug, Default)]
pub(super) struct Slots {
    keys: Vec<(u32, u32)>,
    slots: HashMap<(u32, u32), u32>,
}

impl Slots {
    pub fn slot(&mut self, key: (u32, u32)) -> u32 {
        *self.slots.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() as u32 - 1
        })
    }

    /// By slot.
    pub fn keys(&self) -> &[(u32, u32)] {
        &self.keys
    }
}
