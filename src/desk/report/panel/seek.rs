//! Finding the one person whose calls are wanted, by name or the last digits of a phone.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::list::entries;
use crate::desk::action::Action;
use crate::desk::asking::Asking;
use crate::desk::entry::Entry;
use crate::desk::format;
use crate::desk::key::{Key, KeyCode};
use crate::desk::layout::{inside, page_start};
use crate::desk::report::words::Words;
use crate::desk::scroll;
use crate::desk::state::View;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::person::PersonBrief;

#[derive(Debug, Default)]
pub struct Seek {
    entry: Entry,
    /// Whom the text found; none of an earlier text.
    found: Found,
    cursor: usize,
}

#[derive(Debug, Default)]
enum Found {
    #[default]
    NotSought,
    Awaited,
    People(Vec<PersonBrief>),
    Refused(Refusal),
}

impl Seek {
    pub fn takes(key: Key) -> bool {
        key.typed().is_some() || key == Key::plain(KeyCode::Backspace)
    }

    pub fn press(&mut self, key: Key, asking: &mut Asking) {
        if self.entry.press(key) {
            self.ask(asking);
        }
    }

    pub fn paste(&mut self, text: &str, asking: &mut Asking) {
        if self.entry.paste(text) {
            self.ask(asking);
        }
    }

    fn ask(&mut self, asking: &mut Asking) {
        self.cursor = 0;
        self.found = match self.text() {
            "" => Found::NotSought,
            text => {
                asking.ask_latest(View::Report, Request::Search { text: text.to_owned() });
                Found::Awaited
            }
        };
    }

    fn text(&self) -> &str {
        self.entry.text().trim()
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        let Request::Search { text } = request else { return };
        match reply {
            _ if text != self.text() => {}
            Ok(Reply::Found(people)) => self.found = Found::People(people.clone()),
            Ok(_) => {}
            Err(refusal) => self.found = Found::Refused(refusal.clone()),
        }
    }

    fn people(&self) -> &[PersonBrief] {
        match &self.found {
            Found::People(people) => people,
            _ => &[],
        }
    }

    pub fn step(&mut self, action: Action, height: u16) {
        if let Some(cursor) = scroll::moved(self.cursor, self.people().len(), height, action) {
            self.cursor = cursor;
        }
    }

    pub fn select(&mut self, line: usize, height: u16) {
        self.cursor = (page_start(self.cursor, height) + line).min(self.people().len().saturating_sub(1));
    }

    pub fn selected(&self) -> Option<&PersonBrief> {
        self.people().get(self.cursor)
    }

    pub fn draw(&self, area: Rect, words: Words<'_>, buf: &mut Buffer) -> Position {
        let look = words.look;
        let rows = entries(area);
        let first = page_start(self.cursor, rows.height);
        for (row, person) in (0..rows.height).zip(self.people().iter().skip(first)) {
            let mut strip = Strip::new(buf, rows, row, look.signs.ellipsis);
            strip.gap(1).gap_right(1);
            if let Some(phone) = person.phone {
                strip.put_right(&format::short_phone(phone), look.style(Meaning::Muted)).gap_right(1);
            }
            strip.put(&person.name, look.style(Meaning::Text));
            if first + usize::from(row) == self.cursor {
                buf.set_style(Rect { y: rows.y + row, height: 1, ..rows }, look.style(Meaning::Selected));
            }
        }
        if let Some(said) = self.said(words) {
            Strip::new(buf, rows, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
        }
        let line = Rect { height: 1, ..inside(area) };
        if self.entry.is_empty() {
            let said = words.say("filter-seek");
            Strip::new(buf, line, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
        }
        self.entry.draw(line, buf, look.style(Meaning::Text))
    }

    /// Why there is nobody to pick.
    fn said(&self, words: Words<'_>) -> Option<String> {
        match &self.found {
            Found::Awaited => Some(words.say("form-searching")),
            Found::People(people) if people.is_empty() => Some(words.say("form-nothing-found")),
            Found::Refused(refusal) => Some(words.refusal(refusal)),
            Found::NotSought | Found::People(_) => None,
        }
    }
}
