//! Single fields of messages: missing values, escapes, the time a header tells.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};

use super::leg::At;
use crate::domain::phone::{Phone, Remote};
use crate::domain::text;
use crate::telephony::asterisk::wire::Message;

/// In seconds: a month. Whatever counts more is no figure.
const LONGEST_CALL: u64 = 31 * 24 * 60 * 60;

/// The name the network announced. `None` when there is none worth showing: a word for "nothing", the number
/// again, or one whose bytes were no UTF-8 and are lost.
pub fn caller_name(message: &Message) -> Option<String> {
    let number = message.get("CallerIDNum").unwrap_or_default();
    name(&unescaped(message.known("CallerIDName")?), number)
}

/// The same of a name that is not escaped.
pub fn name(raw: &str, number: &str) -> Option<String> {
    let name = text::clean(raw);
    let is_number = name == number || Phone::parse(&name).is_some();
    let is_nobody = Remote::parse(&name) == Remote::Withheld;
    (!name.is_empty() && !is_number && !is_nobody && !name.contains('\u{fffd}')).then_some(name)
}

/// Names in channel events are C-escaped, once.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match if c == '\\' { chars.next() } else { None } {
            None => text.push(c),
            Some('n' | 'r' | 't') => text.push(' '),
            Some(escaped @ ('\\' | '"')) => text.push(escaped),
            Some(other) => text.extend(['\\', other]),
        }
    }
    text
}

/// The dialled number of ours; an extension of the dialplan's own making (`s`, `2`) is none.
pub fn line(exten: &str) -> Option<String> {
    let line = text::clean(exten.split(char::is_control).next().unwrap_or_default());
    (line.len() > 2).then_some(line)
}

pub fn timestamp(message: &Message) -> Option<At> {
    let seconds = message.timestamp().filter(|seconds| seconds.is_finite())?;
    DateTime::from_timestamp_micros((seconds * 1e6) as i64)
}

/// `HH:MM:SS` in seconds.
pub fn clock_seconds(duration: &str) -> Option<u64> {
    let add = |sum: u64, part: &str| sum.checked_mul(60)?.checked_add(part.parse::<u16>().ok()?.into());
    duration.split(':').try_fold(0, add)
}

/// A trailing field that counts whole seconds of a call.
pub fn seconds(message: &Message, name: &str) -> Option<Duration> {
    message.number(name).filter(|seconds| *seconds <= LONGEST_CALL).map(Duration::from_secs)
}

/// The moment so many seconds before; `at` itself where they are too many for a call.
pub fn before(at: At, seconds: u64) -> At {
    let plausible = i64::try_from(seconds).ok().filter(|_| seconds <= LONGEST_CALL);
    plausible.and_then(TimeDelta::try_seconds).and_then(|past| at.checked_sub_signed(past)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::{clock_seconds, line, unescaped};

    #[test]
    fn escapes_are_undone_once() {
        assert_eq!(unescaped(r#"\\\"x\\\\"#), r#"\"x\\"#);
        assert_eq!(unescaped(r"a\tb\"), r"a b\");
    }

    #[test]
    fn reads_clocks_and_lines() {
        assert_eq!(clock_seconds("01:00:05"), Some(3605));
        assert_eq!(clock_seconds("x"), None);
        assert_eq!(clock_seconds(&["65535"; 20].join(":")), None);
        assert_eq!(line("74950000001").as_deref(), Some("74950000001"));
        assert_eq!(line("s"), None);
    }
}
