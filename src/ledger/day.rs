//! The calls of one local day in columns, in the order of (party, time, number): all calls with one party stand
//! together, so counting by patients is one pass, and a change moves only the rows after it.

use chrono::NaiveDate;

use super::clock::Clock;
use crate::domain::money::Money;

/// The columns of four bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Long {
    Number,
    /// Milliseconds since the day's start.
    At,
    Party,
    /// In milliseconds.
    Wait,
    Talk,
    /// Kopecks, signed; [`LARGE`] for what does not fit.
    Money,
}

/// The columns of two bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Short {
    Employee,
    Origin,
    Said,
    Flags,
    /// In fiftieths of a second, rounded; [`NO_WRAP_UP`] for none.
    WrapUp,
}

pub(super) const LONGS: usize = 6;
pub(super) const SHORTS: usize = 5;
/// Bytes of a call in all columns.
pub(super) const ROW: usize = LONGS * 4 + SHORTS * 2;
pub(super) const NO_WRAP_UP: u16 = u16::MAX;
const LARGE: i32 = i32::MIN;

/// One call, in codes.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub long: [u32; LONGS],
    pub short: [u16; SHORTS],
    /// What it brought, when that does not fit into its column.
    pub large: Option<Money>,
}

#[derive(Debug)]
pub(super) struct Day {
    pub date: NaiveDate,
    pub clock: Clock,
    pub long: [Vec<u32>; LONGS],
    pub short: [Vec<u16>; SHORTS],
    /// By number, money that does not fit into its column.
    pub large: Vec<(u32, Money)>,
}

impl Row {
    pub fn get(&self, column: Long) -> u32 {
        self.long[column as usize]
    }

    pub fn key(&self) -> (u32, u32, u32) {
        (self.get(Long::Party), self.get(Long::At), self.get(Long::Number))
    }
}

/// The column's value, and the amount again when that is not it.
pub(super) fn money(amount: Money) -> (u32, Option<Money>) {
    match i32::try_from(amount.0) {
        Ok(small) if small != LARGE => (small as u32, None),
        _ => (LARGE as u32, Some(amount)),
    }
}

impl Day {
    pub fn new(date: NaiveDate, clock: Clock) -> Day {
        Day { date, clock, long: Default::default(), short: Default::default(), large: vec![] }
    }

    pub fn len(&self) -> usize {
        self.long[0].len()
    }

    pub fn long(&self, column: Long) -> &[u32] {
        &self.long[column as usize]
    }

    pub fn short(&self, column: Short) -> &[u16] {
        &self.short[column as usize]
    }

    pub fn key(&self, place: usize) -> (u32, u32, u32) {
        (self.long(Long::Party)[place], self.long(Long::At)[place], self.long(Long::Number)[place])
    }

    /// In kopecks.
    pub fn money(&self, place: usize) -> i64 {
        match self.long(Long::Money)[place] as i32 {
            LARGE => self.large_money(self.long(Long::Number)[place]),
            small => i64::from(small),
        }
    }

    #[cold]
    fn large_money(&self, number: u32) -> i64 {
        self.large.iter().find(|(known, _)| *known == number).map_or(0, |(_, money)| money.0)
    }

    pub fn find(&self, number: u32) -> Option<usize> {
        self.long(Long::Number).iter().position(|known| *known == number)
    }

    /// At the end: until [`Day::settle`] the order does not hold.
    pub fn push(&mut self, row: &Row) {
        self.insert(self.len(), row);
    }

    pub fn put(&mut self, row: &Row) {
        self.insert(self.place(row.key()), row);
    }

    /// Where a row belongs.
    fn place(&self, key: (u32, u32, u32)) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.key(middle) < key { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn insert(&mut self, place: usize, row: &Row) {
        self.long.iter_mut().zip(row.long).for_each(|(column, value)| column.insert(place, value));
        self.short.iter_mut().zip(row.short).for_each(|(column, value)| column.insert(place, value));
        self.large.extend(row.large.map(|money| (row.get(Long::Number), money)));
    }

    /// Keeps the row where it is: its key must be the same.
    pub fn overwrite(&mut self, place: usize, row: &Row) {
        self.forget_large(place);
        self.long.iter_mut().zip(row.long).for_each(|(column, value)| column[place] = value);
        self.short.iter_mut().zip(row.short).for_each(|(column, value)| column[place] = value);
        self.large.extend(row.large.map(|money| (row.get(Long::Number), money)));
    }

    pub fn remove(&mut self, place: usize) {
        self.forget_large(place);
        for column in &mut self.long {
            column.remove(place);
        }
        for column in &mut self.short {
            column.remove(place);
        }
    }

    fn forget_large(&mut self, place: usize) {
        let number = self.long(Long::Number)[place];
        self.large.retain(|(known, _)| *known != number);
    }

    /// Brings pushed rows into order and gives spare memory back.
    pub fn settle(&mut self) {
        let mut order: Vec<((u32, u32, u32), u32)> =
            (0..self.len()).map(|place| (self.key(place), place as u32)).collect();
        order.sort_unstable();
        for column in &mut self.long {
            *column = order.iter().map(|(_, place)| column[*place as usize]).collect();
        }
        for column in &mut self.short {
            *column = order.iter().map(|(_, place)| column[*place as usize]).collect();
        }
        self.large.shrink_to_fit();
    }
}
