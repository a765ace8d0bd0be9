//! What the engine tells unasked.

use chrono::{DateTime, Utc};

use crate::desk::event::Effect;
use crate::desk::state::{State, View};
use crate::domain::call::{Direction, Phase};
use crate::domain::desk::{BoardCall, Change, Request};

impl State {
    pub(super) fn follow(&mut self, change: Change, now: DateTime<Utc>) {
        match change {
            Change::Call(call) => self.follow_call(*call),
            Change::Gone(call) => self.board.remove(call),
            Change::Link(link) => self.link = link,
            Change::Directories(directories) => self.directories = *directories,
            Change::Resync => self.asking.ask_latest(View::Desk, Request::Board),
            Change::Figures => self.with_report(now, |report, around| report.outdated(around)),
            Change::Person(_) => {}
        }
    }

    fn follow_call(&mut self, call: BoardCall) {
        let rang = self.board.call(call.id).is_some_and(rings);
        if self.rings && rings(&call) && !rang {
            self.asking.tell(Effect::Ring);
        }
        self.board.put(call);
    }
}

fn rings(call: &BoardCall) -> bool {
    call.snapshot.phase == Phase::Ringing && call.snapshot.direction == Direction::Incoming
}
