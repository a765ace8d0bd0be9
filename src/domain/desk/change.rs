//! What a desk is told unasked.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::BoardCall;
use crate::domain::gap::Gap;
use crate::domain::id::{CallId, PersonId};
use crate::domain::reason::Reason;

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A call appeared or changed; replaces what was known of it. One that wants nothing more leaves the board.
    Call(Box<BoardCall>),
    /// A call is none any more: it was merged into another.
    Gone(CallId),
    Link(Link),
    /// The card of this person changed: ask again if it is being looked at.
    Person(PersonId),
    /// A gap began, ended, or was restored; replaces what was known of it.
    Gap(Box<Gap>),
    /// What is known of a call's sound changed.
    Recording(CallId),
    /// Something about recordings that somebody should know (no room on the disk), or no more.
    Sounds(Option<Trouble>),
    /// A line, a channel or an employee was added: ask for the directories again.
    Directories,
    /// Figures may have changed: a report that is being looked at is out of date.
    Figures,
    /// The report's figures are being read from the store, `done` calls of `total`; questions are answered after.
    Reading {
        done: u64,
        total: u64,
    },
    /// Too many changes at once for this desk: ask for the board again.
    Resync,
}

/// What keeps recordings from being fetched.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The disk has less room than is kept free for the store; this many recordings wait.
    NoRoom { waiting: u64 },
}

/// The state of a provider's connection.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Never asked for: no provider is configured.
    Absent,
    Connecting,
    Up {
        since: DateTime<Utc>,
    },
    Down {
        since: DateTime<Utc>,
        reason: Reason,
    },
}
