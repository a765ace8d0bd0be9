//! Choosing a call by the last two to four digits of its number.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::desk::BoardCall;
use crate::domain::id::CallId;
use crate::domain::phone::Remote;

/// Digits typed with a longer pause between them belong to different numbers.
const TOGETHER: TimeDelta = TimeDelta::seconds(2);
const FEWEST: usize = 2;
const MOST: usize = 4;

#[derive(Debug, Default)]
pub struct Digits {
    typed: String,
    found: Option<CallId>,
    until: Option<DateTime<Utc>>,
}

/// What the digits typed so far say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    Nothing,
    /// Ends in them, but another call could still be meant by more digits.
    Perhaps(CallId),
    /// No other call can be meant.
    Certain(CallId),
}

impl Digits {
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether no call ends in what is typed: nothing may be opened in its place.
    pub fn miss(&self) -> bool {
        !self.typed.is_empty() && self.found.is_none()
    }

    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.until
    }

    pub fn expire(&mut self, now: DateTime<Utc>) {
        if self.until.is_some_and(|until| until <= now) {
            self.clear();
        }
    }

    pub fn clear(&mut self) {
        *self = Digits::default();
    }

    /// Whether no more digits can be meant to follow.
    pub fn is_full(&self) -> bool {
        self.typed.len() == MOST
    }

    /// Takes one more digit. A longer row than a choice may have begins anew.
    pub fn press(&mut self, digit: char, calls: &[BoardCall], now: DateTime<Utc>) -> Found {
        self.expire(now);
        if self.is_full() {
            self.typed.clear();
        }
        self.typed.push(digit);
        self.until = Some(now + TOGETHER);
        let found = find_live_first(&self.typed, calls);
        match found {
            Found::Nothing => self.found = None,
            Found::Perhaps(call) => self.found = Some(call),
            Found::Certain(_) => self.clear(),
        }
        found
    }
}

/// Who waits on the line is meant before who is over: the same caller may stand here twice.
fn find_live_first(typed: &str, calls: &[BoardCall]) -> Found {
    if typed.len() < FEWEST {
        return Found::Nothing;
    }
    match find(typed, calls.iter().filter(|call| call.snapshot.is_live())) {
        Found::Nothing => find(typed, calls.iter()),
        found => found,
    }
}

fn find<'c>(typed: &str, calls: impl Iterator<Item = &'c BoardCall>) -> Found {
    let numbers: Vec<(CallId, String)> =
        calls.map(|call| (call.id, digits_of(&call.snapshot.remote))).collect();
    let mut whole = numbers.iter().filter(|(_, number)| number.ends_with(typed));
    let longer = numbers.iter().any(|(_, number)| continues(number, typed));
    match (whole.next(), whole.next()) {
        (None, _) => Found::Nothing,
        (Some((call, _)), None) if !longer => Found::Certain(*call),
        (Some((call, _)), _) => Found::Perhaps(*call),
    }
}

/// Whether `typed` may be the beginning of the number's last three or four digits.
fn continues(number: &str, typed: &str) -> bool {
    (typed.len() + 1..=MOST)
        .filter_map(|length| number.len().checked_sub(length))
        .any(|start| number.get(start..).is_some_and(|end| end.starts_with(typed)))
}

fn digits_of(remote: &Remote) -> String {
    match remote {
        Remote::Number(phone) => phone.0.to_string(),
        Remote::Other(text) => text.chars().filter(char::is_ascii_digit).collect(),
        Remote::Withheld => String::new(),
    }
}
