//! What the lists of the filter offer and what is ticked in them.

use super::field::Field;
use crate::desk::report::words::Words;
use crate::domain::outcome::Outcome;
use crate::domain::report::{Filter, Group};

/// All that a field's list offers, in the order of its directory.
pub fn offered(field: Field, words: Words<'_>) -> Vec<Group> {
    let known = words.directories;
    match field {
        Field::Outcomes => Outcome::ALL.into_iter().map(|it| Group::Outcome(Some(it))).collect(),
        Field::Topics => known.topics.iter().map(|entry| Group::Topic(Some(entry.id))).collect(),
        Field::Channels => known.channels.iter().map(|entry| Group::Channel(Some(entry.id))).collect(),
        Field::Lines => known.lines.iter().map(|entry| Group::Line(Some(entry.number.clone()))).collect(),
        Field::Employees => known.employees.iter().map(|entry| Group::Employee(Some(entry.id))).collect(),
        Field::CallerTypes => {
            known.caller_types.iter().map(|entry| Group::CallerType(Some(entry.id))).collect()
        }
        Field::Branches => known.branches.iter().map(|entry| Group::Branch(Some(entry.id))).collect(),
        _ => Vec::new(),
    }
}

/// What is ticked, in words.
pub fn ticked(field: Field, filter: &Filter, words: Words<'_>) -> String {
    let ticked = offered(field, words).into_iter().filter(|group| filter.has(group));
    let names = ticked.map(|group| words.group(&group)).collect();
    words.several(names).unwrap_or_else(|| words.say("filter-any"))
}
