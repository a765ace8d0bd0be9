//! Working at the form: opening a call, going from field to field, typing, picking, saving, taking back.

use chrono::{DateTime, Utc};

use crate::desk::action::Action;
use crate::desk::form::{self, Candidate, Choice, Comment, Field, Value};
use crate::desk::key::Key;
use crate::desk::keymap::Context;
use crate::desk::notice::Notice;
use crate::desk::state::{Focus, State, View};
use crate::domain::desk::{OpenCall, Request};
use crate::domain::id::CallId;
use crate::domain::wrapup::{Fields, Missing, WrapUp};

/// Fewer letters would find half the clinic.
const LEAST_SEARCH: usize = 2;
/// Rows a page of an unfolded list moves by.
const LIST_PAGE: u16 = 5;

impl State {
    /// The form turns to this call; what it held is kept as that call's draft.
    pub(super) fn open_call(&mut self, id: CallId, now: DateTime<Utc>) {
        if self.form.id() != Some(id) {
            self.drafts.hasten(now);
            self.form.open(id, self.board.call(id).cloned(), &self.directories);
            self.side = Default::default();
            self.meet_choices();
            self.asking.ask_latest(View::Desk, Request::Open(id));
        }
        if self.board.call(id).is_some() {
            self.board.select(id);
        }
        self.look_up_people();
    }

    /// Opened by a person: the form has the keys, at the first field that wants an answer.
    pub(super) fn work_on(&mut self, id: CallId, now: DateTime<Utc>) {
        self.open_call(id, now);
        self.view = View::Desk;
        self.enter_field(self.form.first_wanting(None), now);
    }

