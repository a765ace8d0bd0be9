//! Which calls a report counts.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::level::{Group, Level};
use crate::domain::id::PersonId;

/// Everything holds at once; the default keeps every call.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Of every level that occurs here, one of the groups named: a call with the topic «Имплантация» or none, and the
    /// outcome «Не записался».
    pub only: Vec<Group>,
    /// Leaves out calls of employees and counterparties.
    pub patients_only: bool,
    /// Only calls with this person or about them.
    pub person: Option<PersonId>,
    pub wait: Between,
    pub talk: Between,
    /// Words that the comment has, all of them, each from its beginning.
    pub text: String,
    /// Digits that the other side's number has in a row.
    pub number: String,
    pub recording: Option<bool>,
    pub comment: Option<bool>,
}

/// Both ends included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Between {
    pub least: Option<Duration>,
    pub most: Option<Duration>,
}

impl Between {
    /// Whichever end was said first.
    pub fn in_order(self) -> Between {
        match (self.least, self.most) {
            (Some(one), Some(other)) => Between { least: Some(one.min(other)), most: Some(one.max(other)) },
            _ => self,
        }
    }
}

/// A part of a filter, as a reason why a call is left out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    PatientsOnly,
    Only(Level),
    Wait,
    Talk,
    Recording,
    Comment,
    /// The person, the words of the comment and the digits of the number: looked up in the store together.
    Matching,
}

impl Filter {
    pub fn only(groups: impl IntoIterator<Item = Group>) -> Filter {
        Filter { only: groups.into_iter().collect(), ..Filter::default() }
    }

    /// The groups of one level that are kept; none keeps all.
    pub fn of(&self, level: Level) -> impl Iterator<Item = &Group> {
        self.only.iter().filter(move |group| group.level() == level)
    }

    /// The levels that are narrowed, each once, in the levels' order.
    pub fn levels(&self) -> Vec<Level> {
        Level::ALL.into_iter().filter(|level| self.of(*level).next().is_some()).collect()
    }

    pub fn has(&self, group: &Group) -> bool {
        self.only.contains(group)
    }

    pub fn toggle(&mut self, group: Group) {
        match self.only.iter().position(|known| *known == group) {
            Some(place) => drop(self.only.remove(place)),
            None => self.only.push(group),
        }
    }

    /// Whether calls are chosen by how they ended, so that a missed one and a talk no longer stand side by side.
    pub fn chooses_ends(&self) -> bool {
        let written = self.recording.is_some() || self.comment.is_some() || !self.text.trim().is_empty();
        written || !self.talk.is_open() || self.of(Level::Outcome).next().is_some()
    }

    /// Whether only the store can tell which calls are meant.
    pub fn asks_the_store(&self) -> bool {
        self.person.is_some() || !self.text.trim().is_empty() || !self.number.trim().is_empty()
    }
}

impl Between {
    pub fn holds(&self, length: Duration) -> bool {
        self.least.is_none_or(|least| length >= least) && self.most.is_none_or(|most| length <= most)
    }

    pub fn is_open(&self) -> bool {
        *self == Between::default()
    }
}
