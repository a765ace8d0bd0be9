//! The day the desk stands in. Its board and its figures are of today alone: both are asked for anew when the
//! zone's day turns. How many calls were missed today in all, the handled ones too, the board cannot tell; it
//! is asked again when figures change, one question at a time.

use chrono::{DateTime, NaiveDate, Utc};

use crate::desk::state::{State, View};
use crate::domain::desk::Request;
use crate::domain::period::Period;
use crate::domain::report::{Filter, Kind, Level, Query, Table};

#[derive(Debug, Default)]
pub struct Today {
    /// `None` before the first event.
    day: Option<NaiveDate>,
    pub missed: Option<u64>,
    asked: bool,
    /// Changed while the question was under way.
    stale: bool,
}

impl Today {
    pub fn answered(&mut self) {
        (self.asked, self.stale) = (false, false);
    }
}

impl State {
    /// A desk left open for days never shows yesterday's calls and figures as today's.
    pub(super) fn turn_day(&mut self, now: DateTime<Utc>) {
        let day = self.look.day(now);
        if self.today.day.replace(day).is_some_and(|before| before != day) {
            self.today.missed = None;
            self.ask_board();
        }
    }

    pub(super) fn ask_today(&mut self, now: DateTime<Utc>) {
        if self.today.asked {
            self.today.stale = true;
            return;
        }
        self.today.asked = true;
        self.asking.ask_for(View::Desk, Request::Report(all_calls_of(self.look.day(now))));
    }

    pub(super) fn heard_today(&mut self, table: &Table, now: DateTime<Utc>) {
        let stale = self.today.stale;
        self.today.answered();
        if table.query.period == Period::day(self.look.day(now)) {
            self.today.missed = Some(table.total.missed);
        }
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
        compare: None,
    }
}
