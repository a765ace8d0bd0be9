//! A time in which nobody told us of calls, and what was learnt of it afterwards.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Kept for ever: a figure of a day with a gap is only as true as the gap is restored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Gap {
    /// The provider that was not heard. One source has no two gaps that begin at the same moment.
    pub source: String,
    pub cause: Cause,
    /// For people; carries no secret. Empty where the cause says all.
    pub reason: String,
    pub began_at: DateTime<Utc>,
    /// `None`: it lasts.
    pub ended_at: Option<DateTime<Utc>>,
    pub restored: Restored,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The provider or the network to it.
    Provider,
    /// Our own ear: the provider's notifications did not reach us.
    Listener,
    /// pult did not run.
    Ourselves,
}

/// What the provider's own record of the past gave back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restored {
    /// The record was not read yet.
    Pending,
    /// Of `found` calls that the record has in the gap, `whole` are here as it tells them.
    Counted { whole: u32, found: u32 },
    /// This provider keeps no record that we can read: what happened is not known, which is not nothing.
    Unknown,
}

impl Gap {
    /// Whether figures of its time may still be wrong.
    pub fn is_open(&self) -> bool {
        match self.restored {
            Restored::Counted { whole, found } => self.ended_at.is_none() || whole < found,
            Restored::Pending | Restored::Unknown => true,
        }
    }
}
