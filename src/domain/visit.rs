//! Visits to the clinic and CRM tasks.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::id::{BranchId, PersonId, TaskId, VisitId};
use super::money::Money;

/// The clinic system's stages of a visit.
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

/// A visit cancelled this shortly before its time leaves an hour nobody else can take: it was not kept.
const LATE: TimeDelta = TimeDelta::hours(24);

impl Visit {
    pub fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        now < self.starts_at && matches!(self.stage, Stage::Booked | Stage::Confirmed)
    }

    /// Whether its time has passed and it is known what became of it: held, lost or cancelled late.
    pub fn was_due(&self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now
            && match self.stage {
                Stage::Held | Stage::Lost => true,
                Stage::Cancelled => self.cancelled_at.is_some_and(|at| self.starts_at - at < LATE),
                Stage::Booked | Stage::Confirmed => false,
            }
    }
}

/// How a patient keeps visits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attendance {
    pub kept: u32,
    pub due: u32,
    /// The last visit that was held.
    pub last: Option<DateTime<Utc>>,
}

impl Attendance {
    pub fn of(visits: &[Visit], now: DateTime<Utc>) -> Attendance {
        let due = || visits.iter().filter(|visit| visit.was_due(now));
        let held = || due().filter(|visit| visit.stage == Stage::Held);
        Attendance {
            kept: held().count() as u32,
            due: due().count() as u32,
            last: held().map(|visit| visit.starts_at).max(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn visit(stage: Stage, starts: i64, cancelled: Option<i64>) -> Visit {
        Visit {
            id: VisitId(Uuid::nil()),
            patient: PersonId(Uuid::nil()),
            branch: None,
            doctor: String::new(),
            speciality: String::new(),
            starts_at: hour(starts),
            minutes: 30,
            stage,
            booked_at: hour(-500),
            moved_at: None,
            cancelled_at: cancelled.map(hour),
            money: Money(0),
            comment: String::new(),
        }
    }

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    #[test]
    fn only_a_late_cancellation_counts_against_the_patient() {
        assert!(!visit(Stage::Cancelled, 0, Some(-24)).was_due(hour(0)));
        assert!(visit(Stage::Cancelled, 0, Some(-23)).was_due(hour(0)));
        assert!(!visit(Stage::Booked, 0, None).was_due(hour(0)), "nobody said yet what became of it");
        assert!(!visit(Stage::Lost, 1, None).was_due(hour(0)));
    }

    #[test]
    fn attendance_counts_held_of_due() {
        let visits = [
            visit(Stage::Held, -9, None),
            visit(Stage::Held, -5, None),
            visit(Stage::Lost, -4, None),
            visit(Stage::Confirmed, 5, None),
        ];
        let expected = Attendance { kept: 2, due: 3, last: Some(hour(-5)) };
        assert_eq!(Attendance::of(&visits, hour(0)), expected);
        assert_eq!(Attendance::of(&[], hour(0)), Attendance::default());
    }
}
