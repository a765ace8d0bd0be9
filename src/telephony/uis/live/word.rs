//! One thing said of a call, and when by the provider's clock.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::listed::{LegState, ListedCall};
use crate::domain::phone::Phone;
use crate::telephony::uis::notice::{Kind, Notice};

#[derive(Clone, PartialEq, Debug)]
pub struct Word {
    pub at: DateTime<Utc>,
    pub what: What,
}

#[derive(Clone, PartialEq, Debug)]
pub enum What {
    Dialled(Dialled),
    Notice(Box<Notice>),
    Listed(Box<ListedCall>),
    /// No longer among the calls that run.
    Gone,
}

/// A click-to-call that the provider took.
#[derive(Clone, PartialEq, Debug)]
pub struct Dialled {
    /// Ours, by which the provider names it back.
    pub external_id: String,
    pub extension: String,
    pub number: Phone,
    /// Number of ours that is shown.
    pub line: String,
}

impl Word {
    /// A list in which nobody talks yet: the next one replaces it.
    pub fn is_passing(&self) -> bool {
        let What::Listed(call) = &self.what else { return false };
        let counts = |state| matches!(state, LegState::Talking | LegState::Held | LegState::Consulting);
        !call.legs.iter().any(|leg| counts(leg.state))
    }

    /// By time; at one instant as a call goes.
    pub fn order(&self, other: &Word) -> Ordering {
        self.at.cmp(&other.at).then_with(|| self.what.rank().cmp(&other.what.rank()))
    }
}

impl What {
    fn rank(&self) -> (u8, Option<Kind>) {
        match self {
            What::Dialled(_) => (0, None),
            What::Notice(notice) => (1, notice.kind),
            What::Listed(_) => (2, None),
            What::Gone => (3, None),
        }
    }
}
