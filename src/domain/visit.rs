//! Visits to the clinic and CRM tasks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{BranchId, PersonId, TaskId, VisitId};
use super::money::Money;

/// The clinic system's stages of a visit (mission, section 5).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// «Записан»
    Booked,
    /// «Подтвердил запись»
    Confirmed,
    /// «Визит состоялся»: the only success.
    Held,
    /// «Отменил запись»
    Cancelled,
    /// Did not come.
    Lost,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Visit {
    pub id: VisitId,
    pub patient: PersonId,
    pub branch: Option<BranchId>,
    pub doctor: String,
    pub speciality: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: u32,
    pub stage: Stage,
    /// When the booking was made: what links it to a call.
    pub booked_at: DateTime<Utc>,
    pub moved_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What a held visit brought.
    pub money: Money,
    pub comment: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Task {
    pub id: TaskId,
    pub person: PersonId,
    pub text: String,
    pub due_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}
