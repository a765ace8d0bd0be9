//! What stands over the view: help, palette, texts to read, questions, lists. The topmost has the keys.
//!
//! A layer changes only itself and says by a [`Step`] what should follow; it reaches nothing of the desk.

mod forms;
mod help;
mod manual;
mod palette;
mod past;
mod prompt;
mod reading;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::action::Action;
use super::key::Key;
use super::look::Look;
use super::player::{self, Player, Subject};
use super::state::State;
use super::theme::Meaning;
use crate::domain::desk::Request;
use crate::domain::export::Export;
use crate::domain::id::CallId;

pub use forms::Forms;
pub use help::Help;
pub use manual::Manual;
pub use palette::Palette;
pub use past::Past;
pub use prompt::Prompt;
pub use reading::{Reading, Row};

#[derive(Debug)]
pub enum Layer {
    Help(Help),
    Palette(Palette),
    Reading(Reading),
    Prompt(Prompt),
    Manual(Manual),
    Past(Past),
    Forms(Forms),
    Player(Box<Player>),
}

/// What follows from a key. All but the first four close the layer.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    Stay,
    /// Stays, and says why by this text's key.
    Refuse(&'static str),
    Player(player::Wish),
    /// The recording of a call is opened over the layer.
    Listen(Box<Subject>),
    Close,
    Act(Action),
    Ask(Box<Request>),
    Open(CallId),
    Export(Box<Export>),
}

impl Layer {
    /// Whether the key is text here and no command.
    pub fn takes(&self, key: Key) -> bool {
        match self {
            Layer::Palette(palette) => palette.takes(key),
            Layer::Prompt(prompt) => prompt.takes(key),
            Layer::Manual(manual) => manual.takes(key),
            Layer::Forms(forms) => forms.takes(key),
            Layer::Player(_) => key.digit().is_some(),
            Layer::Help(_) | Layer::Reading(_) | Layer::Past(_) => false,
        }
    }

    pub fn press(&mut self, key: Key) -> Step {
        match self {
            Layer::Palette(palette) => palette.press(key),
            Layer::Prompt(prompt) => prompt.press(key),
            Layer::Manual(manual) => manual.press(key),
            Layer::Forms(forms) => return forms.press(key),
            Layer::Player(player) => return key.digit().map_or(Step::Stay, |digit| player.seek_tenth(digit)),
            Layer::Help(_) | Layer::Reading(_) | Layer::Past(_) => {}
        }
        Step::Stay
    }

    pub fn paste(&mut self, text: &str) {
        match self {
            Layer::Palette(palette) => palette.paste(text),
            Layer::Prompt(prompt) => prompt.paste(text),
            Layer::Manual(manual) => manual.paste(text),
            Layer::Help(_) | Layer::Reading(_) | Layer::Past(_) | Layer::Forms(_) | Layer::Player(_) => {}
        }
    }

    /// `body` is the room the layer is drawn in: a page is as long as what it shows there.
    pub fn act(&mut self, action: Action, body: Rect, look: &Look) -> Step {
        match (self, action) {
            (_, Action::Dismiss) => Step::Close,
            (Layer::Help(help), _) => help.act(action, body),
            (Layer::Palette(palette), _) => palette.act(action, body),
            (Layer::Reading(reading), _) => reading.act(action, body),
            (Layer::Prompt(prompt), _) => prompt.act(action),
            (Layer::Manual(manual), _) => manual.act(action, look),
            (Layer::Past(past), _) => past.act(action, body),
            (Layer::Forms(forms), _) => forms.act(action),
            (Layer::Player(player), _) => player.act(action, body),
        }
    }

    /// Whether a number is chosen here that can be dialled.
    pub fn dials(&self) -> bool {
        match self {
            Layer::Reading(reading) => reading.phone().is_some(),
            Layer::Past(past) => past.phone().is_some(),
            _ => false,
        }
    }

    /// Whether a call is chosen here that has a recording.
    pub fn listens(&self) -> bool {
        matches!(self, Layer::Past(past) if past.chosen().is_some_and(|call| call.recording))
    }

    /// A press of the mouse; beside the layer it closes it.
    pub fn click(&mut self, at: Position, body: Rect) -> Step {
        if !self.place(body).contains(at) {
            return Step::Close;
        }
        match self {
            Layer::Palette(palette) => palette.click(at, body),
            Layer::Manual(manual) => manual.click(at, body),
            Layer::Past(past) => past.click(at, body),
            Layer::Forms(forms) => forms.click(at, body),
            Layer::Player(player) => player.click(at, body),
            Layer::Help(_) | Layer::Reading(_) | Layer::Prompt(_) => Step::Stay,
        }
    }

    fn place(&self, body: Rect) -> Rect {
        match self {
            Layer::Help(_) => help::place(body),
            Layer::Palette(_) => palette::place(body),
            Layer::Reading(reading) => reading.place(body),
            Layer::Prompt(_) => prompt::place(body),
            Layer::Manual(_) => manual::place(body),
            Layer::Past(_) => past::place(body),
            Layer::Forms(_) => forms::place(body),
            Layer::Player(_) => player::place(body),
        }
    }

    fn draw(&self, state: &State, body: Rect, buf: &mut Buffer) -> Option<Position> {
        match self {
            Layer::Help(help) => help.draw(state, body, buf),
            Layer::Palette(palette) => palette.draw(state, body, buf),
            Layer::Reading(reading) => reading.draw(&state.look, body, buf),
            Layer::Prompt(prompt) => prompt.draw(&state.look, body, buf),
            Layer::Manual(manual) => manual.draw(&state.look, body, buf),
            Layer::Past(past) => past.draw(state, body, buf),
            Layer::Forms(forms) => forms.draw(&state.look, body, buf),
            Layer::Player(player) => player.draw(state, body, buf),
        }
    }
}

/// What the player was opened from stands in the room it leaves. `None` when nothing stands over the view; else where the topmost layer's cursor is.
pub fn draw_all(state: &State, body: Rect, buf: &mut Buffer) -> Option<Option<Position>> {
    let player = state.layers.iter().position(|layer| matches!(layer, Layer::Player(_)));
    let room = |nth| if player.is_some_and(|player| nth < player) { state.room() } else { body };
    state.layers.iter().enumerate().map(|(nth, layer)| layer.draw(state, room(nth), buf)).last()
}

/// An empty frame with a title; what is inside comes back.
pub fn frame(look: &Look, title: &str, place: Rect, buf: &mut Buffer) -> Rect {
    Clear.render(place, buf);
    let title = super::strip::fit(title, place.width.saturating_sub(6), look.signs.ellipsis);
    let block = Block::bordered()
        .border_set(look.border)
        .border_style(look.style(Meaning::Key))
        .style(look.style(Meaning::Text))
        .title(format!(" {title} "))
        .title_style(look.style(Meaning::Title));
    let inner = block.inner(place);
    block.render(place, buf);
    inner
}
