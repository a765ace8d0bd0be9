//! A name being typed for a report.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::Shelf;
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::key::Key;
use crate::desk::layout::{centred, inside};
use crate::desk::report::Scene;
use crate::desk::report::panel::{frame, keys};
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::NamedView;

#[derive(Debug)]
pub struct Naming {
    entry: Entry,
    line: String,
    renames: Option<String>,
    /// The name is another report's: once more replaces that one.
    taken: bool,
}

impl Naming {
    pub fn of(line: String) -> Naming {
        Naming { entry: Entry::default(), line, renames: None, taken: false }
    }

    pub fn renaming(named: &NamedView) -> Naming {
        let (entry, line) = (Entry::of(&named.name), named.line.clone());
        Naming { entry, line, renames: Some(named.name.clone()), taken: false }
    }

    pub fn press(&mut self, key: Key) {
        self.taken = false;
        self.entry.press(key);
    }

    pub fn paste(&mut self, text: &str) {
        self.taken = false;
        self.entry.paste(text);
    }

    /// The view under its name and the name it had; `None` while the name is empty or another's.
    pub fn finish(&mut self, shelf: &Shelf) -> Option<(NamedView, Option<String>)> {
        let name = self.entry.text().trim().to_owned();
        let others = shelf.has(&name) && self.renames.as_ref() != Some(&name);
        if name.is_empty() || others && !std::mem::replace(&mut self.taken, true) {
            return None;
        }
        Some((NamedView { name, line: self.line.clone() }, self.renames.clone()))
    }

    pub fn draw(&self, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) -> Position {
        let look = scene.words.look;
        let area = place(body);
        Clear.render(area, buf);
        let title = if self.renames.is_some() { "views-rename-title" } else { "views-save-title" };
        frame(look, &scene.words.say(title)).render(area, buf);
        keys(scene, &[("views-keep", Action::Pick), ("views-close", Action::Dismiss)], area, buf);
        let inner = inside(area);
        let line = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let (said, meaning) = match self.taken {
            true => (scene.with_key("views-taken", Action::Pick), Meaning::Warning),
            false => (self.line.clone(), Meaning::Muted),
        };
        let beneath = Rect { y: line.y + 1, ..line };
        Strip::new(buf, beneath, 0, look.signs.ellipsis).put(&said, look.style(meaning));
        self.entry.draw(line, buf, look.style(Meaning::Text))
    }
}

pub fn place(body: Rect) -> Rect {
    centred(body, 70, 4)
}
