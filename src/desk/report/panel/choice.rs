//! What the lists of the filter offer.

use super::field::Field;
use crate::desk::report::words::Words;
use crate::domain::call::Direction;
use crate::domain::outcome::Outcome;
use crate::domain::period::Span;
use crate::domain::report::{Familiarity, Group, Level, View};

#[derive(Clone, PartialEq, Debug)]
pub enum Item {
    Span(Span),
    Level(Level),
    Group(Group),
}

impl Item {
    pub fn label(&self, words: Words<'_>) -> String {
        match self {
            Item::Span(span) => words.span(Some(*span)),
            Item::Level(level) => words.level(*level),
            Item::Group(group) => words.group(group),
        }
    }
}

/// All that a field's list offers: what is known in the order of its directory, then what is chosen besides, then
/// the empty group. `seen` are groups of the last table: no directory lists specialities.
pub fn offered(field: Field, view: &View, seen: &[Group], words: Words<'_>) -> Vec<Item> {
    let Field::Groups(level) = field else { return plain(field) };
    let mut groups = known(level, words);
    let besides = seen.iter().chain(&view.filter.only).filter(|group| group.level() == level);
    for group in besides {
        if !groups.contains(group) {
            groups.push(group.clone());
        }
    }
    if let Some(empty) = Group::nothing(level) {
        groups.retain(|group| *group != empty);
        groups.push(empty);
    }
    groups.into_iter().map(Item::Group).collect()
}

fn plain(field: Field) -> Vec<Item> {
    match field {
        Field::Period => Span::ALL.map(Item::Span).to_vec(),
        Field::By | Field::ThenBy => Level::ALL.map(Item::Level).to_vec(),
        _ => Vec::new(),
    }
}

fn known(level: Level, words: Words<'_>) -> Vec<Group> {
    let known = words.directories;
    match level {
        Level::Outcome => Outcome::ALL.into_iter().map(|it| Group::Outcome(Some(it))).collect(),
        Level::Topic => known.topics.iter().map(|it| Group::Topic(Some(it.id))).collect(),
        Level::Channel => known.channels.iter().map(|it| Group::Channel(Some(it.id))).collect(),
        Level::Line => known.lines.iter().map(|it| Group::Line(Some(it.number.clone()))).collect(),
        Level::Employee => known.employees.iter().map(|it| Group::Employee(Some(it.id))).collect(),
        Level::CallerType => known.caller_types.iter().map(|it| Group::CallerType(Some(it.id))).collect(),
        Level::Branch => known.branches.iter().map(|it| Group::Branch(Some(it.id))).collect(),
        Level::Direction => {
            [Direction::Incoming, Direction::Outgoing, Direction::Internal].map(Group::Direction).to_vec()
        }
        Level::Weekday => (0..7).map(Group::Weekday).collect(),
        Level::Hour => (0..24).map(Group::Hour).collect(),
        Level::Familiarity => {
            [Familiarity::New, Familiarity::Known].map(|it| Group::Familiarity(Some(it))).to_vec()
        }
        _ => Vec::new(),
    }
}
