//! Telephone numbers: one stored form, E.164, for everything that is a number; the rest kept as it came.
//!
//! Reading a number (`reading`) is forgiving about how people and trunks write it and strict about what it
//! takes for one: a wrong match would show a stranger's card.

mod reading;

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};
use serde::{Deserialize, Serialize};

use super::text;

/// An E.164 number without its `+`, e.g. `79161234567`. Displays as `+79161234567`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(pub u64);

impl Phone {
    /// Reads a number in any form a trunk or a person writes it, Russian where no country is named. `None`
    /// for short, local, withheld and impossible ones, and for text that merely contains digits.
    pub fn parse(raw: &str) -> Option<Phone> {
        reading::number(raw)
    }

    /// Grouped for reading: `+7 916 123-45-67`, elsewhere as the country does it.
    pub fn international(&self) -> String {
        let digits = self.0.to_string();
        match digits.strip_prefix('7').filter(|national| national.len() == 10) {
            Some(n) => format!("+7 {} {}-{}-{}", &n[..3], &n[3..6], &n[6..8], &n[8..]),
            None => PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None).map_or_else(
                |_| self.to_string(),
                |number| PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::International).into_owned(),
            ),
        }
    }

    /// The last `n` digits, by which people pick a call.
    pub fn tail(&self, n: usize) -> String {
        let digits = self.0.to_string();
        digits[digits.len().saturating_sub(n)..].to_owned()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

/// The other side of a call, as far as its number tells.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remote {
    Number(Phone),
    /// Our own extension, a short or local number, or text that is no number: kept as it came, cleaned.
    Other(String),
    /// The caller hides the number. Never matched to a person.
    Withheld,
}

impl Remote {
    /// What follows the first control character is not read at all: on a line-based wire that is where an
    /// outside caller's forged headers begin.
    pub fn parse(raw: &str) -> Remote {
        let written = reading::before_control(raw);
        if reading::is_withheld(written) {
            return Remote::Withheld;
        }
        Phone::parse(written).map_or_else(|| Remote::Other(text::clean(written)), Remote::Number)
    }

    pub fn phone(&self) -> Option<Phone> {
        match self {
            Remote::Number(phone) => Some(*phone),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
