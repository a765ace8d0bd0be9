//! A call as a person understands it: one conversation, whatever legs lie behind it.

pub mod by_hand;
mod progress;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::advert::Advert;
use super::phone::Remote;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Direction {
    #[serde(rename = "in")]
    Incoming,
    #[serde(rename = "out")]
    Outgoing,
    #[serde(rename = "internal")]
    Internal,
}

/// Where a call stands now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Somebody's phone rings.
    Ringing,
    /// In a queue, a menu or an announcement: nobody's phone rings.
    Waiting,
    Talking,
    OnHold,
    Ended,
}

/// How a call ended. `Missed` is an incoming call nobody answered; `NoAnswer`, `Busy`, `Failed` and
/// `AgentNoAnswer` are outgoing; `Rejected` never reached anybody (the dialplan refused it).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallResult {
    Answered,
    Missed,
    NoAnswer,
    Busy,
    Failed,
    AgentNoAnswer,
    Rejected,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    Blind,
    Attended,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Transfer {
    pub kind: TransferKind,
    /// Extension or number the call was handed to.
    pub to: String,
    /// Two-way talk with the new party.
    pub talk: Duration,
}

/// The provider's own name of a call: unique within a provider, for ever.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct CallKey {
    /// `asterisk`, `demo`, `manual`, ...
    pub provider: String,
    pub id: String,
}

/// Everything a provider knows of one call at one moment. Always the whole call, never a difference,
/// so that the same snapshot twice, or an old one late, changes nothing twice.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    pub key: CallKey,
    pub direction: Direction,
    /// The other side: who called us, or whom we called.
    pub remote: Remote,
    /// The name the network announced; hostile text, already cleaned of control characters.
    pub name: Option<String>,
    /// Dialled number of ours (`line` in reports), as configured, e.g. `74950000001`.
    pub line: Option<String>,
    pub queue: Option<String>,
    pub phase: Phase,
    /// `Some` once `phase` is `Ended`.
    pub result: Option<CallResult>,
    /// Extension that answered (incoming, the first one) or that placed the call (outgoing, internal).
    pub agent: Option<String>,
    /// Extension that holds the call now, after transfers; `agent` when there were none.
    pub holder: Option<String>,
    /// Extensions whose phones ring now.
    pub ringing: Vec<String>,
    pub started_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Ringing or music heard by the other side before the first answer (or in all, when none came).
    pub wait: Duration,
    /// Two-way talk with `agent`, holds included, transfers excluded.
    pub talk: Duration,
    pub hold: Duration,
    pub transfers: Vec<Transfer>,
    /// Where the provider keeps the sound; `None` also for silent files.
    pub recording: Option<String>,
    /// What brought the caller, as far as the provider knows.
    pub advert: Option<Box<Advert>>,
    /// What was put on the call in the provider's own system.
    pub tags: Vec<String>,
    /// From the provider's own record of the past (a report, channel events): it outweighs what was seen live. A record
    /// that knows less than could be seen live does not settle a call.
    pub settled: bool,
}

impl Snapshot {
    pub fn is_live(&self) -> bool {
        self.phase != Phase::Ended
    }

    /// Talk with everybody of ours: the first agent and those the call was handed to.
    pub fn talk_in_all(&self) -> Duration {
        self.talk + self.transfers.iter().map(|transfer| transfer.talk).sum::<Duration>()
    }

    pub fn was_answered(&self) -> bool {
        self.answered_at.is_some()
    }
}
