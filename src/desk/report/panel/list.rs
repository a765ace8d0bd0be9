//! A list of the filter, unfolded: letters find, the space bar ticks, Enter takes it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::choice::offered;
use super::field::Field;
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::fuzzy;
use crate::desk::key::Key;
use crate::desk::layout::{inside, page_start};
use crate::desk::report::words::Words;
use crate::desk::scroll;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::{Filter, Group};

#[derive(Debug)]
pub struct List {
    pub field: Field,
    /// Typed to find.
    entry: Entry,
    shown: Vec<Group>,
    length: usize,
    cursor: usize,
    /// The filter when the list was opened.
    before: Filter,
}

/// Where the entries stand within the list: under the line that is typed in.
pub fn entries(area: Rect) -> Rect {
    let inner = inside(area);
    Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }
}

impl List {
    pub fn of(field: Field, filter: &Filter, words: Words<'_>) -> List {
        let shown = offered(field, words);
        let (entry, length, before) = (Entry::default(), shown.len(), filter.clone());
        List { field, entry, shown, length, cursor: 0, before }
    }

    /// The filter as it was before anything was ticked here.
    pub fn undone(&self) -> Filter {
        self.before.clone()
    }

    /// How many entries there are, found or not: the list keeps its size while one types.
    pub fn length(&self) -> usize {
        self.length
    }

    pub fn press(&mut self, key: Key, words: Words<'_>) {
        if self.entry.press(key) {
            self.find(words);
        }
    }

    pub fn paste(&mut self, text: &str, words: Words<'_>) {
        if self.entry.paste(text) {
            self.find(words);
        }
    }

    fn find(&mut self, words: Words<'_>) {
        let all = offered(self.field, words);
        let labels: Vec<String> = all.iter().map(|choice| words.group(choice)).collect();
        let places = fuzzy::rank(self.entry.text(), &labels);
        self.shown = places.into_iter().map(|place| all[place].clone()).collect();
        self.cursor = 0;
    }

    pub fn step(&mut self, action: Action, height: u16) {
        if let Some(cursor) = scroll::moved(self.cursor, self.shown.len(), height, action) {
            self.cursor = cursor;
        }
    }

    pub fn select(&mut self, line: usize, height: u16) {
        let place = page_start(self.cursor, height) + line;
        self.cursor = place.min(self.shown.len().saturating_sub(1));
    }

    pub fn mark(&mut self, filter: &mut Filter) {
        if let Some(choice) = self.shown.get(self.cursor) {
            filter.toggle(choice.clone());
        }
    }

    /// Enter on an entry with nothing ticked or unticked here means that entry.
    pub fn settle(&mut self, filter: &mut Filter) {
        if *filter == self.before {
            self.mark(filter);
        }
    }

    pub fn draw(&self, area: Rect, filter: &Filter, words: Words<'_>, buf: &mut Buffer) -> Position {
        let look = words.look;
        let rows = entries(area);
        let first = page_start(self.cursor, rows.height);
        for (row, choice) in (0..rows.height).zip(self.shown.iter().skip(first)) {
            let sign = if filter.has(choice) { "[x] " } else { "[ ] " };
            let mut strip = Strip::new(buf, rows, row, look.signs.ellipsis);
            strip.put(sign, look.style(Meaning::Key));
            strip.put(&words.group(choice), look.style(Meaning::Text));
            if first + usize::from(row) == self.cursor {
                buf.set_style(Rect { y: rows.y + row, height: 1, ..rows }, look.style(Meaning::Selected));
            }
        }
        if self.shown.is_empty() {
            let said = words.say("filter-nothing-found");
            Strip::new(buf, rows, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
        }
        let line = Rect { height: 1, ..inside(area) };
        if self.entry.text().is_empty() {
            let said = words.say("filter-find");
            Strip::new(buf, line, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
        }
        self.entry.draw(line, buf, look.style(Meaning::Text))
    }
}
