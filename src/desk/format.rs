//! Numbers, money, times and names as people read them.

use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use unicode_width::UnicodeWidthStr;

use crate::domain::money::Money;
use crate::domain::phone::{Phone, Remote};
pub use crate::domain::written::{duration, grouped};

use super::look::Look;
use super::setup::Language;

/// `−1 200,00 ₽`: kopecks always shown, so that sums line up.
pub fn money(amount: Money, look: &Look) -> String {
    let sign = if amount.0 < 0 { look.signs.minus } else { "" };
    let kopecks = amount.0.unsigned_abs();
    let point = match look.language() {
        Language::Ru => ',',
        Language::En => '.',
    };
    let roubles = grouped(kopecks / 100, look.signs.thin);
    let gap = if look.signs.thin == " " { " " } else { "\u{a0}" };
    format!("{sign}{roubles}{point}{:02}{gap}{}", kopecks % 100, look.signs.rouble)
}

/// `916 123-45-67` where a column is narrow; a foreign number stays whole.
pub fn short_phone(phone: Phone) -> String {
    let whole = phone.international();
    whole.strip_prefix("+7 ").map_or_else(|| whole.clone(), str::to_owned)
}

pub fn remote(remote: &Remote, look: &Look) -> String {
    match remote {
        Remote::Number(number) => number.international(),
        Remote::Other(text) => text.clone(),
        Remote::Withheld => look.say("number-withheld").into_owned(),
    }
}

/// Whole seconds of the clock between two instants: everything on the screen turns over at one moment.
pub fn elapsed(since: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    Duration::from_secs(u64::try_from(now.timestamp() - since.timestamp()).unwrap_or(0))
}

pub fn clock(instant: DateTime<Utc>, look: &Look) -> String {
    look.local(instant).format("%H:%M").to_string()
}

pub fn clock_with_seconds(instant: DateTime<Utc>, look: &Look) -> String {
    look.local(instant).format("%H:%M:%S").to_string()
}

pub fn date(day: NaiveDate, look: &Look) -> String {
    let pattern = match look.language() {
        Language::Ru => "%d.%m.%Y",
        Language::En => "%d %b %Y",
    };
    day.format(pattern).to_string()
}

/// `01.11–21.11.2026`: the first year is said when it is another.
pub fn span(from: NaiveDate, to: NaiveDate, look: &Look) -> String {
    let same_year = from.year() == to.year();
    let from = if same_year { short_date(from, look) } else { date(from, look) };
    format!("{from}{}{}", look.signs.to, date(to, look))
}

/// `25.11`: the year goes without saying.
pub fn short_date(day: NaiveDate, look: &Look) -> String {
    let pattern = match look.language() {
        Language::Ru => "%d.%m",
        Language::En => "%d %b",
    };
    day.format(pattern).to_string()
}

/// Without the year where it is this one; the other years by two digits, for narrow places.
pub fn near_date(day: NaiveDate, today: NaiveDate, look: &Look) -> String {
    let short = short_date(day, look);
    let year = day.year().rem_euclid(100);
    match look.language() {
        _ if day.year() == today.year() => short,
        Language::Ru => format!("{short}.{year:02}"),
        Language::En => format!("{short} '{year:02}"),
    }
}

/// `Иванова М. П.`: the surname whole, the rest by letters.
pub fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let mut short = words.next().unwrap_or_default().to_owned();
    for initial in words.take(2).filter_map(|word| word.chars().next()) {
        short.push(' ');
        short.push(initial);
        short.push('.');
    }
    short
}

/// «Вера» of «Соколова Вера Ильинична».
pub fn given_name(name: &str) -> &str {
    name.split_whitespace().nth(1).unwrap_or(name)
}

/// A name that no person has: with quotation marks or figures, with a short word of capitals for its legal form, or
/// going on in small letters.
fn is_a_companys(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let form =
        words.next().is_some_and(|word| word.chars().count() <= 4 && word.chars().all(char::is_uppercase));
    let small = words.next().is_some_and(|word| word.starts_with(char::is_lowercase));
    form || small || name.contains(['«', '»', '"', '“', '”']) || name.contains(char::is_numeric)
}

/// A company's whole name; else the whole name, or the surname with initials, or the surname.
pub fn fit_name(name: &str, width: u16) -> String {
    let fits = |name: &str| name.width() <= usize::from(width);
    let short = short_name(name);
    match (fits(name), fits(&short)) {
        (true, _) => name.to_owned(),
        _ if is_a_companys(name) => name.to_owned(),
        (_, true) => short,
        _ => name.split_whitespace().next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_column_leaves_the_country_out() {
        assert_eq!(short_phone(Phone(79161234567)), "916 123-45-67");
        assert!(short_phone(Phone(442071234567)).starts_with("+44"));
    }

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!(grouped(310450, " "), "310 450");
        assert_eq!(grouped(7, " "), "7");
        assert_eq!(grouped(1000, " "), "1 000");
    }

    #[test]
    fn durations_read_as_on_a_phone() {
        assert_eq!(duration(Duration::from_secs(7)), "0:07");
        assert_eq!(duration(Duration::from_secs(3723)), "1:02:03");
    }

    #[test]
    fn a_companys_name_is_never_turned_into_initials() {
        assert_eq!(fit_name("Иванова Мария Петровна", 14), "Иванова М. П.");
        for name in ["ООО «Вымпел медиа»", "ИП Серов Глеб", "Страховая компания Юг", "Клиника 32"]
        {
            assert_eq!(fit_name(name, 10), name);
        }
    }

    #[test]
    fn a_short_name_keeps_the_surname() {
        assert_eq!(short_name("Иванова Мария Петровна"), "Иванова М. П.");
        assert_eq!(short_name("Водоканал"), "Водоканал");
    }
}
