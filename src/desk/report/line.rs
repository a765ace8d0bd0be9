//! A report's line being typed or pasted; what it asks, or what is wrong in it, stands beneath.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Paragraph, Widget, Wrap};

use super::Scene;
use super::panel::{frame, keys};
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::layout::{centred, inside};
use crate::desk::strip::visible;
use crate::desk::theme::Meaning;
use crate::domain::directory::Directories;
use crate::domain::report::{LineFault, View};

#[derive(Debug)]
pub struct Line {
    pub entry: Entry,
}

impl Line {
    pub fn of(text: &str) -> Line {
        let mut entry = Entry::long();
        entry.paste(text);
        Line { entry }
    }

    pub fn read(&self, directories: &Directories) -> Result<View, LineFault> {
        View::read(self.entry.text(), directories)
    }

    pub fn draw(&self, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) -> Position {
        let words = scene.words;
        let area = place(body);
        Clear.render(area, buf);
        frame(words.look, &words.say("line-title")).render(area, buf);
        keys(scene, &[("views-show", Action::Pick), ("views-close", Action::Dismiss)], area, buf);
        let inner = inside(area);
        let line = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let (said, meaning) = match self.read(words.directories) {
            _ if self.entry.text().trim().is_empty() => (words.say("line-hint"), Meaning::Placeholder),
            Ok(view) => {
                let parts = words.question(&view.query(scene.today), scene.today);
                (words.flowing(&parts), Meaning::Muted)
            }
            Err(fault) => (words.fault(&fault), Meaning::Danger),
        };
        let beneath = Rect { y: line.y + 1, height: inner.height.saturating_sub(1), ..line };
        let said = Paragraph::new(visible(&said)).style(words.look.style(meaning)).wrap(Wrap { trim: true });
        said.render(beneath, buf);
        self.entry.draw(line, buf, words.look.style(Meaning::Text))
    }
}

pub fn place(body: Rect) -> Rect {
    centred(body, 110, 7)
}
