//! How many calls were missed today in all, the handled ones too: the board alone cannot tell. Asked again
//! when figures change, one question at a time.

use chrono::{DateTime, NaiveDate, Utc};

use crate::desk::state::{State, View};
use crate::domain::desk::Request;
use crate::domain::period::Period;
use crate::domain::report::{Filter, Kind, Level, Query};

#[derive(Debug, Default)]
pub struct Today {
    pub missed: Option<u64>,
    asked: bool,
    /// Changed while the question was under way.
    stale: bool,
}

impl Today {
    pub fn refused(&mut self) {
        *self = Today { missed: self.missed, ..Today::default() };
    }
}

impl State {
    pub(super) fn ask_today(&mut self, now: DateTime<Utc>) {
        if self.today.asked {
            self.today.stale = true;
            return;
        }
        self.today.asked = true;
        self.asking.ask_for(View::Desk, Request::Report(all_calls_of(self.look.day(now))));
    }

    pub(super) fn heard_today(&mut self, missed: u64, now: DateTime<Utc>) {
        let stale = self.today.stale;
        self.today = Today { missed: Some(missed), ..Today::default() };
        if stale {
            self.ask_today(now);
        }
    }
}

fn all_calls_of(day: NaiveDate) -> Query {
    Query {
        period: Period::day(day),
        kind: Kind::Calls,
        by: Level::None,
        then_by: Level::None,
        filter: Filter::default(),
    }
}
