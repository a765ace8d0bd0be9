//! Single values: what people and spreadsheets write for a day, a time, an amount, a number.

use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::Fault;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::text;

/// A value of a named column.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    pub column: &'static str,
    pub text: &'a str,
}

impl<'a> Value<'a> {
    /// `None` when nothing stands there.
    fn given(self) -> Option<&'a str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    fn read<T>(self, wanted: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Fault> {
        let Some(text) = self.given() else { return Ok(None) };
        parse(text).map(Some).ok_or_else(|| self.fault(format!("«{}» is not {wanted}", text::clean(text))))
    }

    /// The value, or that it is missing.
    pub fn required<T>(self, value: Option<T>) -> Result<T, Fault> {
        value.ok_or_else(|| self.fault("nothing stands here, and something must".to_owned()))
    }

    pub fn fault(self, problem: String) -> Fault {
        Fault { line: None, column: Some(self.column), problem }
    }

    /// Cleaned of what could steer a terminal.
    pub fn text(self) -> String {
        text::clean(self.text)
    }

    pub fn optional_text(self) -> Option<String> {
        Some(self.text()).filter(|text| !text.is_empty())
    }

    pub fn required_text(self) -> Result<String, Fault> {
        self.required(self.optional_text())
    }

    /// Cleaned line by line and not cut: scripts and comments have several, and as long as they are.
    pub fn lines(self) -> String {
        let visible = |line: &str| line.chars().filter(|c| text::is_visible(*c)).collect::<String>();
        let lines: Vec<String> = self.text.lines().map(|line| visible(line).trim_end().to_owned()).collect();
        lines.join("\n").trim().to_owned()
    }

    pub fn day(self) -> Result<Option<NaiveDate>, Fault> {
        self.read("a day; write it as 1990-02-28 or 28.02.1990", day)
    }

    pub fn instant(self, zone: Tz) -> Result<Option<DateTime<Utc>>, Fault> {
        self.read("a time; write it as 2026-11-20 13:05:00 or 20.11.2026 13:05", |text| instant(text, zone))
    }

    /// Nothing is nothing: 0.
    pub fn money(self) -> Result<Money, Fault> {
        Ok(self.read("an amount in roubles; write it as -1200.50", money)?.unwrap_or_default())
    }

    pub fn seconds(self) -> Result<Duration, Fault> {
        Ok(self.read("a number of seconds; write it as 75 or 75.5", seconds)?.unwrap_or_default())
    }

    pub fn minutes(self) -> Result<u32, Fault> {
        let minutes = self.read("a whole number of minutes; write it as 60", |text| text.parse().ok())?;
        self.required(minutes)
    }

    /// Several stand with `|`, `,` or `;` between them; one with spaces in it is one, else a space divides too.
    pub fn phones(self) -> Result<Vec<Phone>, Fault> {
        let parts = self.text.split(['|', ',', ';', '\n']).filter(|part| !part.trim().is_empty());
        let phones = parts.map(phones).collect::<Option<Vec<_>>>();
        let wanted = if self.text.contains("E+") {
            "a phone number but what a spreadsheet made of one; make the column a text there"
        } else {
            "a phone number; write +79160000000, several with | between"
        };
        let fault = || self.fault(format!("«{}» is not {wanted}", text::clean(self.text)));
        phones.map(|phones| phones.concat()).ok_or_else(fault)
    }

    /// One of a few words, in capitals or not.
    pub fn word<T: Copy>(self, words: &[(&str, T)]) -> Result<Option<T>, Fault> {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.read(&format!("one of {}", known.join(", ")), |text| {
            words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|(_, value)| *value)
        })
    }
}

/// One number, however it is written, or several with spaces between.
fn phones(text: &str) -> Option<Vec<Phone>> {
    match Phone::parse(text) {
        Some(phone) => Some(vec![phone]),
        None => text.split_whitespace().map(Phone::parse).collect(),
    }
}

