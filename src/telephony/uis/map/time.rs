//! Dates of the platform: the account's wall clock, with or without fractions, a `T` or an offset.

use std::ops::{Range, RangeInclusive};

use chrono::{DateTime, Datelike, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

const FORMS: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"];

/// As the platform wants a date in a question: whole seconds.
const ASKED: &str = "%Y-%m-%d %H:%M:%S";

/// No call is of another; reckoning with a date of these never leaves the calendar.
const YEARS: RangeInclusive<i32> = 1990..=2100;

pub fn is_likely(date: &impl Datelike) -> bool {
    YEARS.contains(&date.year())
}

/// The moment of a date. Of an hour that the clocks showed twice, the first; one that they left out counts on from
/// before.
pub fn moment(raw: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(told) = DateTime::parse_from_rfc3339(raw.trim()) {
        return Some(told.to_utc()).filter(is_likely);
    }
    instant(local(raw)?, zone)
}

/// As [`moment`], but of an hour shown twice whichever is nearer to `expected`.
pub fn moment_near(raw: &str, zone: Tz, expected: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let first = moment(raw, zone)?;
    let later = local(raw).and_then(|local| zone.from_local_datetime(&local).latest()).map(|at| at.to_utc());
    let distance = |at: &DateTime<Utc>| (*at - expected).abs();
    later.into_iter().chain([first]).min_by_key(distance)
}

pub fn local(raw: &str) -> Option<NaiveDateTime> {
    let local = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(raw.trim(), form).ok());
    local.filter(is_likely)
}

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

/// Wall-clock dates that cover every moment of `span`, in whole seconds. Where the clocks are changed within it they cover
/// more: what was shown twice stands on both sides.
pub fn covering(span: &Range<DateTime<Utc>>, zone: Tz) -> Range<NaiveDateTime> {
    let (from, till) = (span.start.with_timezone(&zone), span.end.with_timezone(&zone));
    let moved = from.offset().fix().local_minus_utc() - till.offset().fix().local_minus_utc();
    let slack = TimeDelta::seconds(i64::from(moved.abs()));
    let whole = |local: NaiveDateTime| local.with_nanosecond(0).unwrap_or(local);
    whole(from.naive_local() - slack)..whole(till.naive_local() + slack) + TimeDelta::seconds(1)
}

pub fn asked(local: NaiveDateTime) -> String {
    local.format(ASKED).to_string()
}
