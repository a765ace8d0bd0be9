//! The telephony secret: from a file or the environment, never from an argument, never in a log.

use std::fmt;
use std::path::Path;

use super::Error;

/// Environment variable that stands in for `asterisk.secret_file`.
pub const SECRET_VARIABLE: &str = "PULT_ASTERISK_SECRET";

#[derive(Clone, PartialEq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: String) -> Secret {
        Secret(text)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The file's first line when a file is named, else the environment.
    pub(super) fn find(file: Option<&Path>) -> Result<Secret, Error> {
        let found = match file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|source| Error::Read { path: path.into(), source })?
                .lines()
                .next()
                .map(str::to_owned),
            None => std::env::var(SECRET_VARIABLE).ok(),
        };
        match found {
            Some(text) if !text.is_empty() => Ok(Secret(text)),
            _ => Err(Error::Value {
                key: "asterisk.secret_file",
                problem: format!(
                    "no secret: put it in a file and name the file here, or set {SECRET_VARIABLE}"
                ),
            }),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
