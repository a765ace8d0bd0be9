//! Single fields of messages: missing values, escapes, the time a header tells.

use chrono::DateTime;

use super::leg::At;
use crate::domain::phone::{Phone, Remote};
use crate::domain::text;
use crate::telephony::asterisk::wire::Message;

/// The name the network announced. `None` when there is none worth showing: a word for "nothing", the number
/// again, or one whose bytes were no UTF-8 and are lost.
pub fn caller_name(message: &Message) -> Option<String> {
    let name = text::clean(&unescaped(message.known("CallerIDName")?));
    let number = message.get("CallerIDNum").unwrap_or_default();
    let is_number = name == number || Phone::parse(&name).is_some();
    let is_nobody = Remote::parse(&name) == Remote::Withheld;
    (!is_number && !is_nobody && !name.contains('\u{fffd}')).then_some(name)
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
pub fn clock_seconds(duration: &str) -> Option<i64> {
    duration.split(':').try_fold(0i64, |sum, part| Some(sum * 60 + part.parse::<u16>().ok()? as i64))
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
        assert_eq!(line("74950000001").as_deref(), Some("74950000001"));
        assert_eq!(line("s"), None);
    }
}
