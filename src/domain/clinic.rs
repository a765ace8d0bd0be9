//! Facts as the clinic's own system hands them over: whole cards, visits, tasks and calls, named by that
//! system's own codes and not yet by ours.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::call::Snapshot;
use super::money::Money;
use super::person::{PersonKind, Policy};
use super::phone::Phone;
use super::visit::Stage;

/// A record and the line of the file it stood on, so that what is wrong with it can be found.
#[derive(Clone, PartialEq, Debug)]
pub struct Numbered<T> {
    pub line: u64,
    pub record: T,
}

#[derive(Clone, PartialEq, Debug)]
pub struct PersonRecord {
    pub code: String,
    pub kind: PersonKind,
    pub name: String,
    pub born: Option<NaiveDate>,
    /// The main one first.
    pub phones: Vec<Phone>,
    /// The family's code.
    pub family: Option<String>,
    /// The parent's code.
    pub parent: Option<String>,
    pub account: Money,
    pub treatment_total: Money,
    pub insured_total: Money,
    pub policy: Option<Policy>,
    pub comment: String,
    pub extra_comment: String,
    /// Employees only.
    pub extension: Option<String>,
    /// Employees only: the branch's name.
    pub branch: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct VisitRecord {
    pub code: String,
    /// The patient's code.
    pub patient: String,
    /// The branch's name.
    pub branch: Option<String>,
    pub doctor: String,
    pub speciality: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: u32,
    pub stage: Stage,
    pub booked_at: DateTime<Utc>,
    pub moved_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub money: Money,
    pub comment: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct TaskRecord {
    pub code: String,
    /// The person's code.
    pub person: String,
    pub text: String,
    pub due_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct CallRecord {
    pub snapshot: Snapshot,
    pub wrapup: Option<WrapUpRecord>,
}

/// A wrap-up whose people are codes and whose directories are names.
#[derive(Clone, PartialEq, Debug)]
pub struct WrapUpRecord {
    pub saved_at: DateTime<Utc>,
    pub employee: Option<String>,
    pub who: Option<String>,
    pub who_text: String,
    pub about: Option<String>,
    pub caller_type: Option<String>,
    pub topic: Option<String>,
    pub comment: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct LineRecord {
    pub number: String,
    pub name: String,
    pub channel: Option<String>,
    /// Of the channel.
    pub script: String,
    pub branch: Option<String>,
    /// Of the branch.
    pub address: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct TopicRecord {
    pub name: String,
}

/// A record that can be told as if it had happened on another day: sample data has no dates of its own.
pub trait Shift {
    fn shift(&mut self, days: i64);
}

impl<T: Shift> Shift for [Numbered<T>] {
    fn shift(&mut self, days: i64) {
        self.iter_mut().for_each(|numbered| numbered.record.shift(days));
    }
}

impl Shift for PersonRecord {
    fn shift(&mut self, days: i64) {
        if let Some(policy) = &mut self.policy {
            policy.from = day(policy.from, days);
            policy.until = day(policy.until, days);
        }
    }
}

impl Shift for VisitRecord {
    fn shift(&mut self, days: i64) {
        let moments = [&mut self.starts_at, &mut self.booked_at].into_iter();
        moments.chain(&mut self.moved_at).chain(&mut self.cancelled_at).for_each(|at| later(at, days));
    }
}

impl Shift for TaskRecord {
    fn shift(&mut self, days: i64) {
        [&mut self.due_at].into_iter().chain(&mut self.done_at).for_each(|at| later(at, days));
    }
}

impl Shift for CallRecord {
    fn shift(&mut self, days: i64) {
        let Snapshot { started_at, answered_at, ended_at, .. } = &mut self.snapshot;
        let saved_at = self.wrapup.as_mut().map(|wrapup| &mut wrapup.saved_at);
        [started_at]
            .into_iter()
            .chain(answered_at)
            .chain(ended_at)
            .chain(saved_at)
            .for_each(|at| later(at, days));
    }
}

fn later(at: &mut DateTime<Utc>, days: i64) {
    *at += TimeDelta::days(days);
}

fn day(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}
