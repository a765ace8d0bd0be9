//! Moving about the form: opening a call, going from field to field, unfolding their lists.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::form::{self, Candidate, Field, Value};
use crate::desk::state::{Focus, State, View};
use crate::domain::desk::{OpenCall, Request};
use crate::domain::id::CallId;

/// Rows a page of an unfolded list moves by.
const LIST_PAGE: u16 = 5;

impl State {
    /// The form turns to this call; what it held is kept as that call's draft.
    pub(super) fn open_call(&mut self, id: CallId, now: DateTime<Utc>) {
        if self.form.id() != Some(id) {
            self.settle_typed(now);
            self.drafts.hasten(now);
            self.form.open(id, self.board.call(id).cloned(), &self.directories);
            (self.side, self.leads) = Default::default();
            self.meet_choices();
            self.asking.ask_latest(View::Desk, Request::Open(id));
        }
        match self.board.call(id) {
            Some(_) => self.board.follow(id, now),
            None => self.board.unmark(),
        }
        self.look_up_people();
    }

    /// The call with the card of its person; the form leaves the keys alone.
    pub(super) fn look_at(&mut self, id: CallId, now: DateTime<Utc>) {
        self.open_call(id, now);
        self.turn_to(View::Desk);
        self.focus = Focus::Board;
    }

    /// Opened by a person: the form has the keys, at the first field that wants an answer.
    pub(super) fn work_on(&mut self, id: CallId, now: DateTime<Utc>) {
        self.open_call(id, now);
        if self.board.call(id).is_some() {
            self.board.select(id);
        }
        self.turn_to(View::Desk);
        self.enter_field(self.form.first_wanting(None, &self.directories), now);
    }

    pub(super) fn opened(&mut self, mut open: OpenCall, now: DateTime<Utc>) {
        if self.form.id() != Some(open.call.id) {
            return;
        }
        // What changes told meanwhile is newer than what was read.
        if let Some(call) = self.board.call(open.call.id) {
            open.call = call.clone();
        }
        let unsent = self.drafts.of(open.call.id).cloned();
        self.form.settle(open, unsent, &self.directories);
        self.meet_choices();
        self.look_up_people();
        // A list unfolded for a field that the store's word has filled would only be in the way.
        let untyped = self.form.choice.as_ref().is_some_and(|choice| choice.entry.is_empty());
        if self.focus == Focus::Form && untyped {
            self.enter_field(self.form.first_wanting(None, &self.directories), now);
        }
    }

    /// The call is not there any more: a form nobody worked at lets it go.
    pub(super) fn not_opened(&mut self, call: CallId) {
        if self.form.id() == Some(call) && !self.form.touched() {
            self.form.close();
            self.focus = Focus::Board;
        }
    }

    pub(super) fn meet_choices(&mut self) {
        for person in self.form.choices() {
            self.people.meet(person);
        }
    }

    /// Asks for the cards the sidebar may show.
    pub(super) fn look_up_people(&mut self) {
        let fields = &self.form.fields;
        for person in [fields.who, fields.about].into_iter().flatten() {
            let request = Request::Card(person);
            if self.people.card(person).is_none() && !self.asking.awaits(|asked| *asked == request) {
                self.asking.ask(request);
            }
        }
        self.look_up_leads();
        self.look_up_history();
    }

    fn look_up_leads(&mut self) {
        let phone = self.form.call().and_then(|call| call.snapshot.remote.phone());
        if let Some(phone) = phone.filter(|phone| self.leads.turn_to(*phone)) {
            self.asking.ask_latest(View::Desk, Request::Leads(phone));
        }
    }

    pub(super) fn enter_field(&mut self, field: Field, now: DateTime<Utc>) {
        if self.form.id().is_none() {
            return;
        }
        self.focus = Focus::Form;
        self.board.digits.clear();
        self.form.field = field;
        self.form.choice = None;
        let empty = self.form.is_empty(field);
        let offers = matches!(field, Field::CallerType | Field::Topic)
            || (field == Field::Who && self.form.is_ambiguous());
        if empty && offers {
            self.unfold(now);
        }
    }

    pub(super) fn unfold(&mut self, now: DateTime<Utc>) {
        if self.form.field != Field::Comment {
            self.form.unfold(self.candidates(now));
        }
    }

    /// What the field offers before anything is typed.
    pub(super) fn candidates(&self, now: DateTime<Utc>) -> Vec<Candidate> {
        let today = self.look.day(now);
        let relatives = || {
            let card = self.form.fields.who.and_then(|who| self.people.card(who));
            card.map(|card| card.relatives.as_slice()).unwrap_or_default()
        };
        match self.form.field {
            Field::CallerType => form::caller_types(&self.directories),
            Field::Topic => form::topics(&self.directories),
            Field::Who => form::people(self.form.choices().iter().chain(relatives()), &self.look, today),
            Field::About if relatives().is_empty() => form::people(self.form.choices(), &self.look, today),
            Field::About => form::people(relatives(), &self.look, today),
            Field::Comment => Vec::new(),
        }
    }

    pub(super) fn act_in_form(&mut self, action: Action, now: DateTime<Utc>) {
        match (action, self.form.choice.as_mut()) {
            (Action::NextField, _) => self.leave_field(self.form.field.next(), now),
            (Action::PreviousField, _) => self.leave_field(self.form.field.previous(), now),
            (Action::Pick, Some(choice)) => match choice.chosen().map(|chosen| chosen.value.clone()) {
                Some(value) => self.pick(value, now),
                // Only the next Enter, on a row that is marked, is a choice.
                None if choice.is_fresh() => choice.step(Action::Next, LIST_PAGE),
                None => {
                    self.leave_field(self.form.first_wanting(Some(self.form.field), &self.directories), now)
                }
            },
            (Action::Pick, None) => {
                self.leave_field(self.form.first_wanting(Some(self.form.field), &self.directories), now)
            }
            (_, Some(choice)) => choice.step(action, LIST_PAGE),
            (Action::Next, None) => {
                self.unfold(now);
                self.form.choice.iter_mut().for_each(|choice| choice.step(action, LIST_PAGE));
            }
            (Action::Previous, None) => self.leave_field(self.form.field.previous(), now),
            _ => {}
        }
    }

    fn leave_field(&mut self, to: Field, now: DateTime<Utc>) {
        self.settle_typed(now);
        self.enter_field(to, now);
    }

    /// What was typed to find a type or a topic has found it; of somebody without a card «О ком» keeps the
    /// name in the comment, having no text of its own.
    pub(super) fn settle_typed(&mut self, now: DateTime<Utc>) {
        let Some(choice) = self.form.choice.take().filter(|choice| !choice.entry.is_empty()) else { return };
        match choice.chosen().map(|chosen| chosen.value.clone()) {
            Some(value @ (Value::CallerType(_) | Value::Topic(_))) => {
                self.form.pick(value, &self.directories);
            }
            _ if self.form.field == Field::About => {
                let name = choice.entry.text().trim().into();
                self.form.mention(&self.look.say_with("form-about-mention", &[("name", name)]));
            }
            _ => return,
        }
        self.keep_draft(now);
    }
}
