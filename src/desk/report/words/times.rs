//! Days, weeks, months, weekdays and hours as rows and headings call them.

use chrono::{Datelike, Days, NaiveDate};

use super::Words;
use crate::desk::format;

const WEEKDAYS: [&str; 7] = [
    "weekday-monday",
    "weekday-tuesday",
    "weekday-wednesday",
    "weekday-thursday",
    "weekday-friday",
    "weekday-saturday",
    "weekday-sunday",
];

const WEEKDAYS_SHORT: [&str; 7] =
    ["weekday-mon", "weekday-tue", "weekday-wed", "weekday-thu", "weekday-fri", "weekday-sat", "weekday-sun"];

const MONTHS: [&str; 12] = [
    "month-january",
    "month-february",
    "month-march",
    "month-april",
    "month-may",
    "month-june",
    "month-july",
    "month-august",
    "month-september",
    "month-october",
    "month-november",
    "month-december",
];

impl Words<'_> {
    /// «Понедельник»; 0 is Monday.
    pub fn weekday(&self, weekday: u8) -> String {
        self.say(WEEKDAYS[usize::from(weekday) % 7])
    }

    /// «Пн»; 0 is Monday.
    pub fn weekday_short(&self, weekday: u8) -> String {
        self.say(WEEKDAYS_SHORT[usize::from(weekday) % 7])
    }

    /// «21.11.2026 Сб»
    pub fn day(&self, day: NaiveDate) -> String {
        let weekday = self.say(WEEKDAYS_SHORT[day.weekday().num_days_from_monday() as usize]);
        format!("{} {weekday}", format::date(day, self.look))
    }

    /// «16.11–22.11.2026»
    pub fn week(&self, monday: NaiveDate) -> String {
        let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(monday);
        format::span(monday, sunday, self.look)
    }

    /// «ноябрь 2026»
    pub fn month(&self, first: NaiveDate) -> String {
        format!("{} {}", self.say(MONTHS[first.month0() as usize]), first.year())
    }

    /// «09:00–10:00»
    pub fn hour(&self, hour: u8) -> String {
        format!("{hour:02}:00{}{:02}:00", self.look.signs.to, hour + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::look::Look;
    use crate::desk::{Language, Text};
    use crate::domain::directory::Directories;
    use crate::domain::report::Group;

    fn said(language: Language) -> Vec<String> {
        let look = Look::on_paper(Text::new(language), chrono_tz::Europe::Moscow);
        let words = Words { look: &look, directories: &Directories::default() };
        let day = |text: &str| text.parse().unwrap();
        let groups = [
            Group::Day(day("2026-11-21")),
            Group::Week(day("2026-11-16")),
            Group::Week(day("2025-12-29")),
            Group::Month(day("2026-11-01")),
            Group::Weekday(0),
            Group::Hour(9),
            Group::Hour(23),
        ];
        groups.iter().map(|group| words.group(group)).collect()
    }

    #[test]
    fn times_read_as_people_say_them() {
        let ru = [
            "21.11.2026 Сб",
            "16.11–22.11.2026",
            "29.12.2025–04.01.2026",
            "ноябрь 2026",
            "Понедельник",
            "09:00–10:00",
            "23:00–24:00",
        ];
        assert_eq!(said(Language::Ru), ru);
        let en = [
            "21 Nov 2026 Sat",
            "16 Nov–22 Nov 2026",
            "29 Dec 2025–04 Jan 2026",
            "November 2026",
            "Monday",
            "09:00–10:00",
            "23:00–24:00",
        ];
        assert_eq!(said(Language::En), en);
    }
}
