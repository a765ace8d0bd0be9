//! A list unfolded under a field: typing finds, digits and Enter pick.

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
    pub value: Value,
}

#[derive(Debug, Default)]
pub struct Choice {
    pub entry: Entry,
    candidates: Vec<Candidate>,
    /// Places of those that match what was typed, best first.
    shown: Vec<usize>,
    cursor: usize,
}

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
        self.cursor = 0;
    }

    /// Leaves those that match what is typed.
    pub fn filter(&mut self) {
        let labels: Vec<&str> = self.candidates.iter().map(|candidate| candidate.label.as_str()).collect();
        self.shown = fuzzy::rank(self.entry.text(), &labels);
        self.cursor = 0;
    }

    pub fn step(&mut self, action: Action, page: u16) {
        if let Some(cursor) = scroll::moved(self.cursor, self.shown.len(), page, action) {
            self.cursor = cursor;
        }
    }

    pub fn chosen(&self) -> Option<&Candidate> {
        self.shown().nth(self.cursor)
    }

    /// `1` is the first shown.
    pub fn numbered(&self, number: u32) -> Option<&Candidate> {
        self.shown().nth(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Candidate> {
        self.shown.iter().map(|place| &self.candidates[*place])
    }

    pub fn first_on_page(&self, height: u16) -> usize {
        page_start(self.cursor, height)
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }
}
