//! Everything one desk remembers. Each part is owned by the module that draws and changes it; here they only
//! stand together.

use chrono::{DateTime, Utc};
use ratatui::layout::{Position, Rect};

use crate::domain::desk::{Abilities, Link, Request};
use crate::domain::directory::Directories;
use crate::domain::id::{CallId, PersonId};

use super::action::Action;
use super::asking::Asking;
use super::board::Board;
use super::drafts::Drafts;
use super::event::Effect;
use super::form::Form;
use super::gaps::Gaps;
use super::hints;
use super::history::History;
use super::keymap::{Context, Keymap};
use super::layer::Layer;
use super::leads::Leads;
use super::look::Look;
use super::norms::ReportNorms;
use super::notice::Notice;
use super::people::People;
use super::report::Report;
use super::setup::{RingKind, Setup};
use super::sidebar::Side;
use super::update::Today;

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
    pub extension: Option<String>,
}

#[derive(Debug)]
pub struct State {
    pub(super) look: Look,
    pub(super) keymap: Keymap,
    pub(super) operator: Operator,
    pub(super) rings: bool,
    /// The telephony can ring a phone and play a recording there.
    pub(super) rings_phone: bool,
    pub(super) norms: ReportNorms,
    pub(super) abilities: Abilities,
    pub(super) size: (u16, u16),
    pub(super) view: View,
    pub(super) focus: Focus,
    /// What stands over the view, the topmost last; the topmost has the keys.
    pub(super) layers: Vec<Layer>,
    pub(super) asking: Asking,
    pub(super) directories: Directories,
    pub(super) link: Link,
    pub(super) board: Board,
    pub(super) form: Form,
    pub(super) drafts: Drafts,
    pub(super) people: People,
    pub(super) side: Side,
    pub(super) leads: Leads,
    pub(super) history: Option<History>,
    /// Something ended since it came.
    pub(super) history_stale: bool,
    pub(super) today: Today,
    pub(super) gaps: Gaps,
    /// What the undo takes back.
    pub(super) last_saved: Option<CallId>,
    /// The last press of the mouse, for the double click.
    pub(super) pressed: Option<(Position, DateTime<Utc>)>,
    pub(super) report: Report,
    pub(super) notice: Option<Notice>,
}

/// A desk at its beginning; it asks for the board and the directories.
pub fn start(setup: Setup) -> (State, Vec<Effect>) {
    let mut state = State {
        look: Look::new(&setup),
        keymap: setup.keymap,
        operator: Operator { person: setup.operator, name: setup.operator_name, extension: setup.extension },
        rings: setup.ring != RingKind::Off,
        rings_phone: false,
        norms: setup.norms,
        abilities: setup.abilities,
        size: setup.size,
        view: View::default(),
        focus: Focus::default(),
        layers: Vec::new(),
        asking: Asking::default(),
        directories: Directories::default(),
        link: Link::Connecting,
        board: Board::default(),
        form: Form::default(),
        drafts: Drafts::default(),
        people: People::default(),
        side: Side::default(),
        leads: Leads::default(),
        history: None,
        history_stale: false,
        today: Today::default(),
        gaps: Gaps::default(),
        last_saved: None,
        pressed: None,
        report: Report::default(),
        notice: None,
    };
    state.asking.ask(Request::Directories);
    state.ask_board();
    let effects = state.asking.take_effects();
    (state, effects)
}

impl State {
    /// Whether the telephony can do it; what needs none always can be done.
    pub(super) fn can(&self, action: Action) -> bool {
        match action {
            Action::Transfer => self.abilities.transfer,
            Action::Hold => self.abilities.hold,
            Action::Consult | Action::HandOver | Action::TakeBack => self.abilities.consult,
            Action::Tag => self.abilities.tag,
            _ => true,
        }
    }

    /// Whether no order would reach the telephony.
    pub(super) fn is_cut_off(&self) -> bool {
        matches!(self.link, Link::Down { .. })
    }

    /// The table the next key is looked up in.
    pub(super) fn context(&self) -> Context {
        match self.layers.last() {
            None => self.context_beneath(),
            Some(Layer::Player(_)) => Context::Player,
            Some(_) => Context::Layer,
        }
    }

    /// The same under all layers: what stands there does not change when one is laid over it.
    fn context_beneath(&self) -> Context {
        match (self.view, self.focus) {
            (View::Report, _) if self.report.is_covered() => Context::Filter,
            (View::Report, _) => Context::Report,
            (View::Desk, Focus::Board) => Context::Board,
            (View::Desk, Focus::Form) => Context::Form,
        }
    }

    pub(super) fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

    /// The operator's own phone, when the directory of employees names it.
    pub(super) fn extension(&self) -> Option<&str> {
        self.directories.employee(self.operator.person?)?.extension.as_deref()
    }

    /// The key that means `action` on the desk, as it is printed on the keyboard.
    pub(super) fn key_cap(&self, action: Action) -> String {
        let keys = self.keymap.keys(self.context_beneath(), action);
        keys.first().map(|key| hints::key_cap(*key)).unwrap_or_default()
    }

    /// Whether the telephony tells what becomes of its calls; else their states are what was last known.
    pub(super) fn hears_calls(&self) -> bool {
        matches!(self.link, Link::Up { .. })
    }

    pub(super) fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// The next thing is done, so what was said before has been read. What a form lacks stays while it is filled in,
    /// and on the desk, where nothing lies beneath, good news have their time.
    pub(super) fn pass_notice(&mut self) {
        let in_report = self.view == View::Report;
        let read = |notice: &mut Notice| notice.passes() && (in_report || notice.gone_at.is_none());
        if in_report || self.focus == Focus::Board {
            self.notice.take_if(read);
        }
    }

    /// Another screen: what was said of the one before is not said here.
    pub(super) fn turn_to(&mut self, view: View) {
        if self.view != view {
            self.notice.take_if(|notice| notice.passes());
        }
        self.view = view;
    }

    /// A notice that has had its time goes by itself.
    pub(super) fn expire_notice(&mut self, now: DateTime<Utc>) {
        self.notice.take_if(|notice| notice.gone_at.is_some_and(|at| at <= now));
    }
}
