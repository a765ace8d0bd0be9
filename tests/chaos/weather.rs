//! What goes wrong in a day, by the seed: when nobody is heard, when we are killed, what is lost, doubled and late.

use std::ops::Range;

use chrono::{DateTime, Utc};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::day::{opens, seconds};

/// A time in which nobody was heard.
#[derive(Clone, Debug)]
pub struct Outage {
    pub span: Range<DateTime<Utc>>,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The provider cannot be reached: neither what is live nor the record.
    Provider,
    /// We do not run.
    Ourselves,
}

pub struct Weather {
    /// In order, and never touching one another.
    pub outages: Vec<Outage>,
    /// Moments at which we are killed and start at once.
    pub kills: Vec<DateTime<Utc>>,
    /// Moments at which an answer went wrong.
    pub troubles: Vec<DateTime<Utc>>,
    dice: ChaCha8Rng,
}

impl Weather {
    /// One outage of three hours, some short ones, some kills.
    pub fn of(seed: u64) -> Weather {
        let mut dice = ChaCha8Rng::seed_from_u64(seed ^ 0x5757);
        let mut at = opens() + seconds(dice.random_range(600..3_000));
        let long = dice.random_range(0..5);
        let mut outages = vec![];
        for number in 0..5 {
            let lasts = if number == long { 3 * 3_600 } else { dice.random_range(120..1_500) };
            let kind = if dice.random_ratio(1, 3) { Kind::Ourselves } else { Kind::Provider };
            outages.push(Outage { span: at..at + seconds(lasts), kind });
            at += seconds(lasts + dice.random_range(900..5_000));
        }
        let mut kills: Vec<_> = (0..4).map(|_| opens() + seconds(dice.random_range(300..43_000))).collect();
        kills.sort();
        Weather { outages, kills, troubles: vec![], dice }
    }

    /// None: the weather is fine.
    pub fn outage(&self, now: DateTime<Utc>) -> Option<&Outage> {
        self.outages.iter().find(|outage| outage.span.contains(&now))
    }

    /// The next moment at which the conductor looks around.
    pub fn step(&mut self, now: DateTime<Utc>) -> DateTime<Utc> {
        let next = now + seconds(self.dice.random_range(5..150));
        let edges = self.outages.iter().flat_map(|outage| [outage.span.start, outage.span.end]);
        edges
            .chain(self.kills.iter().copied())
            .filter(|edge| *edge > now)
            .fold(next, |next, edge| next.min(edge))
    }

    pub fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_ratio(percent, 100)
    }

    /// From zero up to, not including, `count`.
    pub fn among(&mut self, count: usize) -> usize {
        self.dice.random_range(0..count)
    }

    /// What was told in one step, some of it lost, some twice, some in the wrong order.
    pub fn disturb<T: Clone>(&mut self, told: Vec<T>) -> Vec<T> {
        let mut heard: Vec<T> = vec![];
        for one in told {
            if self.chance(3) {
                continue;
            }
            for _ in 0..if self.chance(5) { 2 } else { 1 } {
                let back = if self.chance(10) { self.dice.random_range(0..=3_usize) } else { 0 };
                heard.insert(heard.len().saturating_sub(back), one.clone());
            }
        }
        heard
    }
}
