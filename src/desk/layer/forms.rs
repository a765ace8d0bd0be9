//! The forms in which what is on the screen is written into a file: one is chosen, by its digit or the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::key::Key;
use crate::desk::layout::{centred, inside};
use crate::desk::look::Look;
use crate::desk::scroll;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::export::{Content, Export, Form};

#[derive(Debug)]
pub struct Forms {
    content: Content,
    cursor: usize,
}

const HEIGHT: u16 = Form::ALL.len() as u16;

pub fn place(body: Rect) -> Rect {
    centred(body, 64, HEIGHT + 2)
}

impl Forms {
    pub fn of(content: Content) -> Forms {
        Forms { content, cursor: 0 }
    }

    pub fn takes(&self, key: Key) -> bool {
        key.digit().is_some()
    }

    pub fn press(&self, key: Key) -> Step {
        let place = key.digit().and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        place.map_or(Step::Stay, |place| self.choose(place))
    }

    pub fn act(&mut self, action: Action) -> Step {
        if let Some(cursor) = scroll::moved(self.cursor, Form::ALL.len(), HEIGHT, action) {
            self.cursor = cursor;
        }
        if action == Action::Pick { self.choose(self.cursor) } else { Step::Stay }
    }

    pub fn click(&self, at: Position, body: Rect) -> Step {
        let row = at.y.checked_sub(inside(place(body)).y);
        row.map_or(Step::Stay, |row| self.choose(row.into()))
    }

    fn choose(&self, place: usize) -> Step {
        let export = |form| Step::Export(Box::new(Export { content: self.content.clone(), form }));
        Form::ALL.get(place).copied().map_or(Step::Stay, export)
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(look, &look.say(self.title()), place(body), buf);
        for (row, form) in (0..HEIGHT).zip(Form::ALL) {
            let chosen = usize::from(row) == self.cursor;
            let mut strip = Strip::new(buf, inner, row, look.signs.ellipsis);
            strip.put_within(if chosen { look.signs.cursor } else { " " }, 2, look.style(Meaning::Focus));
            strip.put_within(&(row + 1).to_string(), 2, look.style(Meaning::Key));
            strip.put_within(&form.ending().to_uppercase(), 6, look.style(Meaning::Text));
            strip.put(&look.say(about(form)), look.style(Meaning::Muted));
            if chosen {
                buf.set_style(Rect { y: inner.y + row, height: 1, ..inner }, look.style(Meaning::Selected));
            }
        }
        None
    }

    fn title(&self) -> &'static str {
        match self.content {
            Content::Table { .. } | Content::Metrics { .. } => "export-table",
            Content::Calls(_) | Content::History(_) => "export-calls",
        }
    }
}

fn about(form: Form) -> &'static str {
    match form {
        Form::Xlsx => "export-xlsx",
        Form::Csv => "export-csv",
        Form::Html => "export-html",
        Form::Json => "export-json",
    }
}
