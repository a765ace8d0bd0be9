//! «История общения» on the screen: what is asked, the table that came, where the cursor stands.
//!
//! Owns its own keys and drawing; the desk gives it actions, replies and room, and does what its [`Step`] says.
//! Two questions are remembered, the operator's own and today's missed calls, so that a look at one never
//! costs the place in the other.

mod charts;
mod draw;
mod figures;
mod line;
mod listing;
mod over;
mod panel;
mod place;
mod scenario;
mod sheet;
mod shelf;
mod tree;
mod words;

use chrono::{DateTime, NaiveDate, Utc};
use ratatui::layout::{Position, Rect};

use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::directory::Directories;
use crate::domain::id::CallId;
use crate::domain::phone::Phone;
use crate::domain::report::{Pane, View};

use super::action::Action;
use super::asking::Asking;
use super::look::Look;
use super::norms::ReportNorms;
use super::notice::Notice;
use draw::Scene;
use over::Over;
use scenario::Scenario;
use sheet::Sheet;
use shelf::Shelf;

pub use draw::draw;
pub use words::Words;

/// The actions its line of keys shows, in the order of need.
pub const HINTS: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::Pick,
    Action::Filter,
    Action::Dial,
    Action::Missed,
    Action::NextPane,
    Action::Refresh,
    Action::Back,
    Action::History,
    Action::Views,
    Action::CopyNumber,
    Action::CopyLine,
    Action::SaveView,
    Action::Palette,
];

/// The same where something lies over it; the rest stands on that thing's own border.
pub const HINTS_OVER: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::Views,
    Action::SaveView,
    Action::CopyLine,
    Action::ReadLine,
    Action::Palette,
];

/// What the report may use of the desk.
pub struct Around<'a> {
    pub asking: &'a mut Asking,
    pub notice: &'a mut Option<Notice>,
    pub directories: &'a Directories,
    pub look: &'a Look,
    pub norms: &'a ReportNorms,
    /// The room it is drawn in.
    pub body: Rect,
    pub now: DateTime<Utc>,
}

impl<'a> Around<'a> {
    fn words(&self) -> Words<'a> {
        Words { look: self.look, directories: self.directories }
    }

    fn today(&self) -> NaiveDate {
        self.look.day(self.now)
    }

    fn warn(&mut self, key: &str) {
        let hint = format!("{key}-hint");
        *self.notice = Some(Notice::warning(self.look.say(key), self.look.say(&hint)));
    }
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

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Preset {
    #[default]
    AsLeft,
    MissedToday,
}

#[derive(Debug, Default)]
pub struct Report {
    shown: Preset,
    /// The operator's own question; none before the first.
    own: Option<Sheet>,
    missed: Option<Sheet>,
    /// What lies over it, the topmost last.
    over: Vec<Over>,
    shelf: Shelf,
}

impl Report {
    /// The missed calls are counted anew each time; the operator's own report stands as it was left.
    pub fn open(&mut self, preset: Preset, around: &mut Around<'_>) {
        self.shown = preset;
        self.over.clear();
        if preset == Preset::MissedToday {
            self.missed = None;
            self.ask(Scenario::MissedToday, around);
        }
        match self.sheet_mut() {
            Some(sheet) => sheet.want(around),
            None => self.open_shelf(around),
        }
    }

    fn sheet(&self) -> Option<&Sheet> {
        match self.shown {
            Preset::AsLeft => self.own.as_ref(),
            Preset::MissedToday => self.missed.as_ref(),
        }
    }

    fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        match self.shown {
            Preset::AsLeft => self.own.as_mut(),
            Preset::MissedToday => self.missed.as_mut(),
        }
    }

    fn ask(&mut self, scenario: Scenario, around: &mut Around<'_>) {
        let preset = if scenario == Scenario::MissedToday { Preset::MissedToday } else { Preset::AsLeft };
        let view = scenario.view(around.directories);
        match scenario.seeks() {
            true => self.seek(view, around),
            false => self.show(view, preset, around),
        }
    }

    /// What lay over the report has done its work.
    fn show(&mut self, view: View, preset: Preset, around: &mut Around<'_>) {
        let calls = view.pane == Pane::Calls;
        let mut sheet = Sheet::of(view, around.today());
        if calls {
            sheet = sheet.with_calls(Vec::new());
        }
        sheet.renew(around.asking);
        self.over.clear();
        self.shown = preset;
        match preset {
            Preset::AsLeft => self.own = Some(sheet),
            Preset::MissedToday => self.missed = Some(sheet),
        }
    }

    pub fn act(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        if is_the_desks(action) {
            return Step::Pass;
        }
        // A message that waits to be read goes first; one that goes by itself is in nobody's way.
        let read = action == Action::Dismiss && !self.is_covered();
        if read && around.notice.take_if(|notice| notice.gone_at.is_none()).is_some() {
            return Step::Stay;
        }
        if self.act_on_views(action, around) {
            return Step::Stay;
        }
        if let Some(step) = self.act_over(action, around) {
            return step;
        }
        match (action, self.straight_to_calls()) {
            (Action::Filter, _) => self.open_panel(around),
            (Action::FocusBoard, _) | (Action::Dismiss, true) => return Step::Leave,
            _ => return self.act_on_sheet(action, around),
        }
        Step::Stay
    }

    fn act_on_sheet(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        match (self.sheet_mut(), action) {
            (Some(sheet), _) => sheet.act(action, around),
            (None, Action::Dismiss) => Step::Leave,
            (None, _) => Step::Stay,
        }
    }

    /// Missed calls came by one key and go by one key.
    fn straight_to_calls(&self) -> bool {
        self.shown == Preset::MissedToday && self.sheet().is_some_and(Sheet::lists_all_calls)
    }

    /// `twice`: the second press of a double click.
    pub fn click(&mut self, at: Position, twice: bool, around: &mut Around<'_>) -> Step {
        if let Some(step) = self.click_over(at, twice, around) {
            return step;
        }
        let Some(sheet) = self.sheet_mut() else { return Step::Stay };
        let places = sheet.places(around);
        if places.question.contains(at) {
            self.open_panel(around);
        } else if sheet.ground(around.today(), around.norms).is_some() {
            sheet.point(at, around);
            return if twice { self.act(Action::Pick, around) } else { Step::Stay };
        } else if places.rows.contains(at) || places.total.contains(at) {
            match places.total.contains(at) {
                true => sheet.select_total(),
                false => sheet.select(usize::from(at.y - places.rows.y), places.rows.height),
            }
            sheet.want(around);
            return if twice { self.act(Action::Pick, around) } else { Step::Stay };
        }
        Step::Stay
    }

    /// The answer to what it asked with `asking.ask_for(View::Report, ..)` or `ask_latest`.
    pub fn hear(&mut self, request: Request, reply: Result<Reply, Refusal>, around: &mut Around<'_>) {
        self.hear_over(&request, &reply, around);
        for sheet in [&mut self.own, &mut self.missed].into_iter().flatten() {
            sheet.hear(&request, &reply);
        }
        if let Some(sheet) = self.sheet_mut() {
            sheet.want(around);
        }
    }

    /// Figures changed in the store: what is shown may be out of date.
    pub fn outdated(&mut self) {
        for sheet in [&mut self.own, &mut self.missed].into_iter().flatten() {
            sheet.stale = true;
        }
    }
}

/// What means the same wherever the operator is. Everything else of the desk stays untouched while the report
/// hides it.
fn is_the_desks(action: Action) -> bool {
    matches!(
        action,
        Action::Help
            | Action::Palette
            | Action::Report
            | Action::Missed
            | Action::UndoSave
            | Action::DialNumber
            | Action::LogByHand
            | Action::Quit
    )
}
