//! The rows of a day that tests leave.

use std::ops::Range;

use super::day::{Day, Long, Short};
use super::dictionary::ALONE;
use super::sieve::{Test, is_in};

/// How many codes are compared at once.
const BLOCK: usize = 64;

/// How many marks are listed at once.
const MARKS: usize = 8;

/// By eight marks as bits: the places of those that are set, and how many they are.
const LISTS: &[([u32; MARKS], usize); 1 << MARKS] = &lists();

/// Rows of one day, in their order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// How many are left.
    count: usize,
    /// Whether none was left out; otherwise the first `count` of the list are meant.
    all: bool,
    list: Vec<u32>,
    /// By row, whether it is left: a buffer.
    marks: Vec<u8>,
}

/// Some rows of a day.
pub(super) trait Places {
    fn rows(&self) -> impl ExactSizeIterator<Item = usize>;

    /// What a column has there.
    fn values<T: Copy>(&self, column: &[T]) -> impl Iterator<Item = T>;
}

/// One after another.
impl Places for Range<usize> {
    fn rows(&self) -> impl ExactSizeIterator<Item = usize> {
        self.clone()
    }

    fn values<T: Copy>(&self, column: &[T]) -> impl Iterator<Item = T> {
        column[self.clone()].iter().copied()
    }
}

impl Places for [u32] {
    fn rows(&self) -> impl ExactSizeIterator<Item = usize> {
        self.iter().map(|row| *row as usize)
    }

    fn values<T: Copy>(&self, column: &[T]) -> impl Iterator<Item = T> {
        self.iter().map(|row| column[*row as usize])
    }
}

impl Rows {
    pub fn all(&mut self, count: usize) {
        (self.count, self.all) = (count, true);
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The listed ones; `None` when none was left out.
    pub fn listed(&self) -> Option<&[u32]> {
        (!self.all).then(|| &self.list[..self.count])
    }

    pub fn get(&self, nth: usize) -> usize {
        if self.all { nth } else { self.list[nth] as usize }
    }

    /// Leaves the rows that all tests keep. As long as none is left out whole columns are compared: for one code, which
    /// few rows have, otherwise for all that can be compared so.
    pub fn narrow<'t, 'q: 't>(
        &mut self,
        tests: impl Iterator<Item = &'t Test<'q>> + Clone,
        at: (usize, &Day),
    ) {
        if !tests.clone().all(|test| test.may_keep(at)) {
            (self.count, self.all) = (0, false);
            return;
        }
        let code = tests.clone().find_map(Test::code);
        let marks = self.all && code.is_none() && tests.clone().any(Test::is_wide);
        match code {
            Some((column, code)) if self.all => self.find(at.1.short(column), code),
            _ if marks => self.mark(tests.clone(), at.1),
            _ => {}
        }
        let done = |test: &Test| test.is_of_days() || (marks && test.is_wide());
        tests.filter(|test| !done(test)).for_each(|test| self.keep(|row| test.keeps(at, row)));
    }

    /// Lists the rows of one code: most blocks have none, which is seen at once.
    fn find(&mut self, column: &[u16], code: u16) {
        self.list.clear();
        for (block, start) in column.chunks(BLOCK).zip((0u32..).step_by(BLOCK)) {
            if block.iter().fold(false, |any, one| any | (*one == code)) {
                let rows = block.iter().zip(start..).filter(|(one, _)| **one == code);
                self.list.extend(rows.map(|(_, row)| row));
            }
        }
        (self.count, self.all) = (self.list.len(), false);
    }

