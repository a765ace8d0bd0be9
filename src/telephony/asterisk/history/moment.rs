//! The times of the record: the server's local time without a zone, unless it was told to write seconds since 1970.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::telephony::asterisk::map::At;

/// Smaller numbers are no time of a call.
const EARLIEST: f64 = 1e8;
/// A caller has a hand in a row that is torn: reckoning with a date of these never leaves the calendar.
const YEARS: RangeInclusive<i32> = 1990..=2100;
const LOCAL: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"];
const ZONED: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M:%S%.f%#z"];

pub fn moment(raw: &str, zone: Tz) -> Option<At> {
    let raw = raw.trim();
    let local = || LOCAL.iter().find_map(|form| NaiveDateTime::parse_from_str(raw, form).ok());
    let zoned = || ZONED.iter().find_map(|form| DateTime::parse_from_str(raw, form).ok());
    since_1970(raw)
        .or_else(|| local().and_then(|local| from_local(local, zone)))
        .or_else(|| zoned().map(|zoned| zoned.with_timezone(&Utc)))
        .filter(|at| YEARS.contains(&at.year()))
}

pub fn since_1970(raw: &str) -> Option<At> {
    let seconds: f64 = raw.parse().ok().filter(|seconds| *seconds > EARLIEST)?;
    DateTime::from_timestamp_micros((seconds * 1e6).round() as i64)
}

/// The hour that comes twice in autumn is taken for its first; one that spring leaves out, for the hour after.
fn from_local(local: NaiveDateTime, zone: Tz) -> Option<At> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => zone
            .from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
            .map(|at| at.with_timezone(&Utc)),
    }
}

/// As the record would write it.
pub fn written(at: At, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::{Berlin, Moscow};

    use super::{moment, written};

    #[test]
    fn reads_local_times_and_epochs() {
        let at = moment("2026-11-21 19:40:58", Moscow).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-11-21T16:40:58+00:00");
        assert_eq!(written(at, Moscow), "2026-11-21 19:40:58");
        assert_eq!(moment("1795279258.25", Moscow).unwrap().timestamp_subsec_millis(), 250);
        assert_eq!(moment("2026-11-21 16:40:58+00", Moscow), Some(at));
        for wrong in ["", "0000-00-00 00:00:00", "12", "yesterday", "+262142-12-31 23:59:59", "8.2e12", "inf"]
        {
            assert_eq!(moment(wrong, Moscow), None, "{wrong}");
        }
    }

    #[test]
    fn hours_that_summer_time_takes_and_repeats_have_a_moment() {
        let utc = |raw| moment(raw, Berlin).unwrap().to_rfc3339();
        assert_eq!(utc("2026-03-29 02:30:00"), "2026-03-29T01:30:00+00:00");
        assert_eq!(utc("2026-10-25 02:30:00"), "2026-10-25T00:30:00+00:00");
    }
}
