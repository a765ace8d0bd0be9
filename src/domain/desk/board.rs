//! Calls as a desk sees them: at a glance on the board, or opened in the form.

use serde::{Deserialize, Serialize};

use crate::domain::call::{CallResult, Snapshot};
use crate::domain::directory::Directories;
use crate::domain::id::{CallId, ChannelId};
use crate::domain::person::{PersonBrief, PersonKind};
use crate::domain::phone::Remote;
use crate::domain::wrapup::{Fields, WrapUp};

/// Who stands behind a number: one fills «Кто», several are a choice, none stays empty.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognition {
    Unknown,
    One(PersonBrief),
    Several(Vec<PersonBrief>),
}

impl Recognition {
    pub fn of(mut owners: Vec<PersonBrief>) -> Recognition {
        match owners.len() {
            1 => owners.pop().map_or(Recognition::Unknown, Recognition::One),
            0 => Recognition::Unknown,
            _ => Recognition::Several(owners),
        }
    }

    /// Unknown callers count among patients until somebody says otherwise.
    fn may_be_patient(&self) -> bool {
        let patient = |person: &PersonBrief| person.kind == PersonKind::Patient;
        match self {
            Recognition::Unknown => true,
            Recognition::One(person) => patient(person),
            Recognition::Several(people) => people.iter().any(patient),
        }
    }
}

/// A call on the board: one of now, or one that ended today and still wants something: missed and not talked with
/// since, or answered and not wrapped up. A call of which a desk is told unasked ([`Change::Call`](super::Change::Call)) may be past that.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BoardCall {
    pub id: CallId,
    pub snapshot: Snapshot,
    pub recognition: Recognition,
    pub channel: Option<ChannelId>,
    pub wrapped: bool,
}

impl BoardCall {
    /// Live, missed, or answered and not wrapped up; a board holds no others. Of the missed ones it holds those
    /// no later call makes good. A talk with an employee or a counterparty wants nothing: its type sets itself.
    pub fn wants_something(&self) -> bool {
        let owed = match self.snapshot.result {
            Some(CallResult::Answered) => self.recognition.may_be_patient(),
            Some(CallResult::Missed) => true,
            _ => false,
        };
        self.snapshot.is_live() || (owed && !self.wrapped)
    }

    /// Whether a finished talk is for somebody else to wrap up: an employee we know answered it or held it last, and
    /// neither is the one at `own`. What a mobile or an unknown phone took stays everybody's.
    pub fn is_a_colleagues(&self, own: &str, directories: &Directories) -> bool {
        let takers = [self.snapshot.agent.as_deref(), self.snapshot.holder.as_deref()];
        let mut takers = takers.into_iter().flatten();
        self.snapshot.result == Some(CallResult::Answered)
            && takers.clone().all(|taker| taker != own)
            && takers.any(|taker| directories.employee_at(taker).is_some())
    }

    /// Whether this call reached whoever we missed: answered, later, in either direction, with the same number
    /// or the same person.
    pub fn makes_good(&self, missed: &BoardCall) -> bool {
        missed.snapshot.result == Some(CallResult::Missed)
            && self.snapshot.was_answered()
            && self.snapshot.started_at > missed.snapshot.started_at
            && self.is_with_whom(missed)
    }

    fn is_with_whom(&self, other: &BoardCall) -> bool {
        let (mine, theirs) = (&self.snapshot.remote, &other.snapshot.remote);
        let same_person = match (&self.recognition, &other.recognition) {
            (Recognition::One(mine), Recognition::One(theirs)) => mine.id == theirs.id,
            _ => false,
        };
        same_person || (mine == theirs && *mine != Remote::Withheld)
    }
}

/// What one call looks like opened: everything the form needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpenCall {
    pub call: BoardCall,
    pub draft: Option<Fields>,
    pub wrapup: Option<WrapUp>,
}
