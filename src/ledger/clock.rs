//! A local day as a span of instants, and the hours in it.
//!
//! A call belongs to the last day that began before it, so that days never overlap, whatever the clocks do.

use chrono::{DateTime, Days, NaiveDate, TimeZone as _, Timelike as _, Utc};
use chrono_tz::Tz;

use crate::domain::period::{day_of, day_start};

const HOUR: u32 = 60 * MINUTE;
const MINUTE: u32 = 60_000;

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Clock {
    /// Milliseconds of Unix time.
    pub start: i64,
    /// In milliseconds.
    pub length: u32,
    /// The hour of every minute of a day in which the clocks changed; empty in others.
    hours: Vec<u8>,
}

impl Clock {
    pub fn of(date: NaiveDate, zone: Tz) -> Clock {
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let start = day_start(date, zone).timestamp_millis();
        let length = u32::try_from(day_start(next, zone).timestamp_millis() - start).unwrap_or(0);
        let hour = |at: u32| {
            let local = zone.timestamp_millis_opt(start + i64::from(at)).earliest();
            local.map_or(0, |local| local.hour() as u8)
        };
        let plain = length == 24 * HOUR && (0..24).all(|nth| u32::from(hour(nth * HOUR)) == nth);
        let hours =
            if plain { vec![] } else { (0..length.div_ceil(MINUTE)).map(|n| hour(n * MINUTE)).collect() };
        Clock { start, length, hours }
    }

    /// The day an instant falls on.
    pub fn day(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
        let near = day_of(instant, zone);
        let began = |day: &NaiveDate| day_start(*day, zone) <= instant;
        let days = [near.succ_opt(), Some(near), near.pred_opt()];
        days.into_iter().flatten().find(began).unwrap_or(near)
    }

    pub fn covers(&self, instant: i64) -> bool {
        instant >= self.start && instant - self.start < i64::from(self.length)
    }

    /// The hour by the clinic's clock, `at` in milliseconds since the day's start.
    pub fn hour(&self, at: u32) -> u8 {
        match self.is_plain() {
            true => (at / HOUR) as u8,
            false => self.hours.get((at / MINUTE) as usize).copied().unwrap_or(0),
        }
    }

    /// Whether every hour of it comes once.
    pub fn is_plain(&self) -> bool {
        self.hours.is_empty()
    }
}
