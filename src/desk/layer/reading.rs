//! A text to read over the desk: the channel's script, the rest of the card.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::layout::{centred, inside};
use crate::desk::look::Look;
use crate::desk::scroll;
use crate::desk::theme::Meaning;

#[derive(Debug)]
pub struct Reading {
    title: String,
    text: String,
    top: usize,
}

pub fn place(body: Rect) -> Rect {
    centred(body, 76, body.height.saturating_sub(4))
}

impl Reading {
    pub fn of(title: impl Into<String>, text: impl Into<String>) -> Reading {
        Reading { title: title.into(), text: text.into(), top: 0 }
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        let page = inside(place(body)).height;
        let longest = self.text.lines().count() + self.text.chars().count() / usize::from(body.width.max(1));
        match (action, scroll::moved(self.top, longest, page, action)) {
            (Action::Pick, _) => return Step::Close,
            (_, Some(top)) => self.top = top,
            _ => {}
        }
        Step::Stay
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(look, &self.title, place(body), buf);
        let top = u16::try_from(self.top).unwrap_or(u16::MAX);
        Paragraph::new(self.text.as_str())
            .style(look.style(Meaning::Text))
            .wrap(Wrap { trim: false })
            .scroll((top, 0))
            .render(inner, buf);
        None
    }
}
