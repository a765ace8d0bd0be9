//! A time in which nobody told us of calls, and what was learnt of it afterwards.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::reason::Reason;

/// Kept for ever: a figure of a day with a gap is only as true as the gap is restored.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Gap {
    /// The provider that was not heard. One source has no two gaps that begin at the same moment.
    pub source: String,
    pub cause: Cause,
    /// Without details where the cause says all.
    pub reason: Reason,
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

    /// Whether somebody who looks at figures must know of it: one in which nothing happened changes none.
    pub fn matters(&self) -> bool {
        self.ended_at.is_none() || self.restored != Restored::Counted { whole: 0, found: 0 }
    }
}

/// What several gaps come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    pub gaps: u32,
    pub whole: u32,
    pub found: u32,
    /// Of which nobody knows what happened.
    pub unknown: u32,
    /// Not over, or not read yet.
    pub pending: u32,
}

impl Sum {
    pub fn of<'g>(gaps: impl IntoIterator<Item = &'g Gap>) -> Sum {
        let mut sum = Sum::default();
        for gap in gaps {
            sum.gaps += 1;
            match gap.restored {
                _ if gap.ended_at.is_none() => sum.pending += 1,
                Restored::Counted { whole, found } => {
                    (sum.whole, sum.found) = (sum.whole + whole, sum.found + found);
                }
                Restored::Pending => sum.pending += 1,
                Restored::Unknown => sum.unknown += 1,
            }
        }
        sum
    }

    /// Whether every call of these times is here.
    pub fn is_whole(&self) -> bool {
        self.unknown == 0 && self.pending == 0 && self.whole == self.found
    }
}

/// One record of the past, and how far it was read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// `uis.calls`, `asterisk.cdr`, ...
    pub name: String,
    pub read_until: Option<DateTime<Utc>>,
    /// Why it cannot be read now, for people; carries no secret.
    pub trouble: Option<String>,
}
