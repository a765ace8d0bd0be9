//! «История общения»: what can be asked of the report and what it answers.

mod explanation;
mod filter;
mod level;
mod line;
mod measure;
mod view;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::call::{CallResult, Direction};
use super::id::{BranchId, CallId, CallerTypeId, ChannelId, PersonId, TopicId};
use super::money::Money;
use super::outcome::Outcome;
use super::period::Period;
use super::phone::Remote;

pub use explanation::{Explanation, Reason};
pub use filter::{Between, Filter, Part};
pub use level::{Familiarity, Group, Level};
pub use line::{Keyword, LineFault, day, lengths, listed_names, quoted};
pub(in crate::domain) use measure::average;
pub use measure::{Measure, Measures};
pub use view::{Column, Order, Pane, Sorted, View, When, each_once};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every call counts.
    Calls,
    /// All contacts of one person in one day count once.
    Patients,
}

/// What a period is compared with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// As many days right before it.
    Previous,
    /// The same dates a year ago.
    YearAgo,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Query {
    pub period: Period,
    pub kind: Kind,
    pub by: Level,
    pub then_by: Level,
    pub filter: Filter,
    pub compare: Option<Comparison>,
}

impl Query {
    /// Those that break down, from the outermost.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        [self.by, self.then_by].into_iter().filter(|level| *level != Level::None)
    }

    pub fn compared_with(&self) -> Option<Period> {
        self.compare.map(|comparison| self.period.before(comparison))
    }
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Row {
    pub group: Group,
    pub measures: Measures,
    /// Of the period compared with; `None` when nothing is compared.
    pub before: Option<Measures>,
    /// The second level; empty when it is `Level::None`.
    pub rows: Vec<Row>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Table {
    pub query: Query,
    /// By calls, most first.
    pub rows: Vec<Row>,
    pub total: Measures,
    pub before: Option<Measures>,
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
    pub familiarity: Option<Familiarity>,
    /// Of the doctor of the visit that was booked.
    pub speciality: Option<String>,
    /// By patients: this call stands for the contact, the others of the day follow it. By calls: always.
    pub stands: bool,
}