/// Years a clinic can speak of; what lies far outside would not fit where times are reckoned with.
const YEARS: std::ops::RangeInclusive<i32> = 1880..=2200;

fn day(text: &str) -> Option<NaiveDate> {
    let day = text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d.%m.%Y").ok());
    day.filter(|day: &NaiveDate| YEARS.contains(&day.year()))
}

/// Up to a week: no call lasts longer.
fn seconds(text: &str) -> Option<Duration> {
    const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
    let seconds = Duration::try_from_secs_f64(text.replace(',', ".").parse().ok()?).ok()?;
    (seconds <= WEEK).then_some(seconds)
}

/// With an offset as it says, without one in the clinic's zone; the first of two where clocks go back.
fn instant(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.with_timezone(&Utc)).filter(|instant| YEARS.contains(&instant.year()));
    }
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"];
    let other = || forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let local: NaiveDateTime = text.parse().ok().or_else(other)?;
    if !YEARS.contains(&local.year()) {
        return None;
    }
    Some(zone.from_local_datetime(&local).earliest()?.with_timezone(&Utc))
}

/// Roubles with up to two decimals, a point or a comma, spaces between thousands.
fn money(text: &str) -> Option<Money> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let (minus, amount) = match plain.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    let (roubles, kopecks) = amount.split_once('.').unwrap_or((amount, ""));
    if kopecks.len() > 2 || !(roubles.to_owned() + kopecks).bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kopecks: i64 = format!("{kopecks:0<2}").parse().ok()?;
    let sum = roubles.parse::<i64>().ok()?.checked_mul(100)?.checked_add(kopecks)?;
    Some(Money(if minus { -sum } else { sum }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_or_refused() {
        let read = [("1200", 120_000), ("-1 200,5", -120_050), ("0.07", 7), ("−3", -300), ("5.", 500)];
        for (text, kopecks) in read {
            assert_eq!(money(text), Some(Money(kopecks)), "{text}");
        }
        for text in ["", "-", "1.234", "12a", "1e3", "--1", "+5", "99999999999999999999"] {
            assert_eq!(money(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_local_unless_they_say_otherwise() {
        let zone = chrono_tz::Europe::Moscow;
        for text in ["2026-11-20T13:05:00", "2026-11-20 13:05", "20.11.2026 13:05", "2026-11-20T10:05:00Z"] {
            assert_eq!(instant(text, zone).unwrap().to_rfc3339(), "2026-11-20T10:05:00+00:00", "{text}");
        }
        for text in ["2026-11-20", "13:05", "2026-13-20 13:05", "soon"] {
            assert_eq!(instant(text, zone), None, "{text}");
        }
    }

    #[test]
    fn comments_keep_their_lines_and_their_length() {
        let long = "слово ".repeat(200);
        let text = format!("  первая\r\n\u{1b}[2Jвторая\n{long}\n");
        let value = Value { column: "comment", text: &text };
        assert_eq!(value.lines(), format!("первая\n[2Jвторая\n{}", long.trim_end()));
    }

    #[test]
    fn phones_stand_together_as_people_write_them() {
        let read = |text| Value { column: "phones", text }.phones();
        for text in
            ["8 (942) 123-45-67, 8 942 765 43 21", "+79421234567|89427654321", "89421234567 89427654321"]
        {
            let numbers = read(text).unwrap().iter().map(Phone::to_string).collect::<Vec<_>>();
            assert_eq!(numbers, ["+79421234567", "+79427654321"], "{text}");
        }
        assert!(read("8 942 123-45-67 мама").unwrap_err().problem.contains("«8 942 123-45-67 мама»"));
        assert!(read("7,94212E+10").unwrap_err().problem.contains("spreadsheet"));
    }

    #[test]
    fn days_that_are_not_in_the_calendar_are_refused() {
        assert_eq!(day("28.02.2026"), day("2026-02-28"));
        assert_eq!(day("2026-02-30"), None);
    }
}
