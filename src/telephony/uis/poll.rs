//! How often to ask what runs: quickly while calls do, seldom where notifications tell it anyway, and never so that
//! the day's questions run out before the day.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::limits::Limits;
use super::live::ListedCall;
use super::rpc::{Rpc, RpcError};

/// While nothing runs, so many times slower.
const IDLE: u32 = 4;
/// Where notifications come, the list only makes sure; so many times slower still.
const HEARD: u32 = 5;
/// A desk that knows nothing for longer is no desk.
const SELDOM: Duration = Duration::from_secs(300);
/// One part in so many of what is left of the day goes here; orders and reports need theirs.
const SHARE: i64 = 2;

/// What the next question depends on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Picture {
    /// Between two questions while calls run, as configured.
    pub poll: Duration,
    pub anything_live: bool,
    /// Notifications come.
    pub hearing: bool,
    pub limits: Limits,
}

impl Picture {
    pub fn pause(&self, now: DateTime<Utc>) -> Duration {
        let idle = if self.anything_live { 1 } else { IDLE };
        let heard = if self.hearing { HEARD } else { 1 };
        let wanted = self.poll * idle * heard;
        wanted.max(self.allowed(now)).min(SELDOM.max(self.poll))
    }

    /// What is left of the day, spread over it.
    fn allowed(&self, now: DateTime<Utc>) -> Duration {
        let Some(day) = self.limits.day else { return Duration::ZERO };
        let left = (day.resets_at - now).to_std().unwrap_or_default();
        let questions = u32::try_from(day.remaining / SHARE).unwrap_or(1).max(1);
        left / questions
    }
}

/// How long to let be what has no points for `pause`; none when we did `already`: what is refused costs nothing, and points
/// may be bought meanwhile.
pub fn sparing(pause: Duration, already: bool) -> Option<Duration> {
    (!already).then(|| pause.min(SELDOM))
}

/// All running calls, and how many entries could not be read.
pub async fn running(rpc: &Rpc) -> Result<(Vec<ListedCall>, usize), RpcError> {
    let items: Vec<Value> = rpc.call("list.calls", json!({})).await?.data;
    let calls: Vec<ListedCall> = items.iter().filter_map(ListedCall::read).collect();
    let unread = items.len() - calls.len();
    Ok((calls, unread))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::telephony::uis::limits::Bucket;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn picture() -> Picture {
        let poll = Duration::from_secs(3);
        Picture { poll, anything_live: true, hearing: false, limits: Limits::default() }
    }

    #[test]
    fn calls_hurry_it_and_notifications_slow_it() {
        let seconds = |picture: Picture| picture.pause(NOW).as_secs();
        assert_eq!(seconds(picture()), 3);
        assert_eq!(seconds(Picture { anything_live: false, ..picture() }), 12);
        assert_eq!(seconds(Picture { hearing: true, ..picture() }), 15);
        assert_eq!(seconds(Picture { hearing: true, anything_live: false, ..picture() }), 60);
    }

    #[test]
    fn points_that_are_spent_till_night_are_looked_for_every_five_minutes() {
        assert_eq!(sparing(Duration::from_secs(20), false), Some(Duration::from_secs(20)));
        let night = Duration::from_secs(9 * 60 * 60);
        assert_eq!((sparing(night, false), sparing(night, true)), (Some(SELDOM), None));
    }

    #[test]
    fn half_of_what_is_left_lasts_the_day() {
        let left = |remaining, hours| Picture {
            limits: Limits {
                day: Some(Bucket { limit: 750, remaining, resets_at: NOW + TimeDelta::hours(hours) }),
                minute: None,
            },
            ..picture()
        };
        assert_eq!(left(720, 10).pause(NOW), Duration::from_secs(100));
        assert_eq!(left(0, 10).pause(NOW), SELDOM);
        assert_eq!(left(700_000, 10).pause(NOW), Duration::from_secs(3));
    }
}
