//! Questions on the plain terminal, each with an answer that Enter alone gives.

use std::io::{self, BufRead as _, Write as _};

use crate::cli::Failure;
use crate::config::Secret;
use crate::desk::Text;

/// Asks in the language of `text`; a question is known by its text's key.
pub struct Asker<'t> {
    pub text: &'t Text,
}

impl Asker<'_> {
    /// One of the numbered choices just listed, asked until it is one; the first for an empty answer.
    pub fn choice(&self, count: usize) -> Result<usize, Failure> {
        loop {
            match self.prompt(&format!("1–{count}"), "1")?.parse() {
                Ok(number) if (1..=count).contains(&number) => return Ok(number),
                _ => {}
            }
        }
    }

    /// The answer, or `standing` for an empty one.
    pub fn any(&self, key: &str, standing: &str) -> Result<String, Failure> {
        self.prompt(&self.text.say(key), standing)
    }

    pub fn port(&self, standing: u16) -> Result<u16, Failure> {
        loop {
            match self.any("setup-port", &standing.to_string())?.parse() {
                Ok(port) if port > 0 => return Ok(port),
                _ => say(&self.text.say("setup-port-wrong"))?,
            }
        }
    }

    /// Names divided by commas or spaces.
    pub fn names(&self, key: &str, standing: &[String]) -> Result<Vec<String>, Failure> {
        let answer = self.any(key, &standing.join(", "))?;
        Ok(answer.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    /// Never shown; asked until there is one. Nothing keeps the one that stands. `key` is that of the first question,
    /// `-again` and `-empty` follow it.
    pub fn secret(&self, key: &str, standing: Secret) -> Result<Secret, Failure> {
        let known = standing.reveal().is_ok_and(|secret| !secret.is_empty());
        let question = if known { format!("{key}-again") } else { key.to_owned() };
        loop {
            let answer = rpassword::prompt_password(format!("{}: ", self.text.say(&question)));
            match answer {
                Ok(secret) if !secret.is_empty() => return Ok(Secret::Typed(secret)),
                Ok(_) if known => return Ok(standing),
                Ok(_) => say(&self.text.say(&format!("{key}-empty")))?,
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(self.left()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn prompt(&self, question: &str, standing: &str) -> Result<String, Failure> {
        let mut out = io::stdout();
        match standing {
            "" => write!(out, "{question}: ")?,
            _ => write!(out, "{question} [{standing}]: ")?,
        }
        out.flush()?;
        let mut answer = String::new();
        if io::stdin().lock().read_line(&mut answer)? == 0 {
            return Err(self.left());
        }
        let answer = answer.trim();
        Ok(if answer.is_empty() { standing } else { answer }.to_owned())
    }

    /// The person went away (Ctrl-D).
    fn left(&self) -> Failure {
        Failure::new(self.text.say("setup-left"))
    }
}

pub fn say(line: &str) -> Result<(), Failure> {
    Ok(writeln!(io::stdout(), "{line}")?)
}
