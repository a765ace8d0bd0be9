//! A text to read over the desk: the channel's script, the rest of the card.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Paragraph, Widget, Wrap};
use unicode_width::UnicodeWidthStr;

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::layout::{centred, inside};
use crate::desk::look::Look;
use crate::desk::scroll;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

const WIDTH: u16 = 76;

#[derive(Debug)]
pub struct Reading {
    title: String,
    text: String,
    top: usize,
}

impl Reading {
    pub fn of(title: impl Into<String>, text: impl Into<String>) -> Reading {
        Reading { title: title.into(), text: text.into(), top: 0 }
    }

    /// No higher than the text, and from the top: a short script leaves the form in sight.
    pub fn place(&self, body: Rect) -> Rect {
        let widest = centred(body, WIDTH, body.height);
        let rows = u16::try_from(self.rows(inside(widest).width)).unwrap_or(u16::MAX);
        Rect { height: rows.saturating_add(2).min(body.height), ..widest }
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        let inner = inside(self.place(body));
        let tops = self.rows(inner.width).saturating_sub(usize::from(inner.height)) + 1;
        match (action, scroll::moved(self.top, tops, inner.height, action)) {
            (Action::Pick, _) => return Step::Close,
            (_, Some(top)) => self.top = top,
            _ => {}
        }
        Step::Stay
    }

    /// Rows the text takes at this width, or a few more: words are not broken.
    fn rows(&self, width: u16) -> usize {
        let width = usize::from(width.max(1));
        self.text.lines().map(|line| 1 + line.width() / width).sum()
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(look, &self.title, self.place(body), buf);
        let top = u16::try_from(self.top).unwrap_or(u16::MAX);
        Paragraph::new(self.text.as_str())
            .style(look.style(Meaning::Text))
            .wrap(Wrap { trim: false })
            .scroll((top, 0))
            .render(inner, buf);
        if self.top + usize::from(inner.height) < self.rows(inner.width) {
            let last = inner.height.saturating_sub(1);
            Strip::new(buf, inner, last, "").put_right(look.signs.unfold, look.style(Meaning::Key));
        }
        None
    }
}
