//! The rows of the CSV files, column by column: `sample-data/README.md` says what each means.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::domain::call::{CallResult, Direction, TransferKind};
use crate::domain::person::PersonKind;
use crate::domain::visit::Stage;

#[derive(Serialize, Clone)]
pub struct Person {
    pub id: String,
    pub kind: PersonKind,
    pub name: String,
    pub born: Option<NaiveDate>,
    /// Separated by spaces, the main one first.
    pub phones: String,
    pub family: String,
    pub parent: String,
    pub account: i64,
    pub treatment_total: i64,
    pub insured_total: i64,
    pub policy_insurer: &'static str,
    pub policy_number: String,
    pub policy_from: Option<NaiveDate>,
    pub policy_until: Option<NaiveDate>,
    pub comment: &'static str,
    pub extra_comment: &'static str,
    pub extension: &'static str,
    pub branch: &'static str,
}

#[derive(Serialize, Clone)]
pub struct Visit {
    pub id: String,
    pub patient: String,
    pub branch: &'static str,
    pub doctor: &'static str,
    pub speciality: &'static str,
    pub starts_at: NaiveDateTime,
    pub minutes: u32,
    pub stage: Stage,
    pub booked_at: NaiveDateTime,
    pub moved_at: Option<NaiveDateTime>,
    pub cancelled_at: Option<NaiveDateTime>,
    pub money: i64,
    pub comment: String,
    /// What it is about: not a column, the calls about it carry the topic.
    #[serde(skip)]
    pub topic: &'static str,
}

#[derive(Serialize, Clone)]
pub struct Call {
    pub id: String,
    pub direction: Direction,
    pub number: String,
    pub line: &'static str,
    pub result: CallResult,
    pub agent: &'static str,
    pub started_at: NaiveDateTime,
    pub wait_s: i64,
    pub talk_s: i64,
    pub hold_s: i64,
    pub transfer: Option<TransferKind>,
    pub transfer_to: &'static str,
    pub transfer_talk_s: Option<i64>,
    pub recording: String,
    pub wrapped_at: Option<NaiveDateTime>,
    pub employee: String,
    pub who: String,
    pub about: String,
    pub caller_type: &'static str,
    pub topic: &'static str,
    pub comment: String,
}

#[derive(Serialize)]
pub struct Task {
    pub id: String,
    pub person: String,
    pub text: &'static str,
    pub due_at: NaiveDateTime,
    pub done_at: Option<NaiveDateTime>,
}

#[derive(Serialize)]
pub struct Line {
    pub number: &'static str,
    pub name: &'static str,
    pub channel: &'static str,
    pub script: &'static str,
    pub branch: &'static str,
    pub address: &'static str,
}

#[derive(Serialize)]
pub struct Topic {
    pub name: &'static str,
}
