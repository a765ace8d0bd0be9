//! The telephony secret: from a file or the environment, never from an argument, never in a log.

use std::fmt;
use std::path::Path;

use super::{Error, File};

/// Environment variable that stands in for `asterisk.secret_file`.
pub const SECRET_VARIABLE: &str = "PULT_ASTERISK_SECRET";

const KEY: &str = "asterisk.secret_file";

#[derive(Clone, PartialEq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: String) -> Secret {
        Secret(text)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The first line of the file named when one is, else the environment.
    pub(super) fn find(config: &File, named: Option<&Path>) -> Result<Secret, Error> {
        let found = match named {
            Some(path) => config.named(KEY, path)?.text.lines().next().map(str::to_owned),
            None => std::env::var(SECRET_VARIABLE).ok(),
        };
        let absent = || {
            let remedy = "put it in a file and name the file here, or set";
            config.fault(KEY, format!("no secret: {remedy} {SECRET_VARIABLE}"))
        };
        found.filter(|text| !text.is_empty()).map(Secret).ok_or_else(absent)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
