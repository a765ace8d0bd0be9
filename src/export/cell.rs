//! One value of a table: what it is, so that each form can write it in its own way.

use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use super::paper::Paper;
use crate::desk::Language;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::text::is_visible;
use crate::domain::written::{duration, grouped, nearest_second, whole_roubles};

#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    Empty,
    /// Of one line and nothing invisible; may still look like a formula or mark-up.
    Text(String),
    /// Called otherwise by people and by programs.
    Named {
        shown: String,
        plain: String,
    },
    Day(NaiveDate),
    At(NaiveDateTime),
    Count(u64),
    Length(Duration),
    Percent(f64),
    Money(Money),
    Phone(Phone),
}

impl Cell {
    /// Whole, however long: a comment is read in a spreadsheet too.
    pub fn text(text: &str) -> Cell {
        Cell::Text(one_line(text))
    }

    pub fn of<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell) -> Cell {
        value.map_or(Cell::Empty, cell)
    }

    /// Numbers line up on the right.
    pub fn is_numeric(&self) -> bool {
        !matches!(self, Cell::Text(_) | Cell::Named { .. } | Cell::Day(_) | Cell::At(_))
    }

    /// As people read it.
    pub fn shown(&self, paper: &Paper<'_>) -> String {
        match self {
            Cell::Empty => "–".to_owned(),
            Cell::Text(text) | Cell::Named { shown: text, .. } => text.clone(),
            Cell::Day(day) => paper.words.day(*day),
            Cell::At(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
            Cell::Count(count) => grouped(*count, NO_BREAK),
            Cell::Length(length) => duration(nearest_second(*length)),
            Cell::Percent(percent) => self::percent(*percent, paper.language()),
            Cell::Money(money) => roubles(*money),
            Cell::Phone(phone) => phone.international(),
        }
    }

    /// As programs read it: seconds, roubles with kopecks, a point before fractions.
    pub fn plain(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Named { plain: text, .. } => text.clone(),
            Cell::Day(day) => day.to_string(),
            Cell::At(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
            Cell::Count(count) => count.to_string(),
            Cell::Length(length) => format!("{:.1}", length.as_secs_f64()),
            Cell::Percent(percent) => format!("{percent:.1}"),
            Cell::Money(money) => plain_roubles(*money),
            // Its digits, so that nothing takes its plus for a formula.
            Cell::Phone(phone) => phone.0.to_string(),
        }
    }
}

const NO_BREAK: &str = "\u{a0}";

pub fn percent(percent: f64, language: Language) -> String {
    match language {
        Language::Ru => format!("{percent:.1}{NO_BREAK}%").replace('.', ","),
        Language::En => format!("{percent:.1}%"),
    }
}

/// Whole roubles, in groups of three.
pub fn roubles(money: Money) -> String {
    let shown = grouped(whole_roubles(money), NO_BREAK);
    if money.0 < 0 { format!("−{shown}") } else { shown }
}

/// Roubles with kopecks, for programs: `-1200.50`.
pub fn plain_roubles(money: Money) -> String {
    let sign = if money.0 < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", money.0.unsigned_abs() / 100, money.0.unsigned_abs() % 100)
}

/// Without what could steer a terminal, deceive a reader or end a line.
pub fn one_line(text: &str) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    line.chars().filter(|c| is_visible(*c)).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_keeps_its_sign_and_its_kopecks() {
        assert_eq!(Cell::Money(Money(-120_050)).plain(), "-1200.50");
        assert_eq!(Cell::Money(Money(-5)).plain(), "-0.05");
        assert_eq!(roubles(Money(-120_050)), "−1\u{a0}201");
        assert_eq!(roubles(Money(0)), "0");
    }

    #[test]
    fn a_text_is_one_visible_line() {
        assert_eq!(one_line("\u{1b}[2J\t=1\r\n\u{202e}x\0 "), "[2J =1  x");
        assert_eq!(one_line(&"Ы".repeat(80)).chars().count(), 80);
    }
}
