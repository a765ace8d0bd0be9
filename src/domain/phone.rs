//! Telephone numbers: one stored form, E.164, for everything that is a number; the rest kept as it came.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An E.164 number without its `+`, e.g. `79161234567`. Displays as `+79161234567`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(pub u64);

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
    pub fn phone(&self) -> Option<Phone> {
        match self {
            Remote::Number(phone) => Some(*phone),
            _ => None,
        }
    }
}
