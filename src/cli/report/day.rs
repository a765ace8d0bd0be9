//! Days as people and crontabs write them.

use std::str::FromStr;

use chrono::{Days, NaiveDate};

use crate::domain::report::day;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Day {
    Today,
    Yesterday,
    On(NaiveDate),
}

impl Day {
    pub fn date(self, today: NaiveDate) -> NaiveDate {
        match self {
            Day::Today => today,
            Day::Yesterday => today.checked_sub_days(Days::new(1)).unwrap_or(today),
            Day::On(date) => date,
        }
    }
}

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Day, &'static str> {
        match text {
            "today" => Ok(Day::Today),
            "yesterday" => Ok(Day::Yesterday),
            date => day(date).map(Day::On).ok_or("write a day as 2026-11-20, 20.11.2026, today or yesterday"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written_here() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let read = |text: &str| text.parse::<Day>().unwrap().date(today).to_string();
        assert_eq!(["2026-11-20", "20.11.2026"].map(read), ["2026-11-20", "2026-11-20"]);
        assert_eq!(["today", "yesterday"].map(read), ["2026-11-01", "2026-10-31"]);
        assert!("31.02.2026".parse::<Day>().is_err());
    }
}
