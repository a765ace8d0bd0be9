//! A list of the filter, unfolded: letters find, the space bar ticks, Enter takes it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::choice::Item;
use super::field::{Field, Nature};
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::fuzzy;
use crate::desk::key::{Key, KeyCode};
use crate::desk::layout::{inside, page_start};
use crate::desk::report::words::Words;
use crate::desk::scroll;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::{Filter, Group, Level};

#[derive(Debug)]
pub struct List {
    pub field: Field,
    /// Typed to find.
    entry: Entry,
    all: Vec<Item>,
    shown: Vec<Item>,
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
    /// The cursor stands on what is chosen.
    pub fn of(field: Field, all: Vec<Item>, chosen: Option<&Item>, filter: &Filter) -> List {
        let cursor = all.iter().position(|item| Some(item) == chosen).unwrap_or(0);
        List { field, entry: Entry::default(), shown: all.clone(), all, cursor, before: filter.clone() }
    }

    /// The filter as it was before anything was ticked here.
    pub fn undone(&self) -> Filter {
        self.before.clone()
    }

    /// Whether several may be ticked, else one is picked.
    pub fn ticks(&self) -> bool {
        self.field.nature() == Nature::Ticks
    }

    /// How many entries there are, found or not: the list keeps its size while one types.
    pub fn length(&self) -> usize {
        self.all.len()
    }

    /// Whether the key is typed to find; a speciality's name may have spaces.
    pub fn takes(&self, key: Key) -> bool {
        match key.typed() {
            Some(' ') => self.typed_is_kept() && !self.entry.is_empty(),
            Some(_) => true,
            None => key == Key::plain(KeyCode::Backspace),
        }
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
        let labels: Vec<String> = self.all.iter().map(|item| item.label(words)).collect();
        let places = fuzzy::rank(self.entry.text(), &labels);
        self.shown = places.into_iter().map(|place| self.all[place].clone()).collect();
        self.shown.extend(self.typed().filter(|typed| !self.all.contains(typed)));
        self.cursor = 0;
    }

    /// A speciality may be one that nothing has told of yet.
    fn typed(&self) -> Option<Item> {
        let text = self.entry.text().trim();
        let kept = self.typed_is_kept() && !text.is_empty();
        kept.then(|| Item::Group(Group::Speciality(Some(text.to_owned()))))
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

    pub fn selected(&self) -> Option<&Item> {
        self.shown.get(self.cursor)
    }

    pub fn mark(&mut self, filter: &mut Filter) {
        if let Some(Item::Group(group)) = self.selected() {
            filter.toggle(group.clone());
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
        for (row, item) in (0..rows.height).zip(self.shown.iter().skip(first)) {
            let mut strip = Strip::new(buf, rows, row, look.signs.ellipsis);
            strip.put(sign(item, filter), look.style(Meaning::Key));
            strip.put(&item.label(words), look.style(Meaning::Text));
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
            let said = words.say(if self.typed_is_kept() { "filter-find-or-type" } else { "filter-find" });
            Strip::new(buf, line, 0, look.signs.ellipsis).put(&said, look.style(Meaning::Placeholder));
        }
        self.entry.draw(line, buf, look.style(Meaning::Text))
    }

    fn typed_is_kept(&self) -> bool {
        self.field == Field::Groups(Level::Speciality)
    }
}

fn sign(item: &Item, filter: &Filter) -> &'static str {
    match item {
        Item::Group(group) if filter.has(group) => "[x] ",
        Item::Group(_) => "[ ] ",
        Item::Span(_) | Item::Level(_) => " ",
    }
}
