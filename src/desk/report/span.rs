//! The usual periods, by name.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::period::Period;

/// A usual period. One that is not over ends today: later days have no calls yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Span {
    Today,
    Yesterday,
    Week,
    LastWeek,
    Month,
    LastMonth,
    Quarter,
    Other,
}

/// In the order of the filter.
pub const NAMED: [Span; 7] =
    [Span::Today, Span::Yesterday, Span::Week, Span::LastWeek, Span::Month, Span::LastMonth, Span::Quarter];

impl Span {
    /// `None` for any other two dates.
    pub fn period(self, today: NaiveDate) -> Option<Period> {
        let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
        let month = today.with_day(1)?;
        let quarter = month.checked_sub_months(Months::new(month.month0() % 3))?;
        let (from, to) = match self {
            Span::Today => (today, today),
            Span::Yesterday => (today.pred_opt()?, today.pred_opt()?),
            Span::Week => (monday, today),
            Span::LastWeek => (monday.checked_sub_days(Days::new(7))?, monday.pred_opt()?),
            Span::Month => (month, today),
            Span::LastMonth => (month.checked_sub_months(Months::new(1))?, month.pred_opt()?),
            Span::Quarter => (quarter, today),
            Span::Other => return None,
        };
        Some(Period { from, to })
    }

    pub fn of(period: Period, today: NaiveDate) -> Span {
        let is = |span: &&Span| span.period(today) == Some(period);
        NAMED.iter().find(is).copied().unwrap_or(Span::Other)
    }

    pub fn key(self) -> &'static str {
        match self {
            Span::Today => "period-today",
            Span::Yesterday => "period-yesterday",
            Span::Week => "period-week",
            Span::LastWeek => "period-last-week",
            Span::Month => "period-month",
            Span::LastMonth => "period-last-month",
            Span::Quarter => "period-quarter",
            Span::Other => "period-other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_periods_end_today_or_when_they_ended() {
        let of = |span: Span, today: &str| {
            let period = span.period(today.parse().unwrap()).unwrap();
            format!("{} {}", period.from, period.to)
        };
        assert_eq!(of(Span::Week, "2026-11-21"), "2026-11-16 2026-11-21");
        assert_eq!(of(Span::Week, "2026-11-16"), "2026-11-16 2026-11-16");
        assert_eq!(of(Span::LastWeek, "2026-01-01"), "2025-12-22 2025-12-28");
        assert_eq!(of(Span::LastMonth, "2028-03-31"), "2028-02-01 2028-02-29");
        assert_eq!(of(Span::LastMonth, "2026-01-01"), "2025-12-01 2025-12-31");
        assert_eq!(of(Span::Quarter, "2026-12-31"), "2026-10-01 2026-12-31");
        assert_eq!(of(Span::Yesterday, "2026-01-01"), "2025-12-31 2025-12-31");
    }
}
