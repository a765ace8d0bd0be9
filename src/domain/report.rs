//! «История общения»: what can be asked of the report and what it answers.

use std::iter::Sum;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::call::{CallResult, Direction};
use super::id::{BranchId, CallId, CallerTypeId, ChannelId, PersonId, TopicId};
use super::money::Money;
use super::outcome::Outcome;
use super::period::Period;
use super::phone::Remote;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every call counts.
    Calls,
    /// All contacts of one person in one day count once.
    Patients,
}

/// A level of totals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
    /// «Нет»
    None,
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
    All,
}

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Filter {
    pub outcomes: Vec<Outcome>,
    pub topics: Vec<TopicId>,
    pub channels: Vec<ChannelId>,
    pub employees: Vec<PersonId>,
    pub caller_types: Vec<CallerTypeId>,
    pub branches: Vec<BranchId>,
    /// Dialled numbers of ours.
    pub lines: Vec<String>,
    pub direction: Option<Direction>,
    /// Leaves out calls of employees and counterparties.
    pub patients_only: bool,
    /// Only calls with this person or about them.
    pub person: Option<PersonId>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Query {
    pub period: Period,
    pub kind: Kind,
    pub by: Level,
    pub then_by: Level,
    pub filter: Filter,
}

/// The columns. Percents are of calls taken; they are derived, not stored.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Measures {
    /// Calls, or contacts when counting by patients.
    pub calls: u64,
    pub taken: u64,
    pub missed: u64,
    /// Sum of waits of the calls counted.
    pub wait: Duration,
    /// Sum of talks of the calls taken.
    pub talk: Duration,
    /// Calls (contacts) with the outcome «Записался», however many visits were booked.
    pub booked: u64,
    /// Those of them of which a visit was held.
    pub held: u64,
    /// Of all visits held that were booked in these calls.
    pub money: Money,
}

impl Measures {
    pub fn average_wait(&self) -> Option<Duration> {
        average(self.wait, self.calls)
    }

    pub fn average_talk(&self) -> Option<Duration> {
        average(self.talk, self.taken)
    }

    pub fn booked_percent(&self) -> Option<f64> {
        percent(self.booked, self.taken)
    }

    pub fn held_percent(&self) -> Option<f64> {
        percent(self.held, self.taken)
    }

    /// Money of the held visits over the calls (by patients: the patients' days) that brought them.
    pub fn average_money(&self) -> Option<Money> {
        (self.held > 0).then(|| Money(self.money.0 / self.held as i64))
    }
}

impl Sum for Measures {
    fn sum<I: Iterator<Item = Measures>>(all: I) -> Measures {
        all.fold(Measures::default(), |sum, one| Measures {
            calls: sum.calls + one.calls,
            taken: sum.taken + one.taken,
            missed: sum.missed + one.missed,
            wait: sum.wait + one.wait,
            talk: sum.talk + one.talk,
            booked: sum.booked + one.booked,
            held: sum.held + one.held,
            money: sum.money + one.money,
        })
    }
}

fn average(sum: Duration, count: u64) -> Option<Duration> {
    (count > 0).then(|| sum.div_f64(count as f64))
}

fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    pub group: Group,
    pub measures: Measures,
    /// The second level; empty when it is `Level::None`.
    pub rows: Vec<Row>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Table {
    pub query: Query,
    /// By calls, most first.
    pub rows: Vec<Row>,
    pub total: Measures,
}

/// One call in a drill: the calls with `stands` are as many as the figure says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CallRow {
    pub id: CallId,
    pub started_at: DateTime<Utc>,
    pub direction: Direction,
    pub remote: Remote,
    pub person: Option<PersonId>,
    pub person_name: Option<String>,
    pub line: Option<String>,
    pub channel: Option<ChannelId>,
    pub branch: Option<BranchId>,
    pub result: CallResult,
    pub outcome: Option<Outcome>,
    pub employee: Option<PersonId>,
    /// Extension that talked.
    pub agent: Option<String>,
    pub caller_type: Option<CallerTypeId>,
    pub topic: Option<TopicId>,
    pub wait: Duration,
    pub talk: Duration,
    pub recording: bool,
    pub comment: String,
    pub wrapped: bool,
    pub money: Money,
    /// By patients: this call stands for the contact, the others of the day follow it. By calls: always.
    pub stands: bool,
}
