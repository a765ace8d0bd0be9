//! What stands over the view: help, palette, texts to read, questions, lists. The topmost has the keys.
//!
//! A layer changes only itself and says by a [`Step`] what should follow; it reaches nothing of the desk.

mod help;
mod palette;
mod reading;

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::action::Action;
use super::key::Key;
use super::look::Look;
use super::state::State;
use super::theme::Meaning;

pub use help::Help;
pub use palette::Palette;
pub use reading::Reading;

#[derive(Debug)]
pub enum Layer {
    Help(Help),
    Palette(Palette),
    Reading(Reading),
}

/// What follows from a key.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    Stay,
    Close,
    /// Closes, then the desk does it.
    Act(Action),
}

impl Layer {
    /// Whether the key is text here and no command.
    pub fn takes(&self, key: Key) -> bool {
        match self {
            Layer::Palette(palette) => palette.takes(key),
            Layer::Help(_) | Layer::Reading(_) => false,
        }
    }

    pub fn press(&mut self, key: Key) {
        match self {
            Layer::Palette(palette) => palette.press(key),
            Layer::Help(_) | Layer::Reading(_) => {}
        }
    }

    pub fn paste(&mut self, text: &str) {
        match self {
            Layer::Palette(palette) => palette.paste(text),
            Layer::Help(_) | Layer::Reading(_) => {}
        }
    }

    /// `body` is the room the layer is drawn in: a page is as long as what it shows there.
    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        match (self, action) {
            (_, Action::Dismiss) => Step::Close,
            (Layer::Help(help), _) => help.act(action, body),
            (Layer::Palette(palette), _) => palette.act(action, body),
            (Layer::Reading(reading), _) => reading.act(action, body),
        }
    }

    /// A press of the mouse on a cell of the layer.
    pub fn click(&mut self, at: Position, body: Rect) -> Step {
        if !self.place(body).contains(at) {
            return Step::Close;
        }
        match self {
            Layer::Palette(palette) => palette.click(at, body),
            Layer::Help(_) | Layer::Reading(_) => Step::Stay,
        }
    }

    fn place(&self, body: Rect) -> Rect {
        match self {
            Layer::Help(_) => help::place(body),
            Layer::Palette(_) => palette::place(body),
            Layer::Reading(_) => reading::place(body),
        }
    }

    fn draw(&self, state: &State, body: Rect, buf: &mut Buffer) -> Option<Position> {
        match self {
            Layer::Help(help) => help.draw(state, body, buf),
            Layer::Palette(palette) => palette.draw(state, body, buf),
            Layer::Reading(reading) => reading.draw(&state.look, body, buf),
        }
    }
}

/// `None` when nothing stands over the view; else where the topmost layer's cursor is.
pub fn draw_all(
    state: &State,
    body: Rect,
    buf: &mut Buffer,
    _now: DateTime<Utc>,
) -> Option<Option<Position>> {
    state.layers.iter().map(|layer| layer.draw(state, body, buf)).last()
}

/// An empty frame with a title; what is inside comes back.
fn frame(look: &Look, title: &str, place: Rect, buf: &mut Buffer) -> Rect {
    Clear.render(place, buf);
    let title = super::strip::fit(title, place.width.saturating_sub(6), look.signs.ellipsis);
    let block = Block::bordered()
        .border_set(look.border)
        .border_style(look.style(Meaning::Focus))
        .style(look.style(Meaning::Text))
        .title(format!(" {title} "))
        .title_style(look.style(Meaning::Title));
    let inner = block.inner(place);
    block.render(place, buf);
    inner
}
