//! What the clinic thinks right: which waits and talks are too long and stand out in a list of calls, and by what
//! limits the standard metrics are reckoned.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::call::Direction;
use crate::domain::metric::{Norms, ServiceLevel};
use crate::domain::outcome::Outcome;
use crate::domain::report::CallRow;

/// What is as long as this stands out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    pub long_wait: Duration,
    /// Of a talk that ended without a booking.
    pub long_talk: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { long_wait: Duration::from_secs(60), long_talk: Duration::from_secs(5 * 60) }
    }
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReportNorms {
    pub usual: Limits,
    /// Of topics that need others, by the name they have in the directory.
    pub topics: BTreeMap<String, Limits>,
    pub metrics: Norms,
    /// The formula that the metrics open with.
    pub service_level: ServiceLevel,
}

impl ReportNorms {
    pub fn of(&self, topic: Option<&str>) -> Limits {
        topic.and_then(|name| self.topics.get(name)).copied().unwrap_or(self.usual)
    }
}

impl Limits {
    /// Somebody who called us waited too long, whether or not anybody answered. As long as the norm is too long: so the
    /// ready reports filter.
    pub fn long_wait(&self, call: &CallRow) -> bool {
        call.direction == Direction::Incoming && call.wait >= self.long_wait
    }

    /// A patient was talked with for long and did not book.
    pub fn long_talk(&self, call: &CallRow) -> bool {
        call.outcome == Some(Outcome::NotBooked) && call.talk >= self.long_talk
    }
}
