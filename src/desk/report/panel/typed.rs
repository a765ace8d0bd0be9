//! What is typed into the filter besides the dates: lengths, words of the comment, digits of the number.

use std::time::Duration;

use super::field::Field;
use crate::desk::entry::Entry;
use crate::desk::key::{Key, KeyCode};
use crate::desk::report::words::length as length_in_words;
use crate::domain::report::{Between, Filter, lengths};

const FIELDS: [Field; 6] =
    [Field::WaitFrom, Field::WaitTo, Field::TalkFrom, Field::TalkTo, Field::Text, Field::Number];

#[derive(Clone, Debug)]
pub struct Typed {
    /// In the order of [`FIELDS`].
    entries: [Entry; 6],
}

impl Typed {
    pub fn of(filter: &Filter) -> Typed {
        let shown = |end: Option<Duration>| Entry::of(&end.map(length_in_words).unwrap_or_default());
        let (wait, talk) = (filter.wait, filter.talk);
        let ends = [wait.least, wait.most, talk.least, talk.most].map(shown);
        let [wait_from, wait_to, talk_from, talk_to] = ends;
        let (text, number) = (Entry::of(&filter.text), Entry::of(&filter.number));
        Typed { entries: [wait_from, wait_to, talk_from, talk_to, text, number] }
    }

    pub fn entry(&self, field: Field) -> Option<&Entry> {
        let place = FIELDS.iter().position(|known| *known == field)?;
        self.entries.get(place)
    }

    fn entry_mut(&mut self, field: Field) -> Option<&mut Entry> {
        let place = FIELDS.iter().position(|known| *known == field)?;
        self.entries.get_mut(place)
    }

    pub fn press(&mut self, field: Field, key: Key) {
        if let Some(entry) = self.entry_mut(field) {
            entry.press(key);
        }
    }

    pub fn paste(&mut self, field: Field, text: &str) {
        if let Some(entry) = self.entry_mut(field) {
            entry.paste(text);
        }
    }

    pub fn clear(&mut self, field: Field) {
        if let Some(entry) = self.entry_mut(field) {
            *entry = Entry::default();
        }
    }

    pub fn is_empty(&self, field: Field) -> bool {
        self.entry(field).is_none_or(|entry| entry.text().trim().is_empty())
    }

    /// Puts what was typed into the filter; the field that cannot be read.
    pub fn fill(&self, filter: &mut Filter) -> Result<(), Field> {
        filter.wait = self.between(Field::WaitFrom, Field::WaitTo)?;
        filter.talk = self.between(Field::TalkFrom, Field::TalkTo)?;
        filter.text = self.text(Field::Text).to_owned();
        filter.number = self.text(Field::Number).to_owned();
        Ok(())
    }

    fn text(&self, field: Field) -> &str {
        self.entry(field).map_or("", |entry| entry.text().trim())
    }

    /// In order, whichever was typed first.
    fn between(&self, from: Field, to: Field) -> Result<Between, Field> {
        Ok(Between { least: self.length(from)?, most: self.length(to)? }.in_order())
    }

    fn length(&self, field: Field) -> Result<Option<Duration>, Field> {
        match self.text(field) {
            "" => Ok(None),
            text => lengths::read(text).map(Some).ok_or(field),
        }
    }
}

/// Whether the key is text in this field and no command.
pub fn takes(field: Field, key: Key) -> bool {
    match key.typed() {
        Some(' ') => field == Field::Text,
        Some(char) if field.is_length() => char.is_ascii_digit() || ":.smhсмч".contains(char),
        Some(char) if field == Field::Number => char.is_ascii_digit() || "+-()".contains(char),
        Some(_) => true,
        None => Entry::takes(key) && !matches!(key.code, KeyCode::Home | KeyCode::End | KeyCode::Delete),
    }
}
