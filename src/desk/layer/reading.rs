//! A text to read over the desk: the channel's script, the whole card. The numbers in it are chosen by the
//! arrows and dialled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};
use unicode_width::UnicodeWidthStr;

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::layout::{centred, inside};
use crate::desk::look::Look;
use crate::desk::scroll;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Request;
use crate::domain::phone::Phone;

const WIDTH: u16 = 76;

/// A line of the text; with the number it ends in, when that can be dialled.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub text: String,
    pub phone: Option<Phone>,
}

impl Row {
    pub fn lines(text: &str) -> Vec<Row> {
        text.lines().map(|line| Row { text: line.to_owned(), phone: None }).collect()
    }

    /// Rows of the screen it takes at this width, or a few more: words are not broken.
    fn height(&self, width: u16) -> usize {
        1 + self.text.width() / usize::from(width.max(1))
    }
}

#[derive(Debug)]
pub struct Reading {
    title: String,
    rows: Vec<Row>,
    top: usize,
    /// The row of the number that is dialled.
    chosen: Option<usize>,
}

impl Reading {
    pub fn of(title: impl Into<String>, rows: Vec<Row>) -> Reading {
        let chosen = rows.iter().position(|row| row.phone.is_some());
        Reading { title: title.into(), rows, top: 0, chosen }
    }

    pub fn phone(&self) -> Option<Phone> {
        self.rows.get(self.chosen?)?.phone
    }

    /// No higher than the text, and from the top: a short script leaves the form in sight.
    pub fn place(&self, body: Rect) -> Rect {
        let widest = centred(body, WIDTH, body.height);
        let rows = u16::try_from(self.height(inside(widest).width)).unwrap_or(u16::MAX);
        Rect { height: rows.saturating_add(2).min(body.height), ..widest }
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        let inner = inside(self.place(body));
        let tops = self.height(inner.width).saturating_sub(usize::from(inner.height)) + 1;
        match (action, self.phone(), self.neighbour(action)) {
            (Action::Pick, ..) => return Step::Close,
            (Action::Dial, Some(phone), _) => return Step::Ask(Box::new(Request::Dial(phone))),
            (_, _, Some(row)) => self.choose(row, inner),
            _ => self.top = scroll::moved(self.top, tops, inner.height, action).unwrap_or(self.top),
        }
        Step::Stay
    }

    /// The next row with a number, above or below.
    fn neighbour(&self, action: Action) -> Option<usize> {
        let dialled = |row: &usize| self.rows[*row].phone.is_some();
        match action {
            Action::Next => (self.chosen? + 1..self.rows.len()).find(dialled),
            Action::Previous => (0..self.chosen?).rfind(dialled),
            _ => None,
        }
    }

    /// Scrolls no further than the row needs to be seen.
    fn choose(&mut self, row: usize, inner: Rect) {
        let above: usize = self.rows[..row].iter().map(|row| row.height(inner.width)).sum();
        let lowest_top = (above + 1).saturating_sub(usize::from(inner.height));
        self.top = self.top.clamp(lowest_top, above.max(lowest_top));
        self.chosen = Some(row);
    }

    fn height(&self, width: u16) -> usize {
        self.rows.iter().map(|row| row.height(width)).sum()
    }

    fn lines(&self, look: &Look) -> Vec<Line<'_>> {
        let line = |(nth, row): (usize, &'_ Row)| {
            let chosen = self.chosen == Some(nth);
            let style = look.style(if chosen { Meaning::Selected } else { Meaning::Text });
            Line::styled(row.text.clone(), style)
        };
        self.rows.iter().enumerate().map(line).collect()
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(look, &self.title, self.place(body), buf);
        let top = u16::try_from(self.top).unwrap_or(u16::MAX);
        Paragraph::new(self.lines(look))
            .style(look.style(Meaning::Text))
            .wrap(Wrap { trim: false })
            .scroll((top, 0))
            .render(inner, buf);
        if self.top + usize::from(inner.height) < self.height(inner.width) {
            let last = inner.height.saturating_sub(1);
            Strip::new(buf, inner, last, "").put_right(look.signs.unfold, look.style(Meaning::Key));
        }
        None
    }
}