    pub(super) fn opened(&mut self, open: OpenCall) {
        if self.form.id() != Some(open.call.id) {
            return;
        }
        let unsent = self.drafts.of(open.call.id).cloned();
        self.form.settle(open, unsent, &self.directories);
        self.meet_choices();
        self.look_up_people();
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
        self.look_up_history();
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
            self.form.choice = Some(Choice::of(self.candidates(now)));
        }
    }

    /// What the field offers before anything is typed.
    fn candidates(&self, now: DateTime<Utc>) -> Vec<Candidate> {
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

    /// Whether the key is text, or picks by its digit, in the field that has the keys.
    pub(super) fn form_takes(&self, key: Key) -> bool {
        match self.form.field {
            Field::Comment => Comment::takes(key),
            _ => crate::desk::entry::Entry::takes(key),
        }
    }

    pub(super) fn type_in_form(&mut self, key: Key, now: DateTime<Utc>) {
        if self.form.field == Field::Comment {
            return self.edit_comment(now, |comment| comment.press(key));
        }
        let picked = key.digit().and_then(|digit| self.numbered(digit));
        match picked {
            Some(value) => self.pick(value, now),
            None => self.edit_choice(now, |choice| choice.entry.press(key)),
        }
    }

    /// A digit picks while nothing is typed; after letters only from lists that hold no numbers.
    fn numbered(&self, digit: u32) -> Option<Value> {
        let choice = self.form.choice.as_ref()?;
        let picks = choice.entry.is_empty() || !self.form.field.names_person();
        choice.numbered(digit).filter(|_| picks).map(|candidate| candidate.value.clone())
    }

    pub(super) fn paste_in_form(&mut self, text: &str, now: DateTime<Utc>) {
        match self.form.field {
            Field::Comment => self.edit_comment(now, |comment| comment.paste(text)),
            _ => self.edit_choice(now, |choice| choice.entry.paste(text)),
        }
    }

    pub(super) fn edit_comment(&mut self, now: DateTime<Utc>, edit: impl FnOnce(&mut Comment) -> bool) {
        if edit(&mut self.form.comment) {
            self.form.take_comment();
            self.keep_draft(now);
        }
    }

    /// Typing in a folded field begins anew; erasing in it empties it.
    fn edit_choice(&mut self, now: DateTime<Utc>, edit: impl FnOnce(&mut Choice) -> bool) {
        let folded = self.form.choice.is_none();
        if folded {
            self.unfold(now);
            self.begin_from_typed_name();
        }
        let Some(choice) = &mut self.form.choice else { return };
        let edited = edit(choice);
        if folded && !edited {
            self.form.choice = None;
            self.form.erase(self.form.field);
            return self.keep_draft(now);
        }
        if edited {
            self.find(now);
        }
    }

    /// A name without a card is gone on with, not begun anew.
    fn begin_from_typed_name(&mut self) {
        let typed = &self.form.fields.who_text;
        if self.form.field == Field::Who && !typed.is_empty() {
            let entry = crate::desk::entry::Entry::of(typed);
            if let Some(choice) = &mut self.form.choice {
                choice.entry = entry;
            }
        }
    }

    fn find(&mut self, now: DateTime<Utc>) {
        let (field, candidates) = (self.form.field, self.candidates(now));
        let Some(choice) = &mut self.form.choice else { return };
        let typed = choice.entry.text().trim().to_owned();
        if !field.names_person() {
            return choice.filter();
        }
        if typed.chars().count() < LEAST_SEARCH {
            choice.replace(candidates);
            choice.filter();
        } else {
            self.asking.ask_latest(View::Desk, Request::Search { text: typed.clone() });
        }
        if field == Field::Who {
            self.form.name_caller(&typed);
            self.keep_draft(now);
        }
    }

    pub(super) fn found(&mut self, people: &[crate::domain::person::PersonBrief], now: DateTime<Utc>) {
        let candidates = form::people(people, &self.look, self.look.day(now));
        let names_person = self.form.field.names_person();
        if let Some(choice) = self.form.choice.as_mut().filter(|_| names_person) {
            choice.replace(candidates);
        }
    }

    pub(super) fn pick(&mut self, value: Value, now: DateTime<Utc>) {
        if let Value::Person(person) = &value {
            self.people.meet(person);
        }
        let field = self.form.field;
        self.form.pick(value, &self.directories);
        self.keep_draft(now);
        self.look_up_people();
        self.enter_field(self.form.first_wanting(Some(field)), now);
    }

    pub(super) fn act_in_form(&mut self, action: Action, now: DateTime<Utc>) {
        match (action, self.form.choice.as_mut()) {
            (Action::NextField, _) => self.leave_field(self.form.field.next(), now),
            (Action::PreviousField, _) => self.leave_field(self.form.field.previous(), now),
            (Action::Pick, Some(choice)) => match choice.chosen().map(|chosen| chosen.value.clone()) {
                Some(value) => self.pick(value, now),
                None => self.leave_field(self.form.first_wanting(Some(self.form.field)), now),
            },
            (Action::Pick, None) => self.leave_field(self.form.first_wanting(Some(self.form.field)), now),
            (_, Some(choice)) => choice.step(action, LIST_PAGE),
            (Action::Next, None) => self.unfold(now),
            (Action::Previous, None) => self.leave_field(self.form.field.previous(), now),
            _ => {}
        }
    }

    /// What was typed to find a type or a topic has found it.
    fn leave_field(&mut self, to: Field, now: DateTime<Utc>) {
        self.settle_typed(now);
        self.enter_field(to, now);
    }

    fn settle_typed(&mut self, now: DateTime<Utc>) {
        let typed = self.form.choice.as_ref().filter(|choice| !choice.entry.is_empty());
        let chosen = typed.and_then(|choice| choice.chosen()).map(|chosen| chosen.value.clone());
        if let Some(value @ (Value::CallerType(_) | Value::Topic(_))) = chosen {
            self.form.pick(value, &self.directories);
            self.keep_draft(now);
        }
        self.form.choice = None;
    }

    fn keep_draft(&mut self, now: DateTime<Utc>) {
        if let Some(call) = self.form.id() {
            self.drafts.keep(call, self.form.fields.clone(), now);
        }
    }

    pub(super) fn save(&mut self, now: DateTime<Utc>) {
        let Some(call) = self.form.id() else {
            return self
                .tell(Notice::warning(self.look.say("save-nothing"), self.look.say("save-nothing-hint")));
        };
        self.settle_typed(now);
        let missing = self.form.fields.missing(&self.directories);
        if let Some(first) = missing.first() {
            self.tell_missing(&missing);
            return self.enter_field(Field::from(*first), now);
        }
        let saving =
            self.asking.awaits(|asked| matches!(asked, Request::Save { call: saved, .. } if *saved == call));
        if !saving {
            self.drafts.forget(call);
            self.asking.ask(Request::Save { call, fields: self.form.fields.clone() });
        }
    }

    fn tell_missing(&mut self, missing: &[Missing]) {
        let name = |missing: &Missing| self.look.say(form::label_key(Field::from(*missing))).into_owned();
        let names = missing.iter().map(name).collect::<Vec<_>>().join(", ");
        let text = self.look.say_with("save-missing", &[("fields", names.into())]);
        self.tell(Notice::warning(text, self.look.say("save-missing-hint")));
    }

    /// The store has it. The form is free unless something was typed meanwhile.
    pub(super) fn saved(&mut self, wrapup: &WrapUp, now: DateTime<Utc>) {
        self.last_saved = Some(wrapup.call);
        let name = wrapup.fields.who.and_then(|who| self.people.name(who)).unwrap_or(&wrapup.fields.who_text);
        let text = match name {
            "" => self.look.say("saved").into_owned(),
            name => self.look.say_with("saved-for", &[("name", name.into())]),
        };
        let key = self.keymap.keys(Context::Board, Action::UndoSave).first().copied();
        let hint = key.map(|key| crate::desk::hints::hint(key, Action::UndoSave, &self.look));
        self.tell(Notice::info(text, hint.unwrap_or_default(), now));
        if self.form.id() != Some(wrapup.call) {
            return;
        }
        if self.form.fields == wrapup.fields {
            self.form.close();
            self.focus = Focus::Board;
        } else {
            self.form.saved(&wrapup.fields);
            self.keep_draft(now);
        }
    }

    /// The store could not: the words are a draft again.
    pub(super) fn not_saved(&mut self, call: CallId, fields: Fields, now: DateTime<Utc>) {
        self.drafts.keep(call, fields, now);
    }

    pub(super) fn undo_save(&mut self) {
        match self.last_saved {
            Some(call) => self.asking.ask(Request::UndoSave(call)),
            None => self.tell(Notice::warning(self.look.say("undo-nothing"), "")),
        }
    }

    /// Taken back: the fields are the call's draft, and the form takes them up unless it is being worked at.
    pub(super) fn undone(&mut self, call: CallId, now: DateTime<Utc>) {
        self.last_saved = None;
        let busy = self.form.touched() && self.form.id() != Some(call);
        let hint = if busy { "undone-waits" } else { "undone-hint" };
        self.tell(Notice::info(self.look.say("undone"), self.look.say(hint), now));
        if !busy {
            self.form.close();
            self.work_on(call, now);
        }
    }
}
