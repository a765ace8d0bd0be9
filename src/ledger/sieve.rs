//! What keeps a call.

use super::axis::{Axis, Stretch};
use super::bits::{self, Bits};
use super::day::{Day, Long, Short};
use super::names::Names;
use super::present::Codes;
use crate::domain::fact::{CallNumber, Numbers};
use crate::domain::report::{Between, Filter, Level, Part};

/// One condition on a row.
#[derive(Clone, Debug)]
pub(super) enum Test<'q> {
    /// One code in the column.
    Code(Short, u16),
    /// Any of the codes in the column that are marked.
    Codes(Short, Codes),
    /// One value of the bits.
    Value(Bits, u16),
    /// Any of the values in a set.
    Values(Bits, u32),
    /// By the clinic's clock, any of a set.
    Hour(u32),
    /// By the day's place after the first.
    Days(usize, Vec<bool>),
    /// Both ends included, in milliseconds.
    Between(Long, u64, u64),
    /// Brought or cost money.
    Paid,
    Matching(&'q Numbers),
}

impl Test<'_> {
    pub fn codes(column: Short, marked: &[bool]) -> Self {
        match single(marked) {
            Some(code) => Test::Code(column, code),
            None => Test::Codes(column, Codes::new(marked)),
        }
    }

    pub fn values(bits: Bits, marked: &[bool]) -> Self {
        match single(marked) {
            Some(value) => Test::Value(bits, value),
            None => Test::Values(bits, set(marked)),
        }
    }

    #[inline]
    pub fn keeps(&self, (nth, day): (usize, &Day), row: usize) -> bool {
        match self {
            Test::Code(column, code) => day.short(*column)[row] == *code,
            Test::Codes(column, codes) => codes.has(day.short(*column)[row]),
            Test::Value(bits, value) => bits.of(day.short(Short::Flags)[row]) == *value,
            Test::Values(bits, values) => is_in(*values, bits.of(day.short(Short::Flags)[row])),
            Test::Hour(hours) => is_in(*hours, day.clock.hour(day.long(Long::At)[row]).into()),
            Test::Days(first, days) => days[nth - first],
            Test::Between(column, least, most) => {
                (*least..=*most).contains(&u64::from(day.long(*column)[row]))
            }
            Test::Paid => day.long(Long::Money)[row] != 0,
            Test::Matching(numbers) => numbers.contains(CallNumber(day.long(Long::Number)[row])),
        }
    }

    /// `false` only when it keeps no call of the day.
    pub fn may_keep(&self, (nth, day): (usize, &Day)) -> bool {
        match self {
            Test::Code(column, code) => day.present.has(*column, *code),
            Test::Codes(column, codes) => day.present.any(*column, codes),
            Test::Days(first, days) => days[nth - first],
            _ => true,
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
    let single = |bits: Bits, wanted: bool| Test::Value(bits, u16::from(wanted));
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

/// Those marked, as bits.
pub(super) fn set(marked: &[bool]) -> u32 {
    marked.iter().rev().fold(0, |set, marked| set << 1 | u32::from(*marked))
}

#[inline]
pub(super) fn is_in(set: u32, value: u16) -> bool {
    set >> value & 1 == 1
}

/// The only one marked.
fn single(marked: &[bool]) -> Option<u16> {
    let mut codes = marked.iter().zip(0u16..).filter(|(marked, _)| **marked);
    codes.next().filter(|_| codes.next().is_none()).map(|(_, code)| code)
}
