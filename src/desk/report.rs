//! «История общения» on the screen: what is asked, the table that came, where the cursor stands.
//!
//! Owns its own keys and drawing; the desk gives it actions, replies and room, and does what its [`Step`] says.
//! Two questions are remembered, the operator's own and today's missed calls, so that a look at one never
//! costs the place in the other.

mod charts;
mod columns;
mod draw;
mod explaining;
mod extent;
mod figures;
mod grid;
mod habit;
mod hints;
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
use crate::domain::export::Content;
use crate::domain::id::CallId;
use crate::domain::phone::Phone;
use crate::domain::report::View;

use super::action::Action;
use super::asking::Asking;
use super::look::Look;
use super::norms::ReportNorms;
use super::notice::Notice;
use draw::Scene;
use habit::Habit;
use over::Over;
use sheet::Sheet;
use shelf::Shelf;

pub use charts::{MetricSaid, drawn, metric_questions, metrics_said};
pub use draw::draw;
pub use scenario::{Clinic, Scenario};
pub use words::Words;

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

    fn clinic(&self) -> Clinic<'a> {
        Clinic { directories: self.directories, limits: self.norms.usual }
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
    /// To the desk with the card of this call's person.
    Card(CallId),
    Dial(Phone),
    /// The recording of the chosen call is opened.
    Listen,
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
    /// Calls read, of how many, while the figures come from the store.
    read: Option<(u64, u64)>,
    habit: Habit,
    /// The habit was asked for.
    recalled: bool,
}

impl Report {
    /// The missed calls are counted anew each time; the operator's own report stands as it was left.
    pub fn open(&mut self, preset: Preset, around: &mut Around<'_>) {
        self.shown = preset;
        self.over.clear();
        if !std::mem::replace(&mut self.recalled, true) {
            around.asking.ask_for(super::state::View::Report, Habit::recall());
        }
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

    /// What of it can be written into a file: the list of calls, the picture or the table on the screen.
    pub fn content(&self, today: NaiveDate, norms: &ReportNorms) -> Option<Content> {
        self.sheet().filter(|_| self.over.is_empty())?.content(today, norms)
    }

    fn ask(&mut self, scenario: Scenario, around: &mut Around<'_>) {
        let preset = if scenario == Scenario::MissedToday { Preset::MissedToday } else { Preset::AsLeft };
        let mut view = scenario.view(around.clinic());
        self.habit.settle(&mut view);
        match scenario.seeks() {
            true => self.seek(view, around),
            false => self.show(view, preset, around),
        }
    }

    /// What lay over the report has done its work.
    fn show(&mut self, view: View, preset: Preset, around: &mut Around<'_>) {
        let mut sheet = Sheet::of(view, around.today());
        if let Some(last) = self.sheet() {
            sheet.charts = last.charts.of_another_question();
        }
        sheet.renew(around);
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
        let Some(sheet) = self.sheet_mut() else {
            return if action == Action::Dismiss { Step::Leave } else { Step::Stay };
        };
        let before = Habit::of(&sheet.view);
        let step = sheet.act(action, around);
        self.notice_habit(&before, around);
        step
    }

    /// Other columns or another order than before: they are remembered.
    fn notice_habit(&mut self, before: &Habit, around: &mut Around<'_>) {
        let habit = self.sheet().map(|sheet| Habit::of(&sheet.view)).filter(|habit| habit != before);
        if let Some(habit) = habit {
            self.habit.follow(before, habit);
            let request = self.habit.remember();
            request
                .into_iter()
                .for_each(|request| around.asking.ask_latest(super::state::View::Report, request));
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
        if sheet.places(around).question.contains(at) {
            self.open_panel(around);
            return Step::Stay;
        }
        let heard = sheet.is_on_recording(at, around);
        let before = Habit::of(&sheet.view);
        let chose = sheet.click(at, around);
        sheet.want(around);
        self.notice_habit(&before, around);
        match chose {
            true if heard => self.act(Action::Listen, around),
            true if twice => self.act(Action::Pick, around),
            _ => Step::Stay,
        }
    }

    /// The answer to what it asked with `asking.ask_for(View::Report, ..)` or `ask_latest`.
    pub fn hear(&mut self, request: Request, reply: Result<Reply, Refusal>, around: &mut Around<'_>) {
        if let (Request::Recall { .. }, Ok(Reply::Recalled(Some(value)))) = (&request, &reply) {
            self.recall(value);
        }
        self.hear_over(&request, &reply, around);
        for sheet in [&mut self.own, &mut self.missed].into_iter().flatten() {
            sheet.hear(&request, &reply);
        }
        if let Some(sheet) = self.sheet_mut() {
            sheet.want(around);
        }
    }

    /// The figures are being read from the store; answers come when all are.
    pub fn reading(&mut self, done: u64, total: u64) {
        self.read = (done < total).then_some((done, total));
    }

    fn recall(&mut self, value: &str) {
        self.habit = Habit::read(value).unwrap_or_default();
        for sheet in [&mut self.own, &mut self.missed].into_iter().flatten() {
            sheet.settle(&self.habit);
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
