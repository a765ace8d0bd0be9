//! The standard metrics of a call centre, each with the formula it is named by.
//!
//! Sources of the formulas: Genesys and Amazon Connect for abandonment, ASA and AHT; Call Centre Helper for the five
//! ways of reckoning a service level.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The limits that a clinic sets.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Norms {
    /// T of the service level.
    pub answer_within: Duration,
    /// A caller who hangs up sooner never meant to wait.
    pub short_abandon: Duration,
}

impl Default for Norms {
    fn default() -> Norms {
        Norms { answer_within: Duration::from_secs(20), short_abandon: Duration::from_secs(5) }
    }
}

/// What the formulas are reckoned from: incoming calls answered or abandoned (missed), all calls taken, missed calls
/// and what became of them.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Metrics {
    pub answered: u64,
    /// Incoming calls nobody answered, the short ones among them.
    pub abandoned: u64,
    pub answered_in_time: u64,
    /// Abandoned within T, the short ones among them.
    pub abandoned_in_time: u64,
    pub abandoned_short: u64,
    /// Of those answered.
    pub answer: Spread,
    /// Of those abandoned.
    pub abandon: Spread,
    /// Both directions, answered.
    pub taken: u64,
    pub talk: Duration,
    /// Talks after which something was written.
    pub wrapped: u64,
    pub wrap_up: Duration,
    pub booked: u64,
    pub debts: Debts,
}

/// How waits are spread. All zero when there were none.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Spread {
    pub sum: Duration,
    pub median: Duration,
    /// Nine in ten waited no longer.
    pub p90: Duration,
    pub longest: Duration,
}

/// Missed calls by what became of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Debts {
    pub open: u64,
    pub attempted: u64,
    pub came_through: u64,
    pub called_back_late: u64,
    pub called_back_in_time: u64,
}
