//! A level of totals over the columns: which of its groups a call stands in, as a small number.

use chrono::{Datelike as _, Days, NaiveDate};

use super::bits::{self, Bits, FAMILIARITIES};
use super::day::{Day, Long, Short};
use super::dictionary::Dictionary;
use super::names::Names;
use super::rows::Places;
use super::sieve::{Test, set};
use crate::domain::call::Direction;
use crate::domain::outcome::Outcome;
use crate::domain::report::{Group, Level};

/// Days in order, and the place of the first among all the ledger's days.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'l> {
    pub first: usize,
    pub days: &'l [Day],
}

#[derive(Clone, Debug)]
pub(super) struct Axis {
    source: Source,
    /// By code.
    groups: Vec<Group>,
}

/// Where a call's code is read, each already times the stride.
#[derive(Clone, Debug)]
enum Source {
    All,
    /// By the code in the column.
    Coded(Short, Vec<u32>),
    /// It is the code in the column.
    Plain(Short, u16),
    Bits(Bits, u16),
    Hour(u16),
    /// The same for all calls of a day, by the day's place after the first.
    Days(usize, Vec<u32>),
}

impl Axis {
    /// Codes are the same for all days of the stretch.
    pub fn new(level: Level, names: &Names, stretch: Stretch) -> Axis {
        let line = |line: &std::sync::Arc<str>| line.to_string();
        match level {
            Level::Employee => employees(names),
            Level::Topic => part(Short::Said, names, 0, groups(&names.topics, |id| *id, Group::Topic)),
            Level::CallerType => {
                part(Short::Said, names, 1, groups(&names.caller_types, |id| *id, Group::CallerType))
            }
            Level::Speciality => {
                part(Short::Said, names, 2, groups(&names.specialities, line, Group::Speciality))
            }
            Level::Line => part(Short::Origin, names, 0, groups(&names.lines, line, Group::Line)),
            Level::Channel => {
                part(Short::Origin, names, 1, groups(&names.channels, |id| *id, Group::Channel))
            }
            Level::Branch => part(Short::Origin, names, 2, groups(&names.branches, |id| *id, Group::Branch)),
            Level::Outcome => {
                let outcomes = Outcome::ALL.into_iter().map(Some).chain([None]);
                Axis {
                    source: Source::Bits(bits::OUTCOME, 1),
                    groups: outcomes.map(Group::Outcome).collect(),
                }
            }
            Level::Direction => {
                let groups = [Direction::Incoming, Direction::Outgoing].map(Group::Direction);
                Axis { source: Source::Bits(bits::OUTGOING, 1), groups: groups.into() }
            }
            Level::Familiarity => {
                let groups = FAMILIARITIES.map(Group::Familiarity);
                Axis { source: Source::Bits(bits::FAMILIARITY, 1), groups: groups.into() }
            }
            Level::Hour => Axis { source: Source::Hour(1), groups: (0..24).map(Group::Hour).collect() },
            Level::None => Axis { source: Source::All, groups: vec![Group::All] },
            Level::Weekday => {
                let codes = stretch.days.iter().map(|day| day.date.weekday().num_days_from_monday());
                let source = Source::Days(stretch.first, codes.collect());
                Axis { source, groups: (0..7).map(Group::Weekday).collect() }
            }
            Level::Day => dates(stretch, Group::Day),
            Level::Week => dates(stretch, |date| Group::Week(monday(date))),
            Level::Month => dates(stretch, |date| Group::Month(date - Days::new(date.day0().into()))),
        }
    }

    pub fn len(&self) -> usize {
        self.groups.len()
    }

    pub fn group(&self, code: usize) -> Group {
        self.groups[code].clone()
    }

    /// Whether all calls of a day have one code.
    pub fn is_by_days(&self) -> bool {
        matches!(self.source, Source::Days(..))
    }

    /// The same axis with every code times `stride`, for keys of several.
    pub fn times(mut self, stride: u16) -> Axis {
        match &mut self.source {
            Source::All => {}
            Source::Coded(_, codes) | Source::Days(_, codes) => {
                codes.iter_mut().for_each(|code| *code *= u32::from(stride));
            }
            Source::Plain(_, times) | Source::Bits(_, times) | Source::Hour(times) => *times *= stride,
        }
        self
    }

    /// Adds the code of every row to its key. `nth` is the day's place among all.
    pub fn add(&self, (nth, day): (usize, &Day), places: &(impl Places + ?Sized), keys: &mut [u32]) {
        match &self.source {
            Source::All => {}
            Source::Coded(column, codes) => {
                add(keys, places.values(day.short(*column)), |code| codes[usize::from(code)]);
            }
            Source::Plain(column, stride) => {
                add(keys, places.values(day.short(*column)), |code| u32::from(code) * u32::from(*stride));
            }
            Source::Bits(bits, stride) => {
                add(keys, places.values(day.short(Short::Flags)), |flags| {
                    u32::from(bits.of(flags)) * u32::from(*stride)
                });
            }
            Source::Hour(stride) => {
                let hour = |at| u32::from(day.clock.hour(at)) * u32::from(*stride);
                add(keys, places.values(day.long(Long::At)), hour);
            }
            Source::Days(first, codes) => keys.iter_mut().for_each(|key| *key += codes[nth - first]),
        }
    }

    /// What keeps the calls of some groups.
    pub fn test<'q>(&self, keeps: impl Fn(&Group) -> bool) -> Test<'q> {
        let kept: Vec<bool> = self.groups.iter().map(keeps).collect();
        let of = |codes: &[u32]| -> Vec<bool> { codes.iter().map(|code| kept[*code as usize]).collect() };
        match &self.source {
            Source::All => Test::Days(0, vec![]),
            Source::Coded(column, codes) => Test::codes(*column, &of(codes)),
            Source::Plain(column, _) => Test::codes(*column, &kept),
            Source::Bits(bits, _) => Test::values(*bits, &kept),
            Source::Hour(_) => Test::Hour(set(&kept)),
            Source::Days(first, codes) => Test::Days(*first, of(codes)),
        }
    }
}

#[inline]
fn add<T>(keys: &mut [u32], values: impl Iterator<Item = T>, code: impl Fn(T) -> u32) {
    keys.iter_mut().zip(values).for_each(|(key, value)| *key += code(value));
}

fn employees(names: &Names) -> Axis {
    let groups = groups(&names.employees, |id| *id, Group::Employee);
    Axis { source: Source::Plain(Short::Employee, 1), groups }
}

fn part(column: Short, names: &Names, part: usize, groups: Vec<Group>) -> Axis {
    let parts = if column == Short::Said { names.saids.part(part) } else { names.origins.part(part) };
    let codes = parts.iter().map(|code| u32::from(*code)).collect();
    Axis { source: Source::Coded(column, codes), groups }
}

fn groups<T: Clone + Eq + std::hash::Hash, V>(
    values: &Dictionary<T>,
    written: impl Fn(&T) -> V,
    group: fn(Option<V>) -> Group,
) -> Vec<Group> {
    values.values().iter().map(|value| group(value.as_ref().map(&written))).collect()
}

fn dates(stretch: Stretch, group: impl Fn(NaiveDate) -> Group) -> Axis {
    let mut groups: Vec<Group> = vec![];
    let mut code = |day: &Day| {
        let group = group(day.date);
        if groups.last() != Some(&group) {
            groups.push(group);
        }
        groups.len() as u32 - 1
    };
    let codes = stretch.days.iter().map(&mut code).collect();
    Axis { source: Source::Days(stretch.first, codes), groups }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(date.weekday().num_days_from_monday().into())
}
