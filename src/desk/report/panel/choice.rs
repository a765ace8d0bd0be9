//! What the lists of the filter offer and what is ticked in them.

use super::field::Field;
use crate::desk::report::words::Words;
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::outcome::Outcome;
use crate::domain::report::Filter;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice {
    Outcome(Outcome),
    Topic(TopicId),
    Channel(ChannelId),
    /// A dialled number of ours.
    Line(String),
    Employee(PersonId),
    CallerType(CallerTypeId),
    Branch(BranchId),
}

impl Choice {
    pub fn label(&self, words: Words<'_>) -> String {
        match self {
            Choice::Outcome(outcome) => words.outcome(Some(*outcome)),
            Choice::Topic(id) => words.topic(Some(*id)),
            Choice::Channel(id) => words.channel(Some(*id)),
            Choice::Line(number) => words.line(number),
            Choice::Employee(id) => words.employee(Some(*id)),
            Choice::CallerType(id) => words.caller_type(*id),
            Choice::Branch(id) => words.branch(*id),
        }
    }

    pub fn is_ticked(&self, filter: &Filter) -> bool {
        match self {
            Choice::Outcome(outcome) => filter.outcomes.contains(outcome),
            Choice::Topic(id) => filter.topics.contains(id),
            Choice::Channel(id) => filter.channels.contains(id),
            Choice::Line(number) => filter.lines.contains(number),
            Choice::Employee(id) => filter.employees.contains(id),
            Choice::CallerType(id) => filter.caller_types.contains(id),
            Choice::Branch(id) => filter.branches.contains(id),
        }
    }

    pub fn tick(&self, filter: &mut Filter) {
        match self {
            Choice::Outcome(outcome) => toggle(&mut filter.outcomes, outcome),
            Choice::Topic(id) => toggle(&mut filter.topics, id),
            Choice::Channel(id) => toggle(&mut filter.channels, id),
            Choice::Line(number) => toggle(&mut filter.lines, number),
            Choice::Employee(id) => toggle(&mut filter.employees, id),
            Choice::CallerType(id) => toggle(&mut filter.caller_types, id),
            Choice::Branch(id) => toggle(&mut filter.branches, id),
        }
    }
}

fn toggle<T: Clone + PartialEq>(chosen: &mut Vec<T>, value: &T) {
    match chosen.iter().position(|known| known == value) {
        Some(place) => drop(chosen.remove(place)),
        None => chosen.push(value.clone()),
    }
}

/// All that a field's list offers, in the order of its directory.
pub fn offered(field: Field, words: Words<'_>) -> Vec<Choice> {
    let known = words.directories;
    match field {
        Field::Outcomes => Outcome::ALL.into_iter().map(Choice::Outcome).collect(),
        Field::Topics => known.topics.iter().map(|entry| Choice::Topic(entry.id)).collect(),
        Field::Channels => known.channels.iter().map(|entry| Choice::Channel(entry.id)).collect(),
        Field::Lines => known.lines.iter().map(|entry| Choice::Line(entry.number.clone())).collect(),
        Field::Employees => known.employees.iter().map(|entry| Choice::Employee(entry.id)).collect(),
        Field::CallerTypes => known.caller_types.iter().map(|entry| Choice::CallerType(entry.id)).collect(),
        Field::Branches => known.branches.iter().map(|entry| Choice::Branch(entry.id)).collect(),
        _ => Vec::new(),
    }
}

/// What is ticked, in words.
pub fn ticked(field: Field, filter: &Filter, words: Words<'_>) -> String {
    let ticked = offered(field, words).into_iter().filter(|choice| choice.is_ticked(filter));
    let names = ticked.map(|choice| choice.label(words)).collect();
    words.several(names).unwrap_or_else(|| words.say("filter-any"))
}