    fn mark<'t, 'q: 't>(&mut self, tests: impl Iterator<Item = &'t Test<'q>>, day: &Day) {
        self.marks.clear();
        tests.for_each(|test| test.mark(day, &mut self.marks));
        self.list_marked();
    }

    /// Lists what is marked, eight rows at a time and without a branch on the outcome: it cannot be foreseen.
    fn list_marked(&mut self) {
        let whole = self.count.next_multiple_of(MARKS);
        self.marks.resize(whole, 0);
        self.list.resize(self.list.len().max(whole), 0);
        (self.count, self.all) = (0, false);
        for (marks, start) in self.marks.as_chunks::<MARKS>().0.iter().zip((0u32..).step_by(MARKS)) {
            let (places, count) = &LISTS[bits(*marks)];
            if let Some(list) = self.list[self.count..].first_chunk_mut() {
                *list = places.map(|place| start + place);
            }
            self.count += count;
        }
    }

    /// Without a branch on the outcome either.
    fn keep(&mut self, keeps: impl Fn(usize) -> bool) {
        if self.all {
            self.list.clear();
            self.list.extend(0..self.count as u32);
        }
        let mut kept = 0;
        for nth in 0..self.count {
            let row = self.list[nth];
            self.list[kept] = row;
            kept += usize::from(keeps(row as usize));
        }
        (self.count, self.all) = (kept, false);
    }

    /// Adds all other rows of the parties that are listed: they stand together.
    pub fn widen(&mut self, day: &Day) {
        let Some(listed) = self.listed() else { return };
        let party = day.long(Long::Party);
        let mut wide: Vec<u32> = Vec::with_capacity(listed.len());
        for row in listed.iter().map(|row| *row as usize) {
            if wide.last().is_some_and(|last| *last as usize >= row) {
                continue;
            }
            let same = |other: &usize| party[*other] == party[row] && party[row] != ALONE;
            let before = (0..row).rev().take_while(same).count();
            let after = (row + 1..day.len()).take_while(same).count();
            wide.extend((row - before) as u32..=(row + after) as u32);
        }
        (self.count, self.list) = (wide.len(), wide);
    }
}

impl Test<'_> {
    /// Whether it compares whole columns: [`Test::mark`] knows it.
    fn is_wide(&self) -> bool {
        !matches!(self, Test::Days(..) | Test::Matching(_))
    }

    fn code(&self) -> Option<(Short, u16)> {
        match self {
            Test::Code(column, code) => Some((*column, *code)),
            _ => None,
        }
    }

    fn is_of_days(&self) -> bool {
        matches!(self, Test::Days(..))
    }

    /// Clears the marks of rows it does not keep.
    fn mark(&self, day: &Day, marks: &mut Vec<u8>) {
        match self {
            Test::Code(column, code) => mark(marks, day.short(*column), |one| one == *code),
            Test::Codes(column, codes) => mark(marks, day.short(*column), |one| codes.has(one)),
            Test::Value(bits, value) => {
                let (mask, value) = (bits.all(), bits.put(*value));
                mark(marks, day.short(Short::Flags), |flags| flags & mask == value);
            }
            Test::Between(column, least, most) => {
                let end = |end: u64| u32::try_from(end).unwrap_or(u32::MAX);
                let (least, most, none) = (end(*least), end(*most), *least > u64::from(u32::MAX));
                mark(marks, day.long(*column), |length| (length >= least) & (length <= most) & !none);
            }
            Test::Paid => mark(marks, day.long(Long::Money), |money| money != 0),
            Test::Values(bits, values) => {
                mark(marks, day.short(Short::Flags), |flags| is_in(*values, bits.of(flags)));
            }
            Test::Hour(hours) => {
                mark(marks, day.long(Long::At), |at| is_in(*hours, day.clock.hour(at).into()));
            }
            Test::Days(..) | Test::Matching(_) => {}
        }
    }
}

fn mark<T: Copy>(marks: &mut Vec<u8>, column: &[T], keeps: impl Fn(T) -> bool) {
    if marks.is_empty() {
        marks.extend(column.iter().map(|value| u8::from(keeps(*value))));
        return;
    }
    marks.iter_mut().zip(column).for_each(|(mark, value)| *mark &= u8::from(keeps(*value)));
}

const fn lists() -> [([u32; MARKS], usize); 1 << MARKS] {
    let mut lists = [([0; MARKS], 0); 1 << MARKS];
    let mut bits = 0;
    while bits < lists.len() {
        let (list, count) = &mut lists[bits];
        let mut place = 0;
        while place < MARKS {
            if bits >> place & 1 == 1 {
                list[*count] = place as u32;
                *count += 1;
            }
            place += 1;
        }
        bits += 1;
    }
    lists
}

/// Eight marks, each 0 or 1, as bits: the product moves the lowest bit of each byte into the highest byte.
#[inline]
fn bits(marks: [u8; MARKS]) -> usize {
    (u64::from_le_bytes(marks).wrapping_mul(0x0102_0408_1020_4080) >> 56) as usize
}
