//! The questions asked every day, one key each.

use crate::domain::outcome::Outcome;
use crate::domain::period::Span;
use crate::domain::report::{Filter, Group, Kind, Level, View, When};

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

    pub fn view(self) -> View {
        let (span, kind, by, then_by) = match self {
            Scenario::Administrators => (Span::Month, Kind::Patients, Level::Employee, Level::Outcome),
            Scenario::NotBooked => (Span::Month, Kind::Patients, Level::Topic, Level::Employee),
            Scenario::Channels => (Span::Month, Kind::Patients, Level::Channel, Level::Outcome),
            Scenario::MissedToday => (Span::Today, Kind::Calls, Level::Channel, Level::None),
            Scenario::UnknownToday => (Span::Today, Kind::Calls, Level::Topic, Level::Employee),
        };
        View { filter: self.filter(), ..View::new(When::Span(span), kind, by, then_by) }
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
