//! A list unfolded under a field: typing finds, digits pick, and so does Enter once a row is marked. A list
//! that unfolded by itself has none marked: an Enter from habit must not choose for the operator.

use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::fuzzy;
use crate::desk::layout::page_start;
use crate::desk::scroll;
use crate::domain::id::{CallerTypeId, TopicId};
use crate::domain::person::PersonBrief;

#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Person(PersonBrief),
    CallerType(CallerTypeId),
    Topic(TopicId),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    pub label: String,
    /// What tells it from its namesakes.
    pub note: String,
    /// Shown where there is room for all of it.
    pub phone: String,
    pub value: Value,
}

#[derive(Debug, Default)]
pub struct Choice {
    pub entry: Entry,
    candidates: Vec<Candidate>,
    /// Places of those that match what was typed, best first.
    shown: Vec<usize>,
    /// The marked row; none until somebody typed or moved here.
    cursor: Option<usize>,
}

/// Fewer letters would find half the clinic.
const LEAST_SEARCH: usize = 2;

impl Choice {
    pub fn of(candidates: Vec<Candidate>) -> Choice {
        let mut choice = Choice::default();
        choice.replace(candidates);
        choice
    }

    /// Takes all of them as they come: somebody else has searched.
    pub fn replace(&mut self, candidates: Vec<Candidate>) {
        self.shown = (0..candidates.len()).collect();
        self.candidates = candidates;
        self.mark_first();
    }

    /// Leaves those that match what is typed.
    pub fn filter(&mut self) {
        let labels: Vec<&str> = self.candidates.iter().map(|candidate| candidate.label.as_str()).collect();
        self.shown = fuzzy::rank(self.entry.text(), &labels);
        self.mark_first();
    }

    /// What is found by typing is meant to be picked.
    fn mark_first(&mut self) {
        self.cursor = (!self.entry.is_empty()).then_some(0);
    }

    pub fn step(&mut self, action: Action, page: u16) {
        let to = scroll::moved(self.cursor.unwrap_or(0), self.shown.len(), page, action);
        self.cursor = match self.cursor {
            None if action == Action::Next => Some(0),
            _ => to.or(self.cursor),
        };
    }

    /// Whether enough is typed to look for people.
    pub fn is_searched(&self) -> bool {
        self.entry.text().trim().chars().count() >= LEAST_SEARCH
    }

    /// Whether it offers something and nobody has typed or moved in it.
    pub fn is_fresh(&self) -> bool {
        self.cursor.is_none() && !self.shown.is_empty()
    }

    pub fn chosen(&self) -> Option<&Candidate> {
        self.shown().nth(self.cursor?)
    }

    /// `1` is the first shown.
    pub fn numbered(&self, number: u32) -> Option<&Candidate> {
        self.shown().nth(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Candidate> {
        self.shown.iter().map(|place| &self.candidates[*place])
    }

    pub fn first_on_page(&self, height: u16) -> usize {
        page_start(self.cursor.unwrap_or(0), height)
    }

    pub fn cursor(&self) -> Option<usize> {
        self.cursor
    }
}
