//! Keys on a sheet: what lies on top is asked first.

use super::Sheet;
use crate::desk::action::Action;
use crate::desk::report::charts;
use crate::desk::report::columns::Wish;
use crate::desk::report::draw::explaining as drawn;
use crate::desk::report::explaining::Subject;
use crate::desk::report::grid;
use crate::desk::report::{Around, Step};

impl Sheet {
    pub fn act(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        // What is opened, explained or pictured is counted now: the figure it comes from is counted anew with it.
        if self.stale && goes_deeper(action) {
            self.renew(around);
        }
        match action {
            Action::Refresh => self.renew(around),
            Action::NextPane => self.look_at(charts::next(self.view.pane)),
            Action::PreviousPane => self.look_at(charts::previous(self.view.pane)),
            _ => return self.act_on_shown(action, around),
        }
        self.want(around);
        Step::Stay
    }

    fn act_on_shown(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        let height = self.places(around).rows.height;
        let step = match self.listings.is_empty() {
            _ if self.columns.is_some() => self.act_on_columns(action),
            _ if self.explaining().is_some() => self.act_on_explanation(action, around),
            true if self.ground(around.today(), around.norms).is_some() => {
                self.act_on_picture(action, around)
            }
            true => self.act_on_table(action, height),
            false => self.act_on_calls(action, height, around),
        };
        self.want(around);
        step
    }

    fn act_on_columns(&mut self, action: Action) -> Step {
        let Some(columns) = &mut self.columns else { return Step::Stay };
        match columns.act(action) {
            Wish::Stay => return Step::Stay,
            Wish::Close => {}
            Wish::Show(chosen) => {
                self.view.columns = chosen;
                self.chosen = self.chosen.filter(|chosen| grid::shown(&self.view).contains(chosen));
            }
        }
        self.columns = None;
        Step::Stay
    }

    fn act_on_explanation(&mut self, action: Action, around: &Around<'_>) -> Step {
        let explained = self.explaining().map(|explaining| explaining.subject.clone());
        match (action, explained) {
            (Action::Pick, Some(Subject::Figure { figure, .. })) => self.open_calls(*figure),
            (Action::Pick, Some(Subject::Call(call))) => return Step::Open(call),
            (Action::Dismiss | Action::Back | Action::Explain, _) => *self.explaining_mut() = None,
            _ => self.scroll_explanation(action, around),
        }
        Step::Stay
    }

    fn scroll_explanation(&mut self, action: Action, around: &Around<'_>) {
        let Some(explaining) = self.explaining() else { return };
        let gap = self.gaps_said(around.words(), around.today());
        let (lines, page) = drawn::size(explaining, gap.as_ref(), around.words(), around.body);
        if let Some(explaining) = self.explaining_mut() {
            explaining.step(action, lines, page);
        }
    }
}

fn goes_deeper(action: Action) -> bool {
    matches!(
        action,
        Action::Pick
            | Action::Mark
            | Action::Unfold
            | Action::Explain
            | Action::NextPane
            | Action::PreviousPane
    )
}
