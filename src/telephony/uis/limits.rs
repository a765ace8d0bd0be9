//! The points of an account: how many questions may still be asked, and who has to wait for that.
//!
//! Every answer tells what is left of the day and of the minute. Orders and the live picture come first; reading the
//! past in the background spreads what is left over the rest of the day and never touches the last tenth.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A shorter wait between two readings is none.
const SHORTEST: TimeDelta = TimeDelta::seconds(1);

/// One part in so many of a day's and a minute's points is left to everybody else by reading the past.
const RESERVE: i64 = 10;

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Orders, the live picture: waits only when nothing is left.
    Live,
    /// Reading the past.
    Background,
}

/// As of the last answer that told.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Limits {
    pub day: Option<Bucket>,
    pub minute: Option<Bucket>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bucket {
    pub limit: i64,
    pub remaining: i64,
    pub resets_at: DateTime<Utc>,
}

/// `limits` of an answer's metadata; resets are in seconds.
#[derive(Clone, Copy, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    pub day_limit: Option<i64>,
    pub day_remaining: Option<i64>,
    pub day_reset: Option<i64>,
    pub minute_limit: Option<i64>,
    pub minute_remaining: Option<i64>,
    pub minute_reset: Option<i64>,
}

/// What is left, shared by everybody who asks the same endpoint.
#[derive(Debug, Default)]
pub struct Meter(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    limits: Limits,
    /// Refused until then, whatever the buckets say.
    closed_until: Option<DateTime<Utc>>,
    /// When the past was last read.
    read_at: Option<DateTime<Utc>>,
}

impl Meter {
    pub fn note(&self, told: &Told, now: DateTime<Utc>) {
        let Told { day_limit, day_remaining, day_reset, minute_limit, minute_remaining, minute_reset } =
            *told;
        let mut state = self.state();
        let day = Bucket::told(day_limit, day_remaining, day_reset, now);
        let minute = Bucket::told(minute_limit, minute_remaining, minute_reset, now);
        state.limits.day = day.or(state.limits.day);
        state.limits.minute = minute.or(state.limits.minute);
    }

    /// The provider refused for want of points: whichever bucket is empty says for how long.
    pub fn refused(&self, now: DateTime<Utc>) {
        let mut state = self.state();
        let buckets = [state.limits.day, state.limits.minute].into_iter().flatten();
        let empty = buckets.filter(|bucket| bucket.remaining <= 0).map(|bucket| bucket.resets_at).max();
        let until = empty.filter(|until| *until > now);
        state.closed_until = Some(until.unwrap_or(now + TimeDelta::minutes(1)));
    }

    pub fn limits(&self) -> Limits {
        self.state().limits
    }

    /// Whether to ask now, or how long to wait before asking again whether to.
    pub fn admit(&self, need: Need, now: DateTime<Utc>) -> Result<(), Duration> {
        let mut state = self.state();
        match state.pause(need, now).to_std() {
            Ok(pause) if !pause.is_zero() => Err(pause),
            _ => {
                if need == Need::Background {
                    state.read_at = Some(now);
                }
                Ok(())
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is one assignment: a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn pause(&self, need: Need, now: DateTime<Utc>) -> TimeDelta {
        let reserve = |bucket: &Bucket| match need {
            Need::Live => 0,
            Need::Background => (bucket.limit / RESERVE).max(1),
        };
        let buckets = [self.limits.day, self.limits.minute].into_iter().flatten();
        let spent = buckets.filter(|bucket| bucket.remaining <= reserve(bucket));
        let ends = spent.map(|bucket| bucket.resets_at).chain(self.closed_until);
        let until = ends
            .chain(self.limits.day.filter(|_| need == Need::Background).and_then(|day| self.turn(&day, now)));
        until.map(|until| until - now).max().unwrap_or_default().max(TimeDelta::zero())
    }

    /// When it is the past's turn again. Its share falls along a straight line from the whole day to nothing at the
    /// reset: above the line (nothing was asked for a while) it may hurry, below it what is left is spread evenly.
    fn turn(&self, day: &Bucket, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let reserve = (day.limit / RESERVE).max(1);
        let (whole, spendable) = (day.limit - reserve, day.remaining - reserve);
        let left = (day.resets_at - now).num_milliseconds().clamp(0, DAY_MS);
        if spendable <= 0 || spendable >= whole.saturating_mul(left) / DAY_MS {
            return None;
        }
        let pause = TimeDelta::milliseconds(left / spendable);
        Some(self.read_at? + pause).filter(|_| pause >= SHORTEST)
    }
}

impl Bucket {
    fn told(
        limit: Option<i64>,
        remaining: Option<i64>,
        reset: Option<i64>,
        now: DateTime<Utc>,
    ) -> Option<Bucket> {
        // No bucket is longer than a day's, and none holds less than nothing.
        let resets_at = now + TimeDelta::milliseconds(reset?.saturating_mul(1000).clamp(0, DAY_MS));
        let remaining = remaining?.max(0);
        Some(Bucket { limit: limit.unwrap_or(remaining).max(0), remaining, resets_at })
    }
}
