//! Typing in the form: text in the comment, letters that find in a list, digits that pick from it.

use chrono::{DateTime, Utc};

use crate::desk::entry::Entry;
use crate::desk::form::{self, Choice, Comment, Field, Value};
use crate::desk::key::{Key, KeyCode};
use crate::desk::state::{State, View};
use crate::domain::desk::Request;
use crate::domain::person::PersonBrief;

impl State {
    /// Whether the key is text, or picks by its digit, in the field that has the keys.
    pub(super) fn form_takes(&self, key: Key) -> bool {
        match self.form.field {
            Field::Comment => Comment::takes(key),
            _ => Entry::takes(key),
        }
    }

    pub(super) fn type_in_form(&mut self, key: Key, now: DateTime<Utc>) {
        if self.form.field == Field::Comment {
            return self.edit_comment(now, |comment| comment.press(key));
        }
        let folded = self.form.choice.is_none();
        let begun = self.form.field == Field::Who && !self.form.fields.who_text.is_empty();
        if folded && !begun && matches!(key.code, KeyCode::Backspace | KeyCode::Delete) {
            self.form.erase(self.form.field);
            return self.keep_draft(now);
        }
        if folded && key.digit().is_some() && !self.form.field.names_person() {
            self.unfold(now);
        }
        match key.digit().and_then(|digit| self.numbered(digit)) {
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

    /// Typing in a folded field begins anew.
    fn edit_choice(&mut self, now: DateTime<Utc>, edit: impl FnOnce(&mut Choice) -> bool) {
        let folded = self.form.choice.is_none();
        if folded {
            self.unfold(now);
            self.begin_from_typed_name();
        }
        let Some(choice) = &mut self.form.choice else { return };
        match edit(choice) {
            true => self.find(now),
            false if folded => self.form.choice = None,
            false => {}
        }
    }

    /// A name without a card is gone on with, not begun anew.
    fn begin_from_typed_name(&mut self) {
        let typed = &self.form.fields.who_text;
        if self.form.field == Field::Who && !typed.is_empty() {
            let entry = Entry::of(typed);
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
        if choice.is_searched() {
            self.asking.ask_latest(View::Desk, Request::Search { text: typed.clone() });
        } else {
            choice.replace(candidates);
            choice.filter();
        }
        if field == Field::Who {
            self.form.name_caller(&typed);
            self.keep_draft(now);
        }
    }

    /// An answer belongs to the list where these very letters stand; another was unfolded meanwhile.
    pub(super) fn found(&mut self, text: &str, people: &[PersonBrief], now: DateTime<Utc>) {
        let candidates = form::people(people, &self.look, self.look.day(now));
        let names_person = self.form.field.names_person();
        let asked = |choice: &&mut Choice| names_person && choice.entry.text().trim() == text;
        if let Some(choice) = self.form.choice.as_mut().filter(asked) {
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
        self.enter_field(self.form.first_wanting(Some(field), &self.directories), now);
    }
}
