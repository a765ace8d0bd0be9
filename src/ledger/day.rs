//! The calls of one local day in columns, in the order of (party, time, number): all calls with one party stand
//! together, so counting by patients is one pass, and a change moves only the rows after it.

use chrono::NaiveDate;

use super::clock::Clock;
use super::present::Present;
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
    pub present: Present,
    /// The least and the greatest number ever put here.
    numbers: (u32, u32),
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
    /// With room for as many calls as are likely.
    pub fn new(date: NaiveDate, clock: Clock, likely: usize) -> Day {
        Day {
            date,
            clock,
            long: std::array::from_fn(|_| Vec::with_capacity(likely)),
            short: std::array::from_fn(|_| Vec::with_capacity(likely)),
            large: vec![],
            present: Present::default(),
            numbers: (u32::MAX, 0),
        }
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
        self.kopecks(self.long(Long::Money)[place], place)
    }

    /// What a value of the money column at a place means.
    #[inline]
    pub fn kopecks(&self, value: u32, place: usize) -> i64 {
        match value as i32 {
            LARGE => self.large_money(self.long(Long::Number)[place]),
            small => i64::from(small),
        }
    }

    #[cold]
    fn large_money(&self, number: u32) -> i64 {
        self.large.iter().find(|(known, _)| *known == number).map_or(0, |(_, money)| money.0)
    }

    pub fn find(&self, number: u32) -> Option<usize> {
        let (least, greatest) = self.numbers;
        let within = (least..=greatest).contains(&number);
        within.then(|| self.long(Long::Number).iter().position(|known| *known == number))?
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
        self.make_room();
        self.long.iter_mut().zip(row.long).for_each(|(column, value)| column.insert(place, value));
        self.short.iter_mut().zip(row.short).for_each(|(column, value)| column.insert(place, value));
        self.note(row);
    }

    /// Columns grow by little: doubled, they would take half as much memory again.
    fn make_room(&mut self) {
        let more = self.len() / 16 + 16;
        if self.len() == self.long[0].capacity() {
            self.long.iter_mut().for_each(|column| column.reserve_exact(more));
            self.short.iter_mut().for_each(|column| column.reserve_exact(more));
        }
    }

    /// Keeps the row where it is: its key must be the same.
    pub fn overwrite(&mut self, place: usize, row: &Row) {
        self.forget_large(place);
        self.long.iter_mut().zip(row.long).for_each(|(column, value)| column[place] = value);
        self.short.iter_mut().zip(row.short).for_each(|(column, value)| column[place] = value);
        self.note(row);
    }

    /// What [`Day::note`] learns of every row, for columns that came from elsewhere.
    pub fn learn(&mut self) {
        for column in Present::COLUMNS {
            self.short[column as usize].iter().for_each(|code| self.present.insert(column, *code));
        }
        let numbers = self.long(Long::Number);
        self.numbers =
            numbers.iter().fold((u32::MAX, 0), |(least, most), one| (least.min(*one), most.max(*one)));
    }

    /// What is known of a row besides its columns.
    fn note(&mut self, row: &Row) {
        let number = row.get(Long::Number);
        self.numbers = (self.numbers.0.min(number), self.numbers.1.max(number));
        self.large.extend(row.large.map(|money| (number, money)));
        for column in Present::COLUMNS {
            self.present.insert(column, row.short[column as usize]);
        }
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
        self.long.iter_mut().for_each(|column| arrange(column, &order));
        self.short.iter_mut().for_each(|column| arrange(column, &order));
        self.large.shrink_to_fit();
    }
}

/// In place: another allocation of each column would leave as much memory torn as there is in use.
fn arrange<T: Copy>(column: &mut Vec<T>, order: &[((u32, u32, u32), u32)]) {
    let arranged: Vec<T> = order.iter().map(|(_, place)| column[*place as usize]).collect();
    column.copy_from_slice(&arranged);
    column.shrink_to_fit();
}
