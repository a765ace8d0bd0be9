//! The manager interface's wire: bytes in, messages out, and the encoder of actions.
//!
//! Owns framing and its limits, header lookup, and the mending of messages that an outside caller tore apart
//! with line breaks in his number. Knows nothing of calls. TCP may cut the bytes anywhere.

mod action;
mod decoder;
mod tear;

pub use action::{Action, Unsafe};
pub use decoder::Decoder;

/// One message: its headers in order, repeats included.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Message {
    headers: Vec<(String, String)>,
}

impl Message {
    /// A message told again from a record: its values are whole, whatever they hold.
    pub fn of(headers: impl IntoIterator<Item = (String, String)>) -> Message {
        Message { headers: headers.into_iter().collect() }
    }

    /// The first header of that name, whatever its case: what stands first was written by the PBX, what an
    /// outside caller forges can only come after the field it broke out of.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The first header's value, unless it is one of the PBX's words for "nothing".
    pub fn known(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| is_something(value))
    }

    /// The last header's value, unless it means "nothing": for fields that the PBX writes behind everything
    /// a caller can write into.
    pub fn trailing(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().rfind(|(n, _)| n.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).filter(|value| is_something(value))
    }

    /// A trailing field that is a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.trailing(name)?.trim().parse().ok()
    }

    /// The event's name; `None` for responses.
    pub fn event(&self) -> Option<&str> {
        self.opens_with("Event")
    }

    /// `Success`, `Error`, ...; `None` for events, also those that carry a header of that name.
    pub fn response(&self) -> Option<&str> {
        self.opens_with("Response")
    }

    pub fn action_id(&self) -> Option<&str> {
        self.get("ActionID")
    }

    /// Whether the PBX says this happens now: `Privilege` stands right behind the event's name. List items
    /// and most forged events lack it there.
    pub fn is_live(&self) -> bool {
        self.event().is_some() && self.name_at(1).is_some_and(|name| name.eq_ignore_ascii_case("Privilege"))
    }

    /// `timestampevents = yes` puts the time into the third line, and nowhere else: seconds since 1970.
    pub fn timestamp(&self) -> Option<f64> {
        let (name, value) = self.headers.get(2)?;
        if name.eq_ignore_ascii_case("Timestamp") { value.parse().ok() } else { None }
    }

    fn opens_with(&self, name: &str) -> Option<&str> {
        self.headers.first().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn name_at(&self, index: usize) -> Option<&str> {
        self.headers.get(index).map(|(name, _)| name.as_str())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|(name, _)| name.as_str())
    }

    fn push(&mut self, line: &str) {
        if let Some((name, value)) = line.split_once(':') {
            self.headers.push((name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned()));
        }
    }
}

fn is_something(value: &str) -> bool {
    !matches!(value, "" | "<unknown>" | "unknown" | "none")
}

#[cfg(test)]
mod tests;
