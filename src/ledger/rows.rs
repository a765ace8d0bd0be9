//! The rows of a day that tests leave.

use super::day::{Day, Long, Short};
use super::dictionary::ALONE;
use super::sieve::Test;

/// How many codes are compared at once.
const BLOCK: usize = 64;

/// Rows of one day, in their order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// All of so many; otherwise those listed.
    all: Option<usize>,
    listed: Vec<u32>,
    /// By row, whether it is left: a buffer.
    marks: Vec<u8>,
}

impl Rows {
    pub fn all(&mut self, count: usize) {
        self.all = Some(count);
    }

    /// Listed, so that no later test takes whole columns for what is left.
    fn none(&mut self) {
        self.all = None;
        self.listed.clear();
    }

    pub fn len(&self) -> usize {
        self.all.unwrap_or(self.listed.len())
    }

    /// The listed ones; `None` when none was left out.
    pub fn listed(&self) -> Option<&[u32]> {
        self.all.is_none().then_some(&self.listed)
    }

    pub fn get(&self, nth: usize) -> usize {
        if self.all.is_some() { nth } else { self.listed[nth] as usize }
    }

    /// Leaves the rows that all tests keep. As long as none is left out whole columns are compared, many rows at a
    /// time: for one code, which few rows have, otherwise for all that can be compared so.
    pub fn narrow<'t, 'q: 't>(
        &mut self,
        tests: impl Iterator<Item = &'t Test<'q>> + Clone,
        at: (usize, &Day),
    ) {
        if !tests.clone().all(|test| test.may_keep(at)) {
            self.none();
            return;
        }
        let code = tests.clone().find_map(Test::code);
        let marks = self.all.is_some() && code.is_none() && tests.clone().any(Test::is_wide);
        match (self.all, code) {
            (Some(_), Some((column, code))) => self.find(at.1.short(column), code),
            (Some(count), None) if marks => self.mark(tests.clone(), at.1, count),
            _ => {}
        }
        let done = |test: &Test| test.is_of_days() || (marks && test.is_wide());
        let rest = tests.filter(|test| !done(test));
        rest.for_each(|test| self.keep_by(test, at));
    }

    fn keep_by(&mut self, test: &Test, at: (usize, &Day)) {
        match test {
            Test::Codes(column, codes) => {
                let column = at.1.short(*column);
                self.keep(|row| codes[usize::from(column[row])]);
            }
            _ => self.keep(|row| test.keeps(at, row)),
        }
    }

    /// Lists the rows of one code: most blocks have none, which is seen at once.
    fn find(&mut self, column: &[u16], code: u16) {
        self.none();
        for (block, start) in column.chunks(BLOCK).zip((0u32..).step_by(BLOCK)) {
            if block.iter().fold(false, |any, one| any | (*one == code)) {
                let rows = block.iter().zip(start..).filter(|(one, _)| **one == code);
                self.listed.extend(rows.map(|(_, row)| row));
            }
        }
    }

    fn mark<'t, 'q: 't>(&mut self, tests: impl Iterator<Item = &'t Test<'q>>, day: &Day, count: usize) {
        self.marks.clear();
        self.marks.resize(count, 1);
        tests.for_each(|test| test.mark(day, &mut self.marks));
        self.list_marked();
    }

    /// Lists what is marked: eight rows of which none is left are passed over at once.
    fn list_marked(&mut self) {
        self.all = None;
        self.listed.resize(self.marks.len(), 0);
        let mut kept = 0;
        for (marks, start) in self.marks.chunks(8).zip((0u32..).step_by(8)) {
            if marks.iter().fold(0, |any, mark| any | mark) == 0 {
                continue;
            }
            for (mark, row) in marks.iter().zip(start..) {
                self.listed[kept] = row;
                kept += usize::from(*mark);
            }
        }
        self.listed.truncate(kept);
    }

    /// Without a branch on the outcome: it cannot be foreseen.
    fn keep(&mut self, keeps: impl Fn(usize) -> bool) {
        let mut kept = 0;
        match self.all.take() {
            Some(count) => {
                self.listed.resize(count, 0);
                for row in 0..count {
                    self.listed[kept] = row as u32;
                    kept += usize::from(keeps(row));
                }
            }
            None => {
                for nth in 0..self.listed.len() {
                    let row = self.listed[nth];
                    self.listed[kept] = row;
                    kept += usize::from(keeps(row as usize));
                }
            }
        }
        self.listed.truncate(kept);
    }

    /// Adds all other rows of the parties that are listed: they stand together.
    pub fn widen(&mut self, day: &Day) {
        if self.all.is_some() {
            return;
        }
        let party = day.long(Long::Party);
        let mut wide: Vec<u32> = Vec::with_capacity(self.listed.len());
        for row in self.listed.iter().map(|row| *row as usize) {
            if wide.last().is_some_and(|last| *last as usize >= row) {
                continue;
            }
            let same = |other: &usize| party[*other] == party[row] && party[row] != ALONE;
            let before = (0..row).rev().take_while(same).count();
            let after = (row + 1..day.len()).take_while(same).count();
            wide.extend((row - before) as u32..=(row + after) as u32);
        }
        self.listed = wide;
    }
}

impl Test<'_> {
    /// Whether it compares whole columns: [`Test::mark`] knows it.
    fn is_wide(&self) -> bool {
        matches!(self, Test::Code(..) | Test::Value(..) | Test::Between(..) | Test::Paid)
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
    fn mark(&self, day: &Day, marks: &mut [u8]) {
        match self {
            Test::Code(column, code) => mark(marks, day.short(*column), |one| one == *code),
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
            Test::Codes(..) | Test::Values(..) | Test::Hour(_) | Test::Days(..) | Test::Matching(_) => {}
        }
    }
}

fn mark<T: Copy>(marks: &mut [u8], column: &[T], keeps: impl Fn(T) -> bool) {
    marks.iter_mut().zip(column).for_each(|(mark, value)| *mark &= u8::from(keeps(*value)));
}
