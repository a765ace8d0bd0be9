//! Directories the clinic edits: caller types, topics, channels, lines, branches, employees.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::call::Direction;
use super::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use super::person::PersonKind;

/// «Группы людей». The seven a store begins with are those clinics report by; a clinic may rename them and add
/// its own.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CallerType {
    pub id: CallerTypeId,
    pub name: String,
    /// Calls this type classifies; `None` where the number, not the direction, decides.
    pub direction: Option<Direction>,
    /// The kind of person whose number sets this type by itself.
    pub sets_itself_for: Option<PersonKind>,
    /// Whether such calls count in patient statistics.
    pub counts: bool,
    /// Whether the topic must be named (the caller wants an appointment).
    pub needs_topic: bool,
}

impl CallerTypeId {
    /// «Пациент. Хочет записаться»: the caller wants an appointment. However a clinic renames it, the id stays.
    pub const WANTS_APPOINTMENT: CallerTypeId =
        CallerTypeId(Uuid::from_u128(0x018C_C251_F400_7000_8000_0000_0000_0001));
    /// «Пациент. Уже записан»
    pub const ALREADY_BOOKED: CallerTypeId =
        CallerTypeId(Uuid::from_u128(0x018C_C251_F400_7000_8000_0000_0000_0002));
}

impl CallerType {
    /// Whether a talk in which nothing was booked is «Уже записан»: the operator said so, or did not say that
    /// the caller wants an appointment while a visit of the patient lay ahead.
    pub fn says_booked(said: Option<CallerTypeId>, visit_ahead: bool) -> bool {
        match said {
            Some(CallerTypeId::ALREADY_BOOKED) => true,
            Some(CallerTypeId::WANTS_APPOINTMENT) => false,
            _ => visit_ahead,
        }
    }
}

/// «Темы разговоров».
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Topic {
    pub id: TopicId,
    pub name: String,
}

/// «Рекламные каналы», with the script read to callers it brings.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Channel {
    pub id: ChannelId,
    pub name: String,
    /// Plain text of the script, several lines; empty when there is none.
    pub script: String,
}

/// A number of ours that people dial.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// As the provider reports it, e.g. `74950000001`.
    pub number: String,
    pub name: String,
    pub channel: Option<ChannelId>,
    pub branch: Option<BranchId>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Branch {
    pub id: BranchId,
    pub name: String,
    pub address: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Employee {
    pub id: PersonId,
    pub name: String,
    /// The phone on their desk, e.g. `101`.
    pub extension: Option<String>,
    pub branch: Option<BranchId>,
}

/// All of them at once: small, read at start, sent again when one changes.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Directories {
    pub caller_types: Vec<CallerType>,
    pub topics: Vec<Topic>,
    pub channels: Vec<Channel>,
    pub lines: Vec<Line>,
    pub branches: Vec<Branch>,
    pub employees: Vec<Employee>,
}

impl Directories {
    pub fn caller_type(&self, id: CallerTypeId) -> Option<&CallerType> {
        self.caller_types.iter().find(|entry| entry.id == id)
    }

    /// The type that a caller recognised by number sets by itself.
    pub fn type_set_by(&self, kind: PersonKind) -> Option<&CallerType> {
        self.caller_types.iter().find(|entry| entry.sets_itself_for == Some(kind))
    }

    pub fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.iter().find(|entry| entry.id == id)
    }

    pub fn channel(&self, id: ChannelId) -> Option<&Channel> {
        self.channels.iter().find(|entry| entry.id == id)
    }

    pub fn branch(&self, id: BranchId) -> Option<&Branch> {
        self.branches.iter().find(|entry| entry.id == id)
    }

    pub fn employee(&self, id: PersonId) -> Option<&Employee> {
        self.employees.iter().find(|entry| entry.id == id)
    }

    pub fn line(&self, number: &str) -> Option<&Line> {
        self.lines.iter().find(|entry| entry.number == number)
    }

    pub fn employee_at(&self, extension: &str) -> Option<&Employee> {
        self.employees.iter().find(|entry| entry.extension.as_deref() == Some(extension))
    }
}
