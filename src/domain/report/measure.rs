//! The figures of a row.

use std::iter::Sum;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::money::Money;

/// One of the figures: what can be sorted by, explained, and opened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    Calls,
    Taken,
    Missed,
    /// «Ожидание», the average of all counted.
    Wait,
    /// «Длительность», the average of those taken.
    Talk,
    Booked,
    BookedPercent,
    Held,
    HeldPercent,
    Money,
    /// Money over the calls (by patients: the patients' days) of which a visit was held.
    AverageMoney,
}

impl Measure {
    pub const ALL: [Measure; 11] = [
        Measure::Calls,
        Measure::Taken,
        Measure::Missed,
        Measure::Wait,
        Measure::Talk,
        Measure::Booked,
        Measure::BookedPercent,
        Measure::Held,
        Measure::HeldPercent,
        Measure::Money,
        Measure::AverageMoney,
    ];

    /// The measure whose calls stand behind it: a percentage is drilled as the part that it
    /// is of those taken, an average of money as the visits it is over.
    pub fn counted(self) -> Measure {
        match self {
            Measure::BookedPercent => Measure::Booked,
            Measure::HeldPercent | Measure::AverageMoney => Measure::Held,
            other => other,
        }
    }
}

/// The columns. Percents are of calls taken; they are derived, not stored.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Measures {
    /// Calls, or contacts when counting by patients.
    pub calls: u64,
    pub taken: u64,
    pub missed: u64,
    /// Sum of waits of the calls counted.
    pub wait: Duration,
    /// Sum of talks of the calls taken.
    pub talk: Duration,
    /// Calls (contacts) with the outcome «Записался», however many visits were booked.
    pub booked: u64,
    /// Those of them of which a visit was held.
    pub held: u64,
    /// Of all visits held that were booked in these calls.
    pub money: Money,
}

impl Measures {
    /// What rows are ordered by: in the unit of the measure, seconds or kopecks; `None` where there is nothing to count.
    pub fn value(&self, measure: Measure) -> Option<f64> {
        Some(match measure {
            Measure::Calls => self.calls as f64,
            Measure::Taken => self.taken as f64,
            Measure::Missed => self.missed as f64,
            Measure::Wait => self.average_wait()?.as_secs_f64(),
            Measure::Talk => self.average_talk()?.as_secs_f64(),
            Measure::Booked => self.booked as f64,
            Measure::BookedPercent => self.booked_percent()?,
            Measure::Held => self.held as f64,
            Measure::HeldPercent => self.held_percent()?,
            Measure::Money => self.money.0 as f64,
            Measure::AverageMoney => self.average_money()?.0 as f64,
        })
    }

    /// Of what is counted; `None` of averages, percents and money.
    pub fn count(&self, measure: Measure) -> Option<u64> {
        match measure {
            Measure::Calls => Some(self.calls),
            Measure::Taken => Some(self.taken),
            Measure::Missed => Some(self.missed),
            Measure::Booked => Some(self.booked),
            Measure::Held => Some(self.held),
            _ => None,
        }
    }

    pub fn average_wait(&self) -> Option<Duration> {
        average(self.wait, self.calls)
    }

    pub fn average_talk(&self) -> Option<Duration> {
        average(self.talk, self.taken)
    }

    pub fn booked_percent(&self) -> Option<f64> {
        percent(self.booked, self.taken)
    }

    pub fn held_percent(&self) -> Option<f64> {
        percent(self.held, self.taken)
    }

    /// Money of the held visits over the calls (by patients: the patients' days) that led to them.
    pub fn average_money(&self) -> Option<Money> {
        (self.held > 0).then(|| Money(self.money.0 / self.held as i64))
    }
}

impl Sum for Measures {
    fn sum<I: Iterator<Item = Measures>>(all: I) -> Measures {
        all.fold(Measures::default(), |sum, one| Measures {
            calls: sum.calls + one.calls,
            taken: sum.taken + one.taken,
            missed: sum.missed + one.missed,
            wait: sum.wait + one.wait,
            talk: sum.talk + one.talk,
            booked: sum.booked + one.booked,
            held: sum.held + one.held,
            money: sum.money + one.money,
        })
    }
}

pub fn average(sum: Duration, count: u64) -> Option<Duration> {
    (count > 0).then(|| sum.div_f64(count as f64))
}

fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}
