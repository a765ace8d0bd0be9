//! Everything one desk remembers. Each part is owned by the module that draws and changes it; here they only
//! stand together.

use chrono::{DateTime, Utc};

use crate::domain::desk::{Link, Request};
use crate::domain::directory::Directories;
use crate::domain::id::PersonId;

use super::asking::Asking;
use super::board::Board;
use super::event::Effect;
use super::keymap::{Context, Keymap};
use super::layer::Layer;
use super::look::Look;
use super::notice::Notice;
use super::report::Report;
use super::setup::{RingKind, Setup};

/// What fills the screen between the status and the hints.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum View {
    #[default]
    Desk,
    Report,
}

/// What of the desk the keys go to. Only a key or the mouse moves it, never a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Focus {
    #[default]
    Board,
    Form,
}

#[derive(Debug)]
pub struct Operator {
    pub person: Option<PersonId>,
    pub name: String,
}

#[derive(Debug)]
pub struct State {
    pub(super) look: Look,
    pub(super) keymap: Keymap,
    pub(super) operator: Operator,
    pub(super) rings: bool,
    pub(super) size: (u16, u16),
    pub(super) view: View,
    pub(super) focus: Focus,
    /// What stands over the view, the topmost last; the topmost has the keys.
    pub(super) layers: Vec<Layer>,
    pub(super) asking: Asking,
    pub(super) directories: Directories,
    pub(super) link: Link,
    pub(super) board: Board,
    pub(super) report: Report,
    pub(super) notice: Option<Notice>,
}

/// A desk at its beginning; it asks for the board and the directories.
pub fn start(setup: Setup) -> (State, Vec<Effect>) {
    let mut state = State {
        look: Look::new(&setup),
        keymap: setup.keymap,
        operator: Operator { person: setup.operator, name: setup.operator_name },
        rings: setup.ring != RingKind::Off,
        size: setup.size,
        view: View::default(),
        focus: Focus::default(),
        layers: Vec::new(),
        asking: Asking::default(),
        directories: Directories::default(),
        link: Link::Connecting,
        board: Board::default(),
        report: Report::default(),
        notice: None,
    };
    state.asking.ask(Request::Directories);
    state.asking.ask(Request::Board);
    let effects = state.asking.take_effects();
    (state, effects)
}

impl State {
    /// The table the next key is looked up in.
    pub(super) fn context(&self) -> Context {
        match (self.layers.last(), self.view, self.focus) {
            (Some(_), ..) => Context::Layer,
            (None, View::Report, _) => Context::Report,
            (None, View::Desk, Focus::Board) => Context::Board,
            (None, View::Desk, Focus::Form) => Context::Form,
        }
    }

    pub(super) fn area(&self) -> ratatui::layout::Rect {
        ratatui::layout::Rect::new(0, 0, self.size.0, self.size.1)
    }

    /// The operator's own phone, when the directory of employees names it.
    pub(super) fn extension(&self) -> Option<&str> {
        self.directories.employee(self.operator.person?)?.extension.as_deref()
    }

    pub(super) fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// A notice that has had its time goes by itself.
    pub(super) fn expire_notice(&mut self, now: DateTime<Utc>) {
        self.notice.take_if(|notice| notice.gone_at.is_some_and(|at| at <= now));
    }
}
