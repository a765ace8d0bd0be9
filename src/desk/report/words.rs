//! The report's nouns in the operator's words: groups, levels, and the whole question on one line.
//!
//! A name that a directory no longer has is said to be missing there, never shown as an identifier.

pub mod explained;
mod faults;
mod selection;
mod times;

pub use selection::{NAMES_SAID, length};

use chrono::NaiveDate;

use crate::desk::format;
use crate::desk::gaps;
use crate::desk::look::Look;
use crate::desk::theme::Meaning;
use crate::domain::call::Direction;
use crate::domain::desk::Refusal;
use crate::domain::directory::Directories;
use crate::domain::gap::Gap;
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::outcome::Outcome;
use crate::domain::period::{Period, Span};
use crate::domain::report::{Familiarity, Group, Kind, Level, Measure, Query};

#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub look: &'a Look,
    pub directories: &'a Directories,
}

impl Words<'_> {
    /// `1 204`, and a nought where there are none.
    pub fn whole(&self, count: u64) -> String {
        format::grouped(count, self.look.signs.thin)
    }

    /// What must be known of the time that is counted: `None` when it was heard from end to end.
    pub fn gaps(&self, gaps: &[Gap], today: NaiveDate) -> Option<(String, Meaning)> {
        gaps::said_of(gaps, self.look, today)
    }

    pub fn say(&self, key: &str) -> String {
        self.look.say(key).into_owned()
    }

    fn listed(&self, name: Option<&String>) -> String {
        name.cloned().unwrap_or_else(|| self.say("report-not-listed"))
    }

    pub fn group(&self, group: &Group) -> String {
        match group {
            Group::Employee(employee) => self.employee(*employee),
            Group::Outcome(outcome) => self.outcome(*outcome),
            Group::Topic(topic) => self.topic(*topic),
            Group::Channel(channel) => self.channel(*channel),
            Group::CallerType(id) => {
                id.map_or_else(|| self.say("report-no-caller-type"), |id| self.caller_type(id))
            }
            Group::Branch(id) => id.map_or_else(|| self.say("report-no-branch"), |id| self.branch(id)),
            Group::Line(number) => {
                number.as_deref().map_or_else(|| self.say("report-no-line"), |number| self.line(number))
            }
            Group::Direction(direction) => self.direction(Some(*direction)),
            Group::Day(day) => self.day(*day),
            Group::Week(monday) => self.week(*monday),
            Group::Month(first) => self.month(*first),
            Group::Weekday(weekday) => self.weekday(*weekday),
            Group::Hour(hour) => self.hour(*hour),
            Group::Speciality(speciality) => {
                speciality.clone().unwrap_or_else(|| self.say("report-no-speciality"))
            }
            Group::Familiarity(Some(familiarity)) => self.familiarity(*familiarity),
            Group::Familiarity(None) => self.say("report-no-outcome"),
            Group::All => self.say("report-all"),
        }
    }

    pub fn employee(&self, id: Option<PersonId>) -> String {
        let name = |id| self.listed(self.directories.employee(id).map(|entry| &entry.name));
        id.map_or_else(|| self.say("report-nobody"), name)
    }

    pub fn topic(&self, id: Option<TopicId>) -> String {
        let name = |id| self.listed(self.directories.topic(id).map(|entry| &entry.name));
        id.map_or_else(|| self.say("report-no-topic"), name)
    }

    pub fn channel(&self, id: Option<ChannelId>) -> String {
        let name = |id| self.listed(self.directories.channel(id).map(|entry| &entry.name));
        id.map_or_else(|| self.say("report-no-channel"), name)
    }

    /// By its name; one without a name by its number.
    pub fn line(&self, number: &str) -> String {
        let named = self.directories.line(number).filter(|line| !line.name.is_empty());
        named.map_or_else(|| number.to_owned(), |line| line.name.clone())
    }

    pub fn caller_type(&self, id: CallerTypeId) -> String {
        self.listed(self.directories.caller_type(id).map(|entry| &entry.name))
    }

    pub fn branch(&self, id: BranchId) -> String {
        self.listed(self.directories.branch(id).map(|entry| &entry.name))
    }

    pub fn familiarity(&self, familiarity: Familiarity) -> String {
        self.say(match familiarity {
            Familiarity::New => "report-patient-new",
            Familiarity::Known => "report-patient-known",
        })
    }

    pub fn outcome(&self, outcome: Option<Outcome>) -> String {
        self.say(match outcome {
            Some(Outcome::Booked) => "outcome-booked",
            Some(Outcome::Moved) => "outcome-moved",
            Some(Outcome::Cancelled) => "outcome-cancelled",
            Some(Outcome::AlreadyBooked) => "outcome-already-booked",
            Some(Outcome::NotBooked) => "outcome-not-booked",
            Some(Outcome::Missed) => "outcome-missed",
            Some(Outcome::NotReached) => "outcome-not-reached",
            None => "report-no-outcome",
        })
    }

    pub fn kind(&self, kind: Kind) -> String {
        self.say(match kind {
            Kind::Calls => "report-kind-calls",
            Kind::Patients => "report-kind-patients",
        })
    }

    pub fn level(&self, level: Level) -> String {
        self.say(match level {
            Level::Employee => "report-level-employee",
            Level::Outcome => "report-level-outcome",
            Level::Topic => "report-level-topic",
            Level::Channel => "report-level-channel",
            Level::CallerType => "report-level-caller-type",
            Level::Branch => "report-level-branch",
            Level::Line => "report-level-line",
            Level::Direction => "report-level-direction",
            Level::Day => "report-level-day",
            Level::Week => "report-level-week",
            Level::Month => "report-level-month",
            Level::Weekday => "report-level-weekday",
            Level::Hour => "report-level-hour",
            Level::Speciality => "report-level-speciality",
            Level::Familiarity => "report-level-familiarity",
            Level::None => "report-level-none",
        })
    }

    /// A column in full. Percents are of calls taken, waits and talks are averages.
    pub fn measure(&self, measure: Measure, kind: Kind) -> String {
        self.say(match measure {
            Measure::Calls if kind == Kind::Patients => "report-contacts",
            Measure::Calls => "report-calls",
            Measure::Taken => "report-taken",
            Measure::Missed => "report-missed-full",
            Measure::Wait => "report-wait",
            Measure::Talk => "report-talk-full",
            Measure::Booked => "report-booked",
            Measure::BookedPercent => "report-booked-percent",
            Measure::Held => "report-held",
            Measure::HeldPercent => "report-held-percent",
            Measure::Money => "report-money",
            Measure::AverageMoney => "report-money-of-one",
        })
    }

    /// A named period; `None` is any other.
    pub fn span(&self, span: Option<Span>) -> String {
        self.say(match span {
            Some(Span::Today) => "period-today",
            Some(Span::Yesterday) => "period-yesterday",
            Some(Span::Week) => "period-week",
            Some(Span::LastWeek) => "period-last-week",
            Some(Span::Month) => "period-month",
            Some(Span::LastMonth) => "period-last-month",
            Some(Span::Quarter) => "period-quarter",
            Some(Span::LastQuarter) => "period-last-quarter",
            Some(Span::Year) => "period-year",
            Some(Span::LastYear) => "period-last-year",
            None => "period-other",
        })
    }

    pub fn direction(&self, direction: Option<Direction>) -> String {
        self.say(match direction {
            None => "report-direction-any",
            Some(Direction::Incoming) => "report-direction-in",
            Some(Direction::Outgoing) => "report-direction-out",
            Some(Direction::Internal) => "report-direction-internal",
        })
    }

    /// Levels or groups, from the outermost.
    pub fn chain(&self, names: impl IntoIterator<Item = String>) -> String {
        let deeper = format!(" {} ", self.look.signs.deeper);
        names.into_iter().collect::<Vec<_>>().join(&deeper)
    }

    /// «Сотрудник › Успешность»; empty when nothing is broken down.
    pub fn levels(&self, query: &Query) -> String {
        let levels = [query.by, query.then_by].into_iter().filter(|level| *level != Level::None);
        self.chain(levels.map(|level| self.level(level)))
    }

    pub fn period(&self, period: Period, today: NaiveDate) -> String {
        if period.from != period.to {
            return format::span(period.from, period.to, self.look);
        }
        let day = format::date(period.from, self.look);
        let key = match (today - period.from).num_days() {
            0 => "report-today",
            1 => "report-yesterday",
            _ => return day,
        };
        self.look.say_with(key, &[("day", day.into())])
    }

    pub fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::Store(reason) => {
                self.look.say_with("report-refused-store", &[("reason", reason.as_str().into())])
            }
            Refusal::NotFound => self.say("report-refused-gone"),
            _ => self.say("report-refused-other"),
        }
    }
}
