//! Facts out of the store: all of them at once, and those that a change may have changed.
//!
//! A fact is a finished call, settled. What it depends on stands in other rows too (its neighbours' talks, visits,
//! phones), so nothing is kept here: whoever keeps facts asks again by the log's `seq` they are true as of.

mod bulk;
mod case;
mod change;
mod debt;
mod log;
mod matching;
mod near;
mod party;
mod places;
mod said;
mod settle;
mod told;
mod world;

use crate::domain::fact::{CallNumber, Fact};
use crate::domain::id::{BranchId, ChannelId};

pub use bulk::all;
pub use change::since;
pub(super) use change::{OwnedDeed, of_person, owned_by};
pub use log::{is_marked, mark_saved};
pub use matching::matching;

/// What a moment of the log left to do, and until when that holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Since {
    pub stamp: u64,
    pub changes: Changes,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Changes {
    /// Too much, or more than the log still knows: all facts are to be read anew.
    Everything,
    Some {
        /// They replace what was known of their calls; most are as they were.
        facts: Vec<Fact>,
        /// No facts any more, if they ever were.
        gone: Vec<CallNumber>,
        /// Lines that lead elsewhere now: facts that name them are not told again.
        lines: Vec<(String, Option<ChannelId>, Option<BranchId>)>,
    },
}
