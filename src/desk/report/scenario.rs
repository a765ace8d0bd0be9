//! The questions asked every day, one key each.

use chrono::NaiveDate;

use super::span::Span;
use crate::domain::outcome::Outcome;
use crate::domain::period::Period;
use crate::domain::report::{Filter, Group, Kind, Level, Query};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scenario {
    /// Administrators by success.
    Administrators,
    /// Who did not book, by topic: «Имплантация» is a row of it.
    NotBooked,
    /// Advertising channels by money.
    Channels,
    /// Whom to call back.
    MissedToday,
    /// Talks nobody wrapped up: straight to the calls.
    UnknownToday,
}

/// Outcomes of calls somebody talked in.
const TALKS: [Outcome; 5] =
    [Outcome::Booked, Outcome::Moved, Outcome::Cancelled, Outcome::AlreadyBooked, Outcome::NotBooked];

impl Scenario {
    /// In the order of their digits, from 1.
    pub const ALL: [Scenario; 5] = [
        Scenario::Administrators,
        Scenario::NotBooked,
        Scenario::Channels,
        Scenario::MissedToday,
        Scenario::UnknownToday,
    ];

    pub fn at(digit: u32) -> Option<Scenario> {
        Scenario::ALL.get(usize::try_from(digit).ok()?.checked_sub(1)?).copied()
    }

    pub fn key(self) -> &'static str {
        match self {
            Scenario::Administrators => "scenario-administrators",
            Scenario::NotBooked => "scenario-not-booked",
            Scenario::Channels => "scenario-channels",
            Scenario::MissedToday => "scenario-missed-today",
            Scenario::UnknownToday => "scenario-unknown-today",
        }
    }

    pub fn query(self, today: NaiveDate) -> Query {
        let month = Span::Month.period(today).unwrap_or(Period::day(today));
        let (period, kind, by, then_by) = match self {
            Scenario::Administrators => (month, Kind::Patients, Level::Employee, Level::Outcome),
            Scenario::NotBooked => (month, Kind::Patients, Level::Topic, Level::Employee),
            Scenario::Channels => (month, Kind::Patients, Level::Channel, Level::Outcome),
            Scenario::MissedToday => (Period::day(today), Kind::Calls, Level::Channel, Level::None),
            Scenario::UnknownToday => (Period::day(today), Kind::Calls, Level::Topic, Level::Employee),
        };
        Query { period, kind, by, then_by, filter: self.filter(), compare: None }
    }

    fn filter(self) -> Filter {
        let outcomes = match self {
            Scenario::Administrators | Scenario::Channels => Vec::new(),
            Scenario::NotBooked => vec![Outcome::NotBooked],
            Scenario::MissedToday => vec![Outcome::Missed],
            Scenario::UnknownToday => TALKS.to_vec(),
        };
        let only = outcomes.into_iter().map(|outcome| Group::Outcome(Some(outcome))).collect();
        Filter { only, patients_only: true, ..Filter::default() }
    }

    /// Where the calls themselves are wanted, the group they stand behind.
    pub fn calls(self) -> Option<Vec<Group>> {
        match self {
            Scenario::MissedToday => Some(Vec::new()),
            Scenario::UnknownToday => Some(vec![Group::Topic(None)]),
            Scenario::Administrators | Scenario::NotBooked | Scenario::Channels => None,
        }
    }
}
