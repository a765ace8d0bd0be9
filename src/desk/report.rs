//! «История общения» on the screen: what is asked, the table that came, where the cursor stands.
//!
//! Owns its own keys and drawing; the desk gives it actions, replies and room, and does what its [`Step`] says.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::directory::Directories;
use crate::domain::id::CallId;
use crate::domain::phone::Phone;

use super::action::Action;
use super::asking::Asking;
use super::key::Key;
use super::look::Look;
use super::state::State;

/// The actions its line of keys shows, in the order of need.
pub const HINTS: &[Action] = &[Action::Help, Action::Dismiss, Action::Pick];

/// What the report may use of the desk.
pub struct Around<'a> {
    pub asking: &'a mut Asking,
    pub directories: &'a Directories,
    pub look: &'a Look,
    /// The room it is drawn in.
    pub body: Rect,
    pub now: DateTime<Utc>,
}

/// What follows from a key or a click.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    Stay,
    /// Back to the desk.
    Leave,
    /// The call goes into the form («Добавить»).
    Open(CallId),
    Dial(Phone),
    /// Not the report's: the desk does it.
    Pass,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Preset {
    AsLeft,
    MissedToday,
}

#[derive(Debug, Default)]
pub struct Report {}

impl Report {
    pub fn open(&mut self, _preset: Preset, _around: &mut Around<'_>) {}

    /// Whether the key is text here and no command.
    pub fn takes(&self, _key: Key) -> bool {
        false
    }

    pub fn press(&mut self, _key: Key, _around: &mut Around<'_>) {}

    pub fn paste(&mut self, _text: &str, _around: &mut Around<'_>) {}

    pub fn act(&mut self, action: Action, _around: &mut Around<'_>) -> Step {
        match action {
            Action::Dismiss => Step::Leave,
            _ => Step::Pass,
        }
    }

    pub fn click(&mut self, _at: Position, _around: &mut Around<'_>) -> Step {
        Step::Stay
    }

    /// The answer to what it asked with `asking.ask_for(View::Report, ..)` or `ask_latest`.
    pub fn hear(&mut self, _request: Request, _reply: Result<Reply, Refusal>, _around: &mut Around<'_>) {}

    /// Figures changed in the store: what is shown may be out of date.
    pub fn outdated(&mut self, _around: &mut Around<'_>) {}
}

pub fn draw(_state: &State, _area: Rect, _buf: &mut Buffer, _now: DateTime<Utc>) -> Option<Position> {
    None
}
