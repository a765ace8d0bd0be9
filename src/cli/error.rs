//! What the command line says when it cannot go on: what is wrong, and what to do about it.

use std::fmt;
use std::process::ExitCode;

/// An error for people: one sentence, and a hint when there is something they can do.
#[derive(Debug)]
pub struct Failure {
    text: String,
    hint: Option<String>,
}

impl Failure {
    pub fn new(text: impl fmt::Display) -> Failure {
        Failure { text: text.to_string(), hint: None }
    }

    pub fn hint(mut self, hint: impl fmt::Display) -> Failure {
        self.hint = Some(hint.to_string());
        self
    }

    #[expect(clippy::print_stderr, reason = "the command line's own voice")]
    pub fn report(&self) -> ExitCode {
        eprintln!("pult: {}", self.text);
        if let Some(hint) = &self.hint {
            eprintln!("  hint: {hint}");
        }
        ExitCode::FAILURE
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::new(error)
    }
}
