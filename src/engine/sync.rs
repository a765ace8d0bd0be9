//! Keeps the store in step with the provider's own record of the past: fills what was missed, mends what changed after
//! the fact, and says of every time nobody was heard how much of it came back.

use std::time::Duration;

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
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            every: Duration::from_secs(60),
            overlap: Duration::from_secs(30 * 60),
            late_every: Duration::from_secs(60 * 60),
            late: Duration::from_secs(3 * 24 * 60 * 60),
            heartbeat: Duration::from_secs(10),
        }
    }
}
