//! What keeps a call, and the rows of a day that are left.

use super::axis::{Axis, Stretch};
use super::bits::{self, Bits};
use super::day::{Day, Long, Short};
use super::names::Names;
use crate::domain::fact::{CallNumber, Numbers};
use crate::domain::report::{Between, Filter, Level, Part};

/// One condition on a row.
#[derive(Clone, Debug)]
pub(super) enum Test<'q> {
    /// By the code in the column.
    Coded(Short, Vec<bool>),
    /// By the value of the bits.
    Bits(Bits, Vec<bool>),
    /// By the clinic's clock.
    Hour(Vec<bool>),
    /// By the day's place after the first.
    Days(usize, Vec<bool>),
    /// Both ends included, in milliseconds.
    Between(Long, u64, u64),
    Matching(&'q Numbers),
}

impl Test<'_> {
    #[inline]
    pub fn keeps(&self, (nth, day): (usize, &Day), row: usize) -> bool {
        let kept = |kept: &[bool], code: usize| kept.get(code).copied().unwrap_or(false);
        match self {
            Test::Coded(column, codes) => kept(codes, usize::from(day.short(*column)[row])),
            Test::Bits(bits, values) => kept(values, usize::from(bits.of(day.short(Short::Flags)[row]))),
            Test::Hour(hours) => kept(hours, usize::from(day.clock.hour(day.long(Long::At)[row]))),
            Test::Days(first, days) => kept(days, nth - first),
            Test::Between(column, least, most) => {
                (*least..=*most).contains(&u64::from(day.long(*column)[row]))
            }
            Test::Matching(numbers) => numbers.contains(CallNumber(day.long(Long::Number)[row])),
        }
    }
}

/// The conditions of a filter in the order in which an explanation names them.
pub(super) fn tests<'q>(
    filter: &Filter,
    matching: Option<&'q Numbers>,
    names: &Names,
    stretch: Stretch,
) -> Vec<(Part, Test<'q>)> {
    let only = |level: Level| {
        let axis = Axis::new(level, names, stretch);
        (Part::Only(level), axis.test(|group| filter.has(group)))
    };
    let single = |bits: Bits, wanted: bool| Test::Bits(bits, vec![!wanted, wanted]);
    let mut tests = vec![];
    tests.extend(filter.patients_only.then(|| (Part::PatientsOnly, single(bits::COUNTS, true))));
    tests.extend(filter.levels().into_iter().filter(|level| *level != Level::None).map(only));
    tests.extend(between(filter.wait, Long::Wait).map(|test| (Part::Wait, test)));
    tests.extend(between(filter.talk, Long::Talk).map(|test| (Part::Talk, test)));
    tests.extend(filter.recording.map(|wanted| (Part::Recording, single(bits::RECORDING, wanted))));
    tests.extend(filter.comment.map(|wanted| (Part::Comment, single(bits::COMMENTED, wanted))));
    tests.extend(matching.map(|numbers| (Part::Matching, Test::Matching(numbers))));
    tests
}

fn between<'q>(lengths: Between, column: Long) -> Option<Test<'q>> {
    let whole = |nanoseconds: u128| u64::try_from(nanoseconds).unwrap_or(u64::MAX);
    let least = lengths.least.map_or(0, |least| whole(least.as_nanos().div_ceil(1_000_000)));
    let most = lengths.most.map_or(u64::MAX, |most| whole(most.as_millis()));
    (!lengths.is_open()).then_some(Test::Between(column, least, most))
}

/// Rows of one day, in their order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// All of so many; otherwise those listed.
    all: Option<usize>,
    listed: Vec<u32>,
}

impl Rows {
    pub fn all(&mut self, count: usize) {
        self.all = Some(count);
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

    pub fn narrow(&mut self, test: &Test, at: (usize, &Day)) {
        match test {
            Test::Days(..) if self.len() > 0 && test.keeps(at, 0) => {}
            Test::Days(..) => {
                self.all = None;
                self.listed.clear();
            }
            _ => self.keep(|row| test.keeps(at, row)),
        }
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
}
