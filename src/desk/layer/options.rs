//! A question with a few answers, each by its digit.

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
use crate::domain::desk::Request;

#[derive(Debug)]
pub struct Options {
    title: String,
    /// What stands on the screen, and what is asked when it is picked.
    answers: Vec<(String, Request)>,
    cursor: usize,
}

impl Options {
    pub fn of(title: String, answers: Vec<(String, Request)>) -> Options {
        Options { title, answers, cursor: 0 }
    }

    pub fn place(&self, body: Rect) -> Rect {
        centred(body, 56, u16::try_from(self.answers.len()).unwrap_or(9) + 2)
    }

    pub fn takes(&self, key: Key) -> bool {
        key.digit().is_some()
    }

    pub fn press(&self, key: Key) -> Step {
        let place = key.digit().and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        place.map_or(Step::Stay, |place| self.answer(place))
    }

    fn answer(&self, place: usize) -> Step {
        self.answers.get(place).map_or(Step::Stay, |(_, request)| Step::Ask(Box::new(request.clone())))
    }

    pub fn act(&mut self, action: Action) -> Step {
        if let Some(cursor) = scroll::moved(self.cursor, self.answers.len(), 1, action) {
            self.cursor = cursor;
        }
        if action == Action::Pick { self.answer(self.cursor) } else { Step::Stay }
    }

    pub fn click(&self, at: Position, body: Rect) -> Step {
        let inner = inside(self.place(body));
        if inner.contains(at) { self.answer(usize::from(at.y - inner.y)) } else { Step::Stay }
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(look, &self.title, self.place(body), buf);
        for (row, (nth, (answer, _))) in (0..inner.height).zip(self.answers.iter().enumerate()) {
            Strip::new(buf, inner, row, look.signs.ellipsis)
                .gap(1)
                .put(&(nth + 1).to_string(), look.style(Meaning::Key))
                .gap(1)
                .put(answer, look.style(Meaning::Text));
            if nth == self.cursor {
                buf.set_style(Rect { y: inner.y + row, height: 1, ..inner }, look.style(Meaning::Selected));
            }
        }
        None
    }
}
