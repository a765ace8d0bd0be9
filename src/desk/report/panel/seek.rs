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
use crate::domain::desk::{Reply, Request};
use crate::domain::person::PersonBrief;

#[derive(Debug, Default)]
pub struct Seek {
    entry: Entry,
    found: Vec<PersonBrief>,
    cursor: usize,
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
        match self.text() {
            "" => self.found.clear(),
            text => asking.ask_latest(View::Report, Request::Search { text: text.to_owned() }),
        }
    }

    fn text(&self) -> &str {
        self.entry.text().trim()
    }

    pub fn hear(&mut self, request: &Request, reply: &Reply) {
        if let (Request::Search { text }, Reply::Found(people)) = (request, reply)
            && text == self.text()
        {
            self.found.clone_from(people);
            self.cursor = 0;
        }
    }

    pub fn step(&mut self, action: Action, height: u16) {
        if let Some(cursor) = scroll::moved(self.cursor, self.found.len(), height, action) {
            self.cursor = cursor;
        }
    }

    pub fn select(&mut self, line: usize, height: u16) {
        self.cursor = (page_start(self.cursor, height) + line).min(self.found.len().saturating_sub(1));
    }

    pub fn selected(&self) -> Option<&PersonBrief> {
        self.found.get(self.cursor)
    }

    pub fn draw(&self, area: Rect, words: Words<'_>, buf: &mut Buffer) -> Position {
        let look = words.look;
        let rows = entries(area);
        let first = page_start(self.cursor, rows.height);
        for (row, person) in (0..rows.height).zip(self.found.iter().skip(first)) {
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
        let line = Rect { height: 1, ..inside(area) };
        if self.entry.is_empty() {
            let said = words.say("filter-seek");
            Strip::new(buf, line, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
        }
        self.entry.draw(line, buf, look.style(Meaning::Text))
    }
}
