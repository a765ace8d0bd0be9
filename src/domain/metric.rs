//! The standard metrics of a call centre, each with the formula it is named by.
//!
//! Sources of the formulas: Genesys and Amazon Connect for abandonment, ASA and AHT; Call Centre Helper for the five
//! ways of reckoning a service level.

mod loss;
mod service_level;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::report::average;

pub use loss::{LEAST_TALKS, LEAST_VISITS, Losses, Unclear};
pub use service_level::ServiceLevel;

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

/// A part of what it is a part of: a percentage is shown with both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    pub part: u64,
    pub base: u64,
}

impl Share {
    pub fn percent(self) -> Option<f64> {
        (self.base > 0).then(|| self.of_one() * 100.0)
    }

    /// From 0 to 1; 0 of nothing.
    pub fn of_one(self) -> f64 {
        self.part as f64 / self.base.max(1) as f64
    }
}

impl Metrics {
    /// Incoming calls: answered and abandoned.
    pub fn offered(&self) -> u64 {
        self.answered + self.abandoned
    }

    /// ASA: how long those answered waited.
    pub fn speed_of_answer(&self) -> Option<Duration> {
        average(self.answer.sum, self.answered)
    }

    /// The short ones among them.
    pub fn abandonment(&self) -> Share {
        Share { part: self.abandoned, base: self.offered() }
    }

    /// Neither counts the short ones.
    pub fn abandonment_without_short(&self) -> Share {
        let short = self.abandoned_short;
        Share { part: self.abandoned.saturating_sub(short), base: self.offered().saturating_sub(short) }
    }

    /// AHT: talk and wrap-up over the calls taken. Time on hold is a part of the talk.
    pub fn handling(&self) -> Option<Duration> {
        average(self.talk + self.wrap_up, self.taken)
    }

    pub fn average_talk(&self) -> Option<Duration> {
        average(self.talk, self.taken)
    }

    /// Over all calls taken, so that it adds up with the talk to the handling time.
    pub fn average_wrap_up(&self) -> Option<Duration> {
        average(self.wrap_up, self.taken)
    }

    pub fn conversion(&self) -> Share {
        Share { part: self.booked, base: self.taken }
    }

    /// Missed calls that we called back within [`super::fact::CALL_BACK_IN_TIME`] and reached.
    pub fn called_back_in_time(&self) -> Share {
        Share { part: self.debts.called_back_in_time, base: self.debts.all() }
    }
}

impl Debts {
    pub fn all(&self) -> u64 {
        self.open + self.attempted + self.came_through + self.called_back_late + self.called_back_in_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Metrics = Metrics {
        answered: 90,
        abandoned: 12,
        answered_in_time: 80,
        abandoned_in_time: 6,
        abandoned_short: 2,
        answer: Spread {
            sum: Duration::from_secs(900),
            median: Duration::ZERO,
            p90: Duration::ZERO,
            longest: Duration::ZERO,
        },
        abandon: Spread {
            sum: Duration::ZERO,
            median: Duration::ZERO,
            p90: Duration::ZERO,
            longest: Duration::ZERO,
        },
        taken: 100,
        talk: Duration::from_secs(20_000),
        wrapped: 50,
        wrap_up: Duration::from_secs(3_000),
        booked: 40,
        debts: Debts { open: 1, attempted: 2, came_through: 3, called_back_late: 2, called_back_in_time: 4 },
    };

    #[test]
    fn each_average_has_the_base_it_names() {
        assert_eq!(DAY.speed_of_answer(), Some(Duration::from_secs(10)));
        assert_eq!(DAY.handling(), Some(Duration::from_secs(230)));
        assert_eq!(DAY.average_talk(), Some(Duration::from_secs(200)));
        assert_eq!(DAY.average_wrap_up(), Some(Duration::from_secs(30)));
        assert_eq!(Metrics::default().handling(), None);
    }

    #[test]
    fn short_abandons_stand_apart() {
        assert_eq!(DAY.abandonment(), Share { part: 12, base: 102 });
        assert_eq!(DAY.abandonment_without_short(), Share { part: 10, base: 100 });
        assert_eq!(DAY.abandonment_without_short().percent(), Some(10.0));
    }

    #[test]
    fn a_missed_call_is_one_debt() {
        assert_eq!(DAY.called_back_in_time(), Share { part: 4, base: 12 });
        assert_eq!(Metrics::default().called_back_in_time().percent(), None);
    }
}
