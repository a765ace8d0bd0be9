//! Days and periods of a line: `2026-11-01..2026-11-21`, `month`.

use chrono::{Datelike, Days, NaiveDate};

use super::keyword::Keyword;
use crate::domain::period::{Period, Span, is_meant};
use crate::domain::report::When;

pub fn written(when: When) -> String {
    match when {
        When::Span(span) => span.word().to_owned(),
        When::Dates(period) if period.from == period.to => period.from.to_string(),
        When::Dates(period) => format!("{}..{}", period.from, period.to),
    }
}

/// Two dates in either order.
pub fn read(text: &str) -> Option<When> {
    if let Some(span) = Span::named(text) {
        return Some(When::Span(span));
    }
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let (from, to) = (day(from)?, day(to)?);
    Some(When::Dates(Period { from: from.min(to), to: from.max(to) }))
}

/// `2026-11-21`, `21.11.2026`, of a year that can be meant.
pub fn day(text: &str) -> Option<NaiveDate> {
    let day = text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d.%m.%Y").ok());
    day.filter(|day| is_meant(*day))
}

/// The Monday of a day's week.
pub fn week(text: &str) -> Option<NaiveDate> {
    let day = day(text)?;
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
}

pub fn month_written(first: NaiveDate) -> String {
    first.format("%Y-%m").to_string()
}

/// The first day of `2026-11`, or of the month a day is in.
pub fn month(text: &str) -> Option<NaiveDate> {
    day(text).or_else(|| day(&format!("{text}-01")))?.with_day(1)
}
