//! Ids to the words people know, values as people read them.

use chrono_tz::Tz;
use uuid::Uuid;

use crate::desk::{Language, Text};
use crate::domain::directory::Directories;
use crate::domain::money::Money;
use crate::domain::outcome::Outcome;
use crate::domain::report::Group;
use crate::domain::text::clean;
use crate::domain::written::{grouped, whole_roubles};

pub struct Labels<'l> {
    pub text: &'l Text,
    /// The desk's words: a group is called the same here and on the screen.
    pub desk: &'l Text,
    pub directories: &'l Directories,
    pub zone: Tz,
}

impl Labels<'_> {
    pub fn say(&self, key: &str) -> String {
        self.text.say(key).into_owned()
    }

    pub fn group(&self, group: &Group) -> String {
        let directories = self.directories;
        let name = match group {
            Group::Employee(id) => id.and_then(|id| directories.employee(id)).map(|entry| &entry.name),
            Group::Topic(id) => id.and_then(|id| directories.topic(id)).map(|entry| &entry.name),
            Group::Channel(id) => id.and_then(|id| directories.channel(id)).map(|entry| &entry.name),
            Group::CallerType(id) => id.and_then(|id| directories.caller_type(id)).map(|entry| &entry.name),
            Group::Branch(id) => id.and_then(|id| directories.branch(id)).map(|entry| &entry.name),
            Group::Line(name) | Group::Speciality(name) => name.as_ref(),
            Group::Outcome(outcome) => return self.outcome(*outcome),
            Group::Day(day) | Group::Week(day) | Group::Month(day) => return day.to_string(),
            Group::Weekday(number) | Group::Hour(number) => return number.to_string(),
            Group::Direction(_) | Group::Familiarity(_) => None,
            Group::All => return self.desk.say("report-all").into_owned(),
        };
        name.map_or_else(|| self.desk.say(unknown(group)).into_owned(), |name| clean(name))
    }

    pub fn outcome(&self, outcome: Option<Outcome>) -> String {
        let key = match outcome {
            Some(Outcome::Booked) => "outcome-booked",
            Some(Outcome::Moved) => "outcome-moved",
            Some(Outcome::Cancelled) => "outcome-cancelled",
            Some(Outcome::AlreadyBooked) => "outcome-already-booked",
            Some(Outcome::NotBooked) => "outcome-not-booked",
            Some(Outcome::Missed) => "outcome-missed",
            Some(Outcome::NotReached) => "outcome-not-reached",
            None => "report-no-outcome",
        };
        self.desk.say(key).into_owned()
    }

    pub fn percent(&self, percent: f64) -> String {
        format!("{percent:.1} %").replace('.', self.point())
    }

    /// Whole roubles, in groups of three.
    pub fn roubles(&self, money: Money) -> String {
        let shown = grouped(whole_roubles(money), "\u{a0}");
        if money.0 < 0 { format!("−{shown}") } else { shown }
    }

    fn point(&self) -> &'static str {
        match self.text.language {
            Language::Ru => ",",
            Language::En => ".",
        }
    }
}

fn unknown(group: &Group) -> &'static str {
    match group {
        Group::Employee(_) => "report-nobody",
        Group::Topic(_) => "report-no-topic",
        _ => "report-no-channel",
    }
}

/// The id of what a group stands for, where it has one.
pub fn id(group: &Group) -> Option<Uuid> {
    match group {
        Group::Employee(id) => id.map(|id| id.0),
        Group::Topic(id) => id.map(|id| id.0),
        Group::Channel(id) => id.map(|id| id.0),
        Group::CallerType(id) => id.map(|id| id.0),
        Group::Branch(id) => id.map(|id| id.0),
        _ => None,
    }
}

/// Roubles with kopecks, for programs: `-1200.50`.
pub fn plain(money: Money) -> String {
    let sign = if money.0 < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", money.0.unsigned_abs() / 100, money.0.unsigned_abs() % 100)
}
