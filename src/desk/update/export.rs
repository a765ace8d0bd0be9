//! What is on the report's screen goes into a file: which form is asked here, the writing is the host's.

use chrono::{DateTime, Utc};
use unicode_width::UnicodeWidthStr;

use crate::desk::event::{Effect, Unwritten, Written};
use crate::desk::layer::{Forms, Layer};
use crate::desk::notice::Notice;
use crate::desk::report::Words as ReportWords;
use crate::desk::state::State;
use crate::desk::strip::fit_end;
use crate::domain::desk::Refusal;
use crate::domain::export::Export;

impl State {
    pub(super) fn offer_export(&mut self, now: DateTime<Utc>) {
        match self.report.content(self.look.day(now), &self.norms) {
            Some(content) => self.layers.push(Layer::Forms(Forms::of(content))),
            None => {
                let hint = self.look.say("export-nothing-hint");
                self.tell(Notice::warning(self.look.say("export-nothing"), hint));
            }
        }
    }

    pub(super) fn export(&mut self, export: Export, now: DateTime<Utc>) {
        self.asking.tell(Effect::Export(Box::new(export)));
        self.tell(Notice::info(self.look.say("export-writing"), "", now));
    }

    pub(super) fn exported(&mut self, written: Result<Written, Unwritten>, now: DateTime<Utc>) {
        let notice = match written {
            Ok(Written { name, folder }) => {
                let text = self.look.say_with("export-written", &[("name", name.into())]);
                // Of a long path its end says more; sign and blanks around the text take five cells.
                let taken = u16::try_from(text.width() + 5).unwrap_or(u16::MAX);
                let folder = fit_end(&folder, self.size.0.saturating_sub(taken), self.look.signs.ellipsis);
                Notice::info(text, folder, now)
            }
            Err(why) => self.not_exported(why),
        };
        self.tell(notice);
    }

    fn not_exported(&self, why: Unwritten) -> Notice {
        let (reason, hint) = match why {
            Unwritten::Refused(refusal @ Refusal::NoRecording(_)) => {
                return self.refused(&refusal);
            }
            Unwritten::Refused(refusal) => {
                let words = ReportWords { look: &self.look, directories: &self.directories };
                (words.refusal(&refusal), "export-refused-hint")
            }
            Unwritten::TooLong => (self.look.say("export-too-long").into_owned(), "export-too-long-hint"),
            Unwritten::Failed(reason) => (reason, "export-failed-hint"),
        };
        let text = self.look.say_with("export-failed", &[("reason", reason.into())]);
        Notice::error(text, self.look.say(hint))
    }
}
