//! The seam between the desk and its report view.

use chrono::{DateTime, Utc};

use crate::desk::report::{Around, Report, Step};
use crate::desk::state::State;

impl State {
    /// Lets the report work with what it may use of the desk.
    pub(super) fn with_report<T>(
        &mut self,
        now: DateTime<Utc>,
        work: impl FnOnce(&mut Report, &mut Around<'_>) -> T,
    ) -> T {
        let body = self.room();
        let State { report, asking, notice, directories, look, norms, .. } = self;
        work(report, &mut Around { asking, notice, directories, look, norms, body, now })
    }

    /// `false` when the desk itself should do what was asked.
    pub(super) fn follow_report(&mut self, step: Step, now: DateTime<Utc>) -> bool {
        match step {
            Step::Stay => {}
            Step::Leave => self.focus_board(now),
            Step::Open(call) => self.work_on(call, now),
            Step::Card(call) => self.look_at(call, now),
            Step::Dial(phone) => self.dial_phone(phone),
            Step::Listen => self.listen_in_report(),
            Step::Pass => return false,
        }
        true
    }
}
