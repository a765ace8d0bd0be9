//! Dates as providers write them: by the clock on a wall, without saying where it hangs.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// No call is of another; reckoning with a date of these never leaves the calendar. A caller has a hand in a row that is
/// torn, and who knows a listener's secret in all of a notification.
const YEARS: RangeInclusive<i32> = 1990..=2100;

pub fn is_likely(date: &impl Datelike) -> bool {
    YEARS.contains(&date.year())
}

/// Of an hour that the clocks showed twice, the first; one that they left out counts on from before.
pub fn instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => {
            let before =
                zone.from_local_datetime(&local.checked_sub_signed(TimeDelta::hours(3))?).earliest()?;
            Some((local - before.offset().fix()).and_utc())
        }
    }
}
