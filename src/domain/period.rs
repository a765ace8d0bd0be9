//! Periods of whole local days.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::report::Comparison;

/// Whether a day's year is one that somebody can mean; any other is a slip of the keys, and no calendar to count by.
pub fn is_meant(day: NaiveDate) -> bool {
    (1900..=2200).contains(&day.year())
}

/// Both days included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    pub fn day(day: NaiveDate) -> Period {
        Period { from: day, to: day }
    }

    pub fn days(&self) -> u64 {
        u64::try_from((self.to - self.from).num_days() + 1).unwrap_or(0)
    }

    /// The period a comparison is made with. The 29th of February compares with the 28th.
    pub fn before(&self, comparison: Comparison) -> Period {
        let back = |day: NaiveDate| match comparison {
            Comparison::Previous => day.checked_sub_days(Days::new(self.days())),
            Comparison::YearAgo => day.checked_sub_months(Months::new(12)),
        };
        Period { from: back(self.from).unwrap_or(self.from), to: back(self.to).unwrap_or(self.to) }
    }
}

/// A period by its name: what it covers depends on the day it is asked on, which is its last unless it ended before.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    Today,
    Yesterday,
    /// Since Monday.
    Week,
    LastWeek,
    Month,
    LastMonth,
    Quarter,
    LastQuarter,
    Year,
    LastYear,
}

impl Span {
    pub const ALL: [Span; 10] = [
        Span::Today,
        Span::Yesterday,
        Span::Week,
        Span::LastWeek,
        Span::Month,
        Span::LastMonth,
        Span::Quarter,
        Span::LastQuarter,
        Span::Year,
        Span::LastYear,
    ];

    pub fn period(self, today: NaiveDate) -> Period {
        let monday = today - Days::new(today.weekday().num_days_from_monday().into());
        let month = today - Days::new(today.day0().into());
        let quarter = month - Months::new(month.month0() % 3);
        let year = month - Months::new(month.month0());
        let since = |from| Period { from, to: today };
        let until = |from, next: NaiveDate| Period { from, to: next - Days::new(1) };
        match self {
            Span::Today => Period::day(today),
            Span::Yesterday => Period::day(today - Days::new(1)),
            Span::Week => since(monday),
            Span::LastWeek => until(monday - Days::new(7), monday),
            Span::Month => since(month),
            Span::LastMonth => until(month - Months::new(1), month),
            Span::Quarter => since(quarter),
            Span::LastQuarter => until(quarter - Months::new(3), quarter),
            Span::Year => since(year),
            Span::LastYear => until(year - Months::new(12), year),
        }
    }

    /// The name of a period, the shortest-lived one when several fit.
    pub fn of(period: Period, today: NaiveDate) -> Option<Span> {
        Span::ALL.into_iter().find(|span| span.period(today) == period)
    }
}

/// First instant of a local day. Where a clock change skips midnight, the first instant after it.
pub fn day_start(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..4)
        .find_map(|hour| zone.from_local_datetime(&(midnight + chrono::Duration::hours(hour))).earliest())
        .map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
}

/// The local day an instant falls on.
pub fn day_of(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(period: Period) -> String {
        format!("{} {}", period.from, period.to)
    }

    #[test]
    fn named_periods_end_today_or_when_they_ended() {
        let of = |span: Span, today: &str| written(span.period(today.parse().unwrap()));
        assert_eq!(of(Span::Week, "2026-11-21"), "2026-11-16 2026-11-21");
        assert_eq!(of(Span::Week, "2026-11-16"), "2026-11-16 2026-11-16");
        assert_eq!(of(Span::LastWeek, "2026-01-01"), "2025-12-22 2025-12-28");
        assert_eq!(of(Span::LastMonth, "2028-03-31"), "2028-02-01 2028-02-29");
        assert_eq!(of(Span::LastMonth, "2026-01-01"), "2025-12-01 2025-12-31");
        assert_eq!(of(Span::Quarter, "2026-12-31"), "2026-10-01 2026-12-31");
        assert_eq!(of(Span::LastQuarter, "2026-02-10"), "2025-10-01 2025-12-31");
        assert_eq!(of(Span::Year, "2026-02-10"), "2026-01-01 2026-02-10");
        assert_eq!(of(Span::LastYear, "2026-02-10"), "2025-01-01 2025-12-31");
        assert_eq!(of(Span::Yesterday, "2026-01-01"), "2025-12-31 2025-12-31");
    }

    #[test]
    fn a_comparison_covers_as_many_days_or_the_same_dates() {
        let period = |from: &str, to: &str| Period { from: from.parse().unwrap(), to: to.parse().unwrap() };
        let november = period("2026-11-01", "2026-11-21");
        assert_eq!(written(november.before(Comparison::Previous)), "2026-10-11 2026-10-31");
        assert_eq!(written(november.before(Comparison::YearAgo)), "2025-11-01 2025-11-21");
        let leap = period("2028-02-29", "2028-02-29");
        assert_eq!(written(leap.before(Comparison::YearAgo)), "2027-02-28 2027-02-28");
    }
}
