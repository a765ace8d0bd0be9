//! Actions: what we send. A control character in a value would become a header or an action of its own, so
//! none ever leaves; Asterisk reads at most 1024 bytes of a line.

use std::fmt::Write;

const LONGEST_LINE: usize = 1000;

/// A value that may not be sent; names the header, never the value.
#[derive(Clone, Copy, PartialEq, Debug, thiserror::Error)]
#[error("{0} holds characters that may not be sent")]
pub struct Unsafe(pub &'static str);

/// An action being written.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    text: String,
}

impl Action {
    pub fn new(name: &'static str, id: &str) -> Result<Action, Unsafe> {
        let action = Action { text: String::new() };
        action.with("Action", name)?.with("ActionID", id)
    }

    pub fn with(mut self, header: &'static str, value: &str) -> Result<Action, Unsafe> {
        if value.chars().any(char::is_control) || header.len() + value.len() > LONGEST_LINE {
            return Err(Unsafe(header));
        }
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{header}: {value}\r\n");
        Ok(self)
    }

    pub fn encode(&self) -> Vec<u8> {
        format!("{}\r\n", self.text).into_bytes()
    }
}
