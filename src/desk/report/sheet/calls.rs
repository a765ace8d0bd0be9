//! Keys on a list of calls.

use super::Sheet;
use crate::desk::action::Action;
use crate::desk::event::Effect;
use crate::desk::notice::Notice;
use crate::desk::player::{Sought, Way};
use crate::desk::report::explaining::{Explaining, Subject};
use crate::desk::report::listing::{Listing, Source};
use crate::desk::report::{Around, Step};
use crate::domain::report::{CallRow, Pane};

impl Sheet {
    pub(super) fn act_on_calls(&mut self, action: Action, height: u16, around: &mut Around<'_>) -> Step {
        match action {
            Action::Back | Action::Dismiss => {
                self.listings.pop();
                if self.listings.is_empty() && self.view.pane == Pane::Calls {
                    self.view.pane = Pane::Table;
                }
            }
            Action::Pick => return self.selected().map_or(Step::Stay, |row| Step::Open(row.id)),
            Action::Details => return self.card(around),
            Action::Dial => return self.dial(around),
            Action::Listen => return self.listen(around),
            Action::CopyNumber => self.copy_number(around),
            Action::History => self.open_history(around),
            Action::Explain => self.explain_call(),
            _ => {
                if let Some(listing) = self.listings.last_mut() {
                    listing.step(action, height);
                }
            }
        }
        Step::Stay
    }

    fn selected(&self) -> Option<&CallRow> {
        self.listing()?.selected()
    }

    fn explain_call(&mut self) {
        let call = self.selected().map(|row| row.id);
        if let Some(listing) = self.listings.last_mut() {
            listing.explaining = call.map(|call| Explaining::of(Subject::Call(call)));
        }
    }

    /// Only of somebody known.
    fn card(&self, around: &mut Around<'_>) -> Step {
        match self.selected().map(|row| (row.id, row.person)) {
            Some((call, Some(_))) => return Step::Card(call),
            Some((_, None)) => around.warn("report-no-person"),
            None => {}
        }
        Step::Stay
    }

    fn dial(&self, around: &mut Around<'_>) -> Step {
        match self.selected().map(|row| row.remote.phone()) {
            Some(Some(phone)) => return Step::Dial(phone),
            Some(None) => around.warn("no-number"),
            None => {}
        }
        Step::Stay
    }

    fn listen(&self, around: &mut Around<'_>) -> Step {
        match self.selected().map(|row| row.recording) {
            Some(true) => return Step::Listen,
            Some(false) => around.warn("listen-none"),
            None => {}
        }
        Step::Stay
    }

    pub fn seek_recording(&mut self, way: Way, around: &mut Around<'_>) -> Sought {
        let Some(listing) = self.listings.last_mut() else { return Sought::Nothing };
        let sought = listing.seek_recording(way);
        self.want(around);
        sought
    }

    fn copy_number(&self, around: &mut Around<'_>) {
        match self.selected().map(|row| row.remote.phone()) {
            Some(Some(phone)) => {
                around.asking.tell(Effect::Copy(phone.to_string()));
                let said = around.look.say_with("copied", &[("number", phone.international().into())]);
                *around.notice = Some(Notice::info(said, "", around.now));
            }
            Some(None) => around.warn("no-number"),
            None => {}
        }
    }

    fn open_history(&mut self, around: &mut Around<'_>) {
        let Some(row) = self.selected() else { return };
        let (Some(person), name) = (row.person, row.person_name.clone().unwrap_or_default()) else {
            return around.warn("report-no-person");
        };
        let source = Source::History { person, name };
        if self.listing().is_none_or(|listing| listing.source != source) {
            self.listings.push(Listing::of(source));
        }
    }
}
