//! What a report is broken down by, and the values that stand in its rows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::call::Direction;
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::outcome::Outcome;

/// A level of totals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// «Сотрудник»
    Employee,
    /// «Успешность»
    Outcome,
    /// «Тема разговора»
    Topic,
    /// «Рекламные каналы»
    Channel,
    /// «Кто, тип»
    CallerType,
    Branch,
    Line,
    Direction,
    /// The local day a call began, like the levels below.
    Day,
    Week,
    Month,
    Weekday,
    Hour,
    /// Of the doctor of the visit that was booked in the call.
    Speciality,
    /// New or known patient.
    Familiarity,
    /// «Нет»
    None,
}

impl Level {
    pub const ALL: [Level; 16] = [
        Level::Employee,
        Level::Outcome,
        Level::Topic,
        Level::Channel,
        Level::CallerType,
        Level::Branch,
        Level::Line,
        Level::Direction,
        Level::Day,
        Level::Week,
        Level::Month,
        Level::Weekday,
        Level::Hour,
        Level::Speciality,
        Level::Familiarity,
        Level::None,
    ];

    /// Whether its rows stand in the order of time.
    pub fn is_of_time(self) -> bool {
        use Level::{Day, Hour, Month, Week, Weekday};
        matches!(self, Day | Week | Month | Weekday | Hour)
    }
}

/// Of a call in patient statistics.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Familiarity {
    /// An unknown number, or a patient without a held visit before the call.
    New,
    /// A visit of the patient (the one it is about, else the one who calls) was held before the call.
    Known,
}

/// The value a row of a level stands for. The inner `None` is "not known": «Неизвестно», no employee, no channel,
/// no outcome (calls outside patient statistics).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Employee(Option<PersonId>),
    Outcome(Option<Outcome>),
    Topic(Option<TopicId>),
    Channel(Option<ChannelId>),
    CallerType(Option<CallerTypeId>),
    Branch(Option<BranchId>),
    /// A number of ours, as the provider reports it.
    Line(Option<String>),
    Direction(Direction),
    Day(NaiveDate),
    /// Its Monday.
    Week(NaiveDate),
    /// Its first day.
    Month(NaiveDate),
    /// 0 is Monday.
    Weekday(u8),
    /// 0 to 23, by the clinic's clock.
    Hour(u8),
    Speciality(Option<String>),
    /// `None` outside patient statistics.
    Familiarity(Option<Familiarity>),
    All,
}

impl Group {
    /// The group of a level's calls of which that is not known; `None` where it always is.
    pub fn nothing(level: Level) -> Option<Group> {
        Some(match level {
            Level::Employee => Group::Employee(None),
            Level::Outcome => Group::Outcome(None),
            Level::Topic => Group::Topic(None),
            Level::Channel => Group::Channel(None),
            Level::CallerType => Group::CallerType(None),
            Level::Branch => Group::Branch(None),
            Level::Line => Group::Line(None),
            Level::Speciality => Group::Speciality(None),
            Level::Familiarity => Group::Familiarity(None),
            _ => return None,
        })
    }

    pub fn level(&self) -> Level {
        match self {
            Group::Employee(_) => Level::Employee,
            Group::Outcome(_) => Level::Outcome,
            Group::Topic(_) => Level::Topic,
            Group::Channel(_) => Level::Channel,
            Group::CallerType(_) => Level::CallerType,
            Group::Branch(_) => Level::Branch,
            Group::Line(_) => Level::Line,
            Group::Direction(_) => Level::Direction,
            Group::Day(_) => Level::Day,
            Group::Week(_) => Level::Week,
            Group::Month(_) => Level::Month,
            Group::Weekday(_) => Level::Weekday,
            Group::Hour(_) => Level::Hour,
            Group::Speciality(_) => Level::Speciality,
            Group::Familiarity(_) => Level::Familiarity,
            Group::All => Level::None,
        }
    }

    /// Whether it names a time: such rows stand in the order of time, others by their figures.
    pub fn is_of_time(&self) -> bool {
        self.level().is_of_time()
    }
}
