//! The person's calls over the desk: one of them is opened into the form or dialled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::history::{self, History};
use crate::desk::layout::{centred, inside, page_start};
use crate::desk::player::{Sought, Way};
use crate::desk::scroll;
use crate::desk::state::State;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Request;
use crate::domain::id::PersonId;
use crate::domain::phone::Phone;
use crate::domain::report::CallRow;

#[derive(Debug)]
pub struct Past {
    person: PersonId,
    name: String,
    /// `None` while the engine has not answered.
    rows: Option<Vec<CallRow>>,
    cursor: usize,
}

pub fn place(body: Rect) -> Rect {
    centred(body, 100, body.height.saturating_sub(2))
}

/// Calls of two lines each.
fn page(body: Rect) -> u16 {
    inside(place(body)).height / 2
}

impl Past {
    pub fn of(person: PersonId, name: String, rows: Option<Vec<CallRow>>) -> Past {
        Past { person, name, rows, cursor: 0 }
    }

    pub fn fill(&mut self, history: &History) {
        if history.person == self.person {
            self.rows = Some(history.rows.clone());
            self.cursor = self.cursor.min(history.rows.len().saturating_sub(1));
        }
    }

    fn rows(&self) -> &[CallRow] {
        self.rows.as_deref().unwrap_or_default()
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        if let Some(cursor) = scroll::moved(self.cursor, self.rows().len(), page(body), action) {
            self.cursor = cursor;
        }
        match (action, self.rows().get(self.cursor), self.phone()) {
            (Action::Pick, Some(call), _) => Step::Open(call.id),
            (Action::Listen, Some(call), _) if call.recording => Step::Listen(Box::new(call.into())),
            (Action::Listen, Some(_), _) => Step::Refuse("listen-none"),
            (Action::Dial, _, Some(phone)) => Step::Ask(Box::new(Request::Dial(phone))),
            _ => Step::Stay,
        }
    }

    pub fn chosen(&self) -> Option<&CallRow> {
        self.rows().get(self.cursor)
    }

    /// To the next call with a recording, above or below.
    pub fn seek(&mut self, way: Way) -> Sought {
        let rows = self.rows().iter().enumerate();
        let beyond = match way {
            Way::Next => rows.skip(self.cursor + 1).find(|(_, row)| row.recording),
            Way::Previous => rows.take(self.cursor).rfind(|(_, row)| row.recording),
        };
        let Some((place, row)) = beyond else { return Sought::Nothing };
        let subject = row.into();
        self.cursor = place;
        Sought::Found(Box::new(subject))
    }

    pub fn phone(&self) -> Option<Phone> {
        self.chosen()?.remote.phone()
    }

    pub fn click(&mut self, at: Position, body: Rect) -> Step {
        let inner = inside(place(body));
        let row = page_start(self.cursor, page(body)) + usize::from(at.y.saturating_sub(inner.y) / 2);
        match self.rows().get(row) {
            Some(call) if self.cursor == row => Step::Open(call.id),
            Some(_) => {
                self.cursor = row;
                Step::Stay
            }
            None => Step::Stay,
        }
    }

    pub fn draw(&self, state: &State, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let look = &state.look;
        let title = format!("{}: {}", look.say("history-title"), self.name);
        let inner = frame(look, &title, place(body), buf);
        if self.rows().is_empty() {
            let key = if self.rows.is_some() { "history-empty" } else { "side-loading" };
            Strip::new(buf, inner, 0, look.signs.ellipsis)
                .put(&look.say(key), look.style(Meaning::Placeholder));
        }
        let first = page_start(self.cursor, page(body));
        for (nth, call) in (0..page(body)).zip(self.rows().iter().skip(first)) {
            let place = Rect { y: inner.y + nth * 2, height: 2, ..inner };
            history::draw_row(state, call, place, buf);
            if first + usize::from(nth) == self.cursor {
                buf.set_style(Rect { height: 1, ..place }, look.style(Meaning::Selected));
            }
        }
        None
    }
}
