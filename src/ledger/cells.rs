//! The sums of a table while it is counted.

use std::collections::HashMap;
use std::time::Duration;

use super::bits::{BOOKED, COUNTED, HELD, MISSED, TAKEN};
use super::day::{Day, Long, Short};
use super::rows::Places;
use crate::domain::money::Money;
use crate::domain::report::Measures;

/// Cells by key.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<Cell>);

/// One cache line: the cells of a table then stay in the nearest cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Cell {
    /// In milliseconds.
    wait: u64,
    talk: u64,
    /// Kopecks in two's complement.
    money: u64,
    calls: u32,
    /// How many were taken, missed, booked, held.
    counts: [u32; 4],
}

/// What a call adds to the counts, by its bits: all four are added at once.
const COUNTS: &[[u32; 4]; 16] = &counts();

impl Cells {
    pub fn new(count: usize) -> Cells {
        Cells(vec![Cell::default(); count])
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[inline]
    pub fn add(&mut self, key: u32, flags: u16, lengths: (u64, u64), money: i64) {
        let cell = &mut self.0[key as usize];
        cell.calls += 1;
        add(&mut cell.counts, &COUNTS[usize::from(COUNTED.of(flags))]);
        cell.wait += lengths.0;
        cell.talk += lengths.1;
        cell.money = cell.money.wrapping_add_signed(money);
    }

    /// Adds rows of a day, each to the cell of its key.
    pub fn add_rows(&mut self, day: &Day, places: &(impl Places + ?Sized), keys: impl Iterator<Item = u32>) {
        match day.large.is_empty() {
            true => self.add_each(day, places, keys, |money, _| i64::from(money as i32)),
            false => self.add_each(day, places, keys, |money, row| day.kopecks(money, row)),
        }
    }

    fn add_each(
        &mut self,
        day: &Day,
        places: &(impl Places + ?Sized),
        keys: impl Iterator<Item = u32>,
        kopecks: impl Fn(u32, usize) -> i64,
    ) {
        let count = day.len();
        let short = |column| places.values(&day.short(column)[..count]);
        let long = |column| places.values(&day.long(column)[..count]);
        let lengths = long(Long::Wait).zip(long(Long::Talk));
        let rows = short(Short::Flags).zip(lengths).zip(long(Long::Money)).zip(places.rows());
        for ((((flags, (wait, talk)), money), row), key) in rows.zip(keys) {
            self.add(key, flags, (wait.into(), talk.into()), kopecks(money, row));
        }
    }

    /// Makes room for at least so many.
    pub fn grow(&mut self, count: usize) {
        if count > self.len() {
            self.0.resize(count, Cell::default());
        }
    }

    pub fn is_empty(&self, key: usize) -> bool {
        self.0[key].calls == 0
    }

    /// Adds another's cell.
    pub fn merge(&mut self, key: usize, other: &Cells, theirs: usize) {
        let (cell, theirs) = (&mut self.0[key], &other.0[theirs]);
        cell.calls += theirs.calls;
        add(&mut cell.counts, &theirs.counts);
        cell.wait += theirs.wait;
        cell.talk += theirs.talk;
        cell.money = cell.money.wrapping_add(theirs.money);
    }

    pub fn measures(&self, key: usize) -> Measures {
        let cell = &self.0[key];
        let [taken, missed, booked, held] = cell.counts.map(u64::from);
        Measures {
            calls: cell.calls.into(),
            taken,
            missed,
            wait: Duration::from_millis(cell.wait),
            talk: Duration::from_millis(cell.talk),
            booked,
            held,
            money: Money(cell.money.cast_signed()),
        }
    }
}

#[inline]
fn add(counts: &mut [u32; 4], more: &[u32; 4]) {
    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
}

const fn counts() -> [[u32; 4]; 16] {
    let of = [TAKEN, MISSED, BOOKED, HELD];
    let mut counts = [[0; 4]; 16];
    let mut bits = 0;
    while bits < 16 {
        let mut nth = 0;
        while nth < 4 {
            counts[bits][nth] = of[nth].of(COUNTED.put(bits as u16)) as u32;
            nth += 1;
        }
        bits += 1;
    }
    counts
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
