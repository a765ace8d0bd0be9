//! Ten million calls of a clinic network over five years: seeded, skewed as in life, made one after another.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use pult::domain::call::{CallResult, Direction};
use pult::domain::fact::{CallNumber, Debt, Fact, Party};
use pult::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use pult::domain::money::Money;
use pult::domain::outcome::Facts;
use pult::domain::period::day_start;
use pult::domain::phone::Phone;
use pult::domain::report::Familiarity;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

pub const ZONE: Tz = chrono_tz::Europe::Moscow;
pub const DAYS: u64 = 1826;
pub const EMPLOYEES: u128 = 120;
pub const TOPICS: u128 = 40;
const CHANNELS: usize = 30;
const BRANCHES: usize = 12;
const PATIENTS: u32 = 600_000;
/// Relative numbers of calls from Monday on, and of hours from 8 to 21.
const WEEK: [f64; 7] = [1.25, 1.15, 1.1, 1.1, 1.05, 0.8, 0.4];
const HOURS: [u32; 14] = [4, 9, 11, 11, 10, 8, 8, 8, 8, 8, 7, 4, 3, 1];
/// Worked two weeks, three years ago.
pub const TEMPORARY: u128 = EMPLOYEES + 1;

pub fn first_day() -> NaiveDate {
    last_day() - Days::new(DAYS - 1)
}

pub fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

pub struct Clinic {
    random: ChaCha8Rng,
    lines: Vec<Arc<str>>,
    specialities: Vec<Arc<str>>,
    /// With whom the day's calls were.
    today: Vec<Party>,
    number: u32,
}

impl Clinic {
    pub fn new() -> Clinic {
        let lines = (0..60).map(|nth| Arc::from(format!("7495000{nth:04}"))).collect();
        let specialities = (0..8).map(|nth| Arc::from(format!("speciality {nth}"))).collect();
        Clinic { random: ChaCha8Rng::seed_from_u64(3), lines, specialities, today: vec![], number: 0 }
    }

    /// Every call in order of time.
    pub fn calls(mut self, count: usize, mut each: impl FnMut(&Fact)) {
        let mean = count as f64 / DAYS as f64;
        for nth in 0..DAYS {
            let day = first_day() + Days::new(nth);
            let share = WEEK[day.weekday().num_days_from_monday() as usize] * 7.0 / WEEK.iter().sum::<f64>();
            let calls = (mean * share) as usize;
            self.today.clear();
            self.times(day, calls).into_iter().for_each(|at| each(&self.call(day, at)));
        }
    }

    fn times(&mut self, day: NaiveDate, calls: usize) -> Vec<DateTime<Utc>> {
        let start = day_start(day, ZONE);
        let mut times: Vec<DateTime<Utc>> = (0..calls)
            .map(|_| {
                let mut pick = self.random.random_range(0..HOURS.iter().sum());
                let hour =
                    HOURS.iter().position(|share| pick.checked_sub(*share).map(|left| pick = left).is_none());
                let within = self.random.random_range(0..3_600_000);
                start + TimeDelta::hours(8 + hour.unwrap() as i64) + TimeDelta::milliseconds(within)
            })
            .collect();
        times.sort();
        times
    }

    /// Small numbers more often than large ones.
    fn skewed(&mut self, count: usize) -> usize {
        let random: f64 = self.random.random();
        (random * random * count as f64) as usize
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    fn length(&mut self, mean: f64) -> Duration {
        let random: f64 = self.random.random();
        Duration::from_millis((-mean * 1000.0 * (1.0 - random).ln()) as u64)
    }

    fn party(&mut self) -> Party {
        let party = match self.random.random_range(0..1000) {
            0..200 if !self.today.is_empty() => {
                let known = self.random.random_range(0..self.today.len());
                self.today[known].clone()
            }
            0..870 => Party::Person(self.skewed(PATIENTS as usize) as u32),
            870..990 => Party::Phone(Phone(79_000_000_000 + self.random.random_range(0..3_000_000))),
            990..995 => Party::Text(Arc::from(format!("{}", self.random.random_range(100..400)))),
            _ => Party::Alone,
        };
        self.today.push(party.clone());
        party
    }

    fn call(&mut self, day: NaiveDate, started_at: DateTime<Utc>) -> Fact {
        self.number += 1;
        let outgoing = self.chance(0.2);
        let direction = if outgoing { Direction::Outgoing } else { Direction::Incoming };
        let taken = self.chance(0.75);
        let counts = self.chance(0.93);
        let booked = taken && counts && self.chance(0.40);
        let held = booked && self.chance(0.70);
        let (moved, cancelled) = (taken && self.chance(0.04), taken && self.chance(0.03));
        let (answered, already_booked) = (taken, taken && self.chance(0.2));
        let line = self.skewed(self.lines.len());
        let topic = (taken && self.chance(0.9)).then(|| TopicId(id(self.skewed(TOPICS as usize))));
        let known = if self.chance(0.6) { Familiarity::Known } else { Familiarity::New };
        let debts =
            [Debt::Open, Debt::Attempted, Debt::CameThrough, Debt::CalledBackLate, Debt::CalledBackInTime];
        let missed = !taken && !outgoing;
        Fact {
            number: CallNumber(self.number),
            started_at,
            party: self.party(),
            employee: (taken && self.chance(0.95)).then(|| self.employee(day)),
            topic,
            caller_type: taken.then(|| CallerTypeId(id(self.skewed(7)))),
            line: Some(self.lines[line].clone()),
            channel: Some(ChannelId(id(line % CHANNELS))),
            own_channel: false,
            branch: Some(BranchId(id(line % BRANCHES))),
            speciality: booked.then(|| self.skewed(8)).map(|nth| self.specialities[nth].clone()),
            direction,
            result: match (taken, outgoing) {
                (true, _) => CallResult::Answered,
                (false, false) => CallResult::Missed,
                (false, true) => CallResult::NoAnswer,
            },
            counts,
            outcome: Facts { direction, answered, counts, booked, moved, cancelled, already_booked }
                .outcome(),
            booked,
            held,
            familiarity: counts.then_some(known),
            recording: taken && self.chance(0.98),
            commented: taken && self.chance(0.6),
            debt: missed.then(|| debts[self.random.random_range(0..5)]),
            wait: self.length(18.0),
            talk: if taken { self.length(170.0) } else { Duration::ZERO },
            wrap_up: (taken && self.chance(0.7)).then(|| self.length(45.0).min(Duration::from_secs(900))),
            money: Money(if held { 100 * self.random.random_range(500..40_000) } else { 0 }),
        }
    }

    fn employee(&mut self, day: NaiveDate) -> PersonId {
        let since = (day - first_day()).num_days();
        match (700..714).contains(&since) && self.chance(0.003) {
            true => PersonId(Uuid::from_u128(TEMPORARY)),
            false => PersonId(id(self.skewed(EMPLOYEES as usize))),
        }
    }
}

fn id(place: usize) -> Uuid {
    Uuid::from_u128(place as u128 + 1)
}
