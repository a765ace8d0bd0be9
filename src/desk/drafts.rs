//! Drafts on their way to the store. What was typed is sent soon, one draft at a time, the newest words of each
//! call; until the store has it, it is remembered here, so coming back to a call finds every letter.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::desk::Request;
use crate::domain::id::CallId;
use crate::domain::wrapup::Fields;

use super::asking::Asking;
use super::state::View;

/// A pause short enough that a crash costs no more than a word.
const SOON: TimeDelta = TimeDelta::milliseconds(300);
const AFTER_REFUSAL: TimeDelta = TimeDelta::seconds(5);

#[derive(Debug, Default)]
pub struct Drafts {
    unsent: BTreeMap<CallId, Fields>,
    /// Sent, and the store has not answered yet; without the words once a save has taken their place.
    sent: Option<(CallId, Option<Fields>)>,
    /// On their way as a save, and nothing newer was typed since.
    saving: BTreeMap<CallId, Fields>,
    due: Option<DateTime<Utc>>,
}

impl Drafts {
    pub fn keep(&mut self, call: CallId, fields: Fields, now: DateTime<Utc>) {
        self.saving.remove(&call);
        self.unsent.insert(call, fields);
        self.due.get_or_insert(now + SOON);
    }

    /// The form leaves for another call: no waiting.
    pub fn hasten(&mut self, now: DateTime<Utc>) {
        if !self.unsent.is_empty() {
            self.due = Some(now);
        }
    }

    /// A save takes the draft's place.
    pub fn save(&mut self, call: CallId, fields: Fields) {
        self.unsent.remove(&call);
        if let Some((_, words)) = self.sent.as_mut().filter(|(sent, _)| *sent == call) {
            *words = None;
        }
        self.saving.insert(call, fields);
    }

    pub fn saved(&mut self, call: CallId) {
        self.saving.remove(&call);
    }

    /// The store could not: the words are a draft again, unless newer ones are.
    pub fn not_saved(&mut self, call: CallId, now: DateTime<Utc>) {
        if let Some(fields) = self.saving.remove(&call) {
            self.keep(call, fields, now);
        }
    }

    /// What the store may not know yet.
    pub fn of(&self, call: CallId) -> Option<&Fields> {
        let sent = || self.sent.as_ref().filter(|(sent, _)| *sent == call)?.1.as_ref();
        self.unsent.get(&call).or_else(sent).or_else(|| self.saving.get(&call))
    }

    /// When the next draft wants to be sent; never while one is under way.
    pub fn due(&self) -> Option<DateTime<Utc>> {
        if self.sent.is_some() || self.unsent.is_empty() { None } else { self.due }
    }

    pub fn send_due(&mut self, asking: &mut Asking, now: DateTime<Utc>) {
        if self.due().is_none_or(|due| due > now) {
            return;
        }
        if let Some((call, fields)) = self.unsent.pop_first() {
            asking.ask_for(View::Desk, Request::KeepDraft { call, fields: fields.clone() });
            self.sent = Some((call, Some(fields)));
        }
        self.due = (!self.unsent.is_empty()).then_some(now);
    }

    /// All of them at once: the desk is leaving.
    pub fn send_all(&mut self, asking: &mut Asking) {
        for (call, fields) in std::mem::take(&mut self.unsent) {
            asking.ask_for(View::Desk, Request::KeepDraft { call, fields });
        }
    }

    pub fn kept(&mut self) {
        self.sent = None;
    }

    /// The store could not: tried again later, unless something newer was typed meanwhile.
    pub fn refused(&mut self, now: DateTime<Utc>) {
        if let Some((call, Some(fields))) = self.sent.take() {
            self.unsent.entry(call).or_insert(fields);
            self.due = Some(now + AFTER_REFUSAL);
        }
    }
}
