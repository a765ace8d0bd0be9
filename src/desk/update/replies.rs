//! What the engine answered, each to the one who asked.

use chrono::{DateTime, Utc};

use crate::desk::event::Ticket;
use crate::desk::state::{State, View};
use crate::domain::desk::{Refusal, Reply};

impl State {
    pub(super) fn hear(&mut self, ticket: Ticket, reply: Result<Reply, Refusal>, now: DateTime<Utc>) {
        let Some((asker, request)) = self.asking.settle(ticket) else { return };
        if asker == View::Report {
            return self.with_report(now, |report, around| report.hear(request, reply, around));
        }
        match reply {
            Ok(Reply::Board(calls)) => self.board.replace(calls),
            Ok(Reply::Directories(directories)) => self.directories = *directories,
            _ => {}
        }
    }
}
