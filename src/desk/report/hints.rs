//! The actions that the report's line of keys shows, in the order of need.

use super::Report;
use super::over::Over;
use crate::desk::action::Action;

const ON_TABLE: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::Pick,
    Action::Filter,
    Action::NextFigure,
    Action::Explain,
    Action::Views,
    Action::Sort,
    Action::Columns,
    Action::NextPane,
    Action::Missed,
    Action::Refresh,
    Action::Export,
    Action::UnfoldAll,
    Action::Back,
    Action::CopyLine,
    Action::SaveView,
    Action::Palette,
];
const ON_PICTURE: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::NextPane,
    Action::NextFigure,
    Action::Pick,
    Action::Explain,
    Action::Filter,
    Action::PreviousPane,
    Action::Views,
    Action::Refresh,
    Action::Missed,
    Action::Palette,
];
const ON_CALLS: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::Pick,
    Action::Listen,
    Action::Dial,
    Action::Details,
    Action::History,
    Action::Explain,
    Action::Views,
    Action::Filter,
    Action::Missed,
    Action::Refresh,
    Action::Export,
    Action::CopyNumber,
    Action::CopyLine,
    Action::SaveView,
    Action::Palette,
];

/// Where something lies over it; the rest stands on that thing's own border.
const OVER: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::Views,
    Action::SaveView,
    Action::CopyLine,
    Action::ReadLine,
    Action::Palette,
];

/// While a name or a line is typed.
const TYPED: &[Action] = &[Action::Help, Action::Dismiss, Action::Palette];

impl Report {
    /// What Enter does here.
    pub fn pick_name(&self) -> &'static str {
        match self.sheet().and_then(|sheet| sheet.listing()) {
            Some(_) => "report-open-call",
            None if self.sheet().is_some_and(|sheet| sheet.chosen.is_some() || sheet.is_pictured()) => {
                "report-open-calls"
            }
            None => "action-unfold",
        }
    }

    pub fn hints(&self) -> &'static [Action] {
        match self.over.last() {
            Some(Over::Naming(_) | Over::Line(_)) => return TYPED,
            Some(Over::Filter(_) | Over::Shelf(_)) => return OVER,
            None => {}
        }
        let Some(sheet) = self.sheet() else { return ON_TABLE };
        match sheet.listing() {
            Some(_) => ON_CALLS,
            None if sheet.is_pictured() => ON_PICTURE,
            None => ON_TABLE,
        }
    }
}
