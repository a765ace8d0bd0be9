//! Keeps the store in step with the provider's own record of the past: fills what was missed, mends what changed after
//! the fact, and says of every time nobody was heard how much of it came back.

mod page;
mod reader;
mod reading;

use std::sync::Arc;
use std::time::Duration;

use chrono_tz::Tz;
use tokio::sync::watch;

use super::scribe::Scribe;
use crate::telephony::History;

use reader::Reader;

/// How often and how far the past is read.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Between two readings of what is new.
    pub every: Duration,
    /// Read again with each of them, so that nothing slips between two.
    pub overlap: Duration,
    /// Between two readings of what may have changed after the fact.
    pub late_every: Duration,
    /// How far back that is.
    pub late: Duration,
    /// Between two marks that we are here and hear.
    pub heartbeat: Duration,
    /// Before the first new try to reach what cannot be reached; each try after it waits twice as long.
    pub retry: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            every: Duration::from_secs(60),
            overlap: Duration::from_secs(30 * 60),
            late_every: Duration::from_secs(60 * 60),
            late: Duration::from_secs(3 * 24 * 60 * 60),
            heartbeat: Duration::from_secs(10),
            retry: Duration::from_secs(5),
        }
    }
}

/// The name of the cursor that says when a source was last read for what changes after the fact.
pub fn late_read_at(source: &str) -> String {
    format!("{source}.late_read_at")
}

/// What every reader of the past works with.
#[derive(Clone)]
pub(super) struct Past {
    pub scribe: Scribe,
    pub zone: Tz,
    pub pace: Pace,
}

impl Past {
    /// One task for each history, as long as the runtime lives. `heard_again` tells of ended gaps.
    pub fn read(&self, histories: &[Arc<dyn History>], heard_again: &watch::Sender<()>) {
        for history in histories {
            let keeps_gaps = record_of(histories, history.provider())
                .is_some_and(|record| record.source() == history.source());
            tokio::spawn(Reader::of(self.clone(), history.clone(), keeps_gaps, heard_again.clone()).run());
        }
    }
}

/// The one whose word on the calls of a gap counts.
pub(super) fn record_of<'h>(
    histories: &'h [Arc<dyn History>],
    provider: &str,
) -> Option<&'h Arc<dyn History>> {
    histories.iter().find(|history| history.provider() == provider && history.tells_calls())
}
