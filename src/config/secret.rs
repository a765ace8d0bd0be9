//! The telephony secret: from a file or the environment, never from an argument, never in a log.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Error, File};

/// Environment variable that stands in for `asterisk.secret_file`.
pub const SECRET_VARIABLE: &str = "PULT_ASTERISK_SECRET";

const KEY: &str = "asterisk.secret_file";

/// Where the secret is, or the secret itself. Looked up only by what connects: a report from cron needs none.
#[derive(Clone, PartialEq)]
pub enum Secret {
    /// Just typed by a person.
    Typed(String),
    /// The first line of the file that the configuration `config` names, else the environment.
    Kept { config: PathBuf, file: Option<PathBuf> },
}

impl Secret {
    pub fn reveal(&self) -> Result<String, Error> {
        match self {
            Secret::Typed(text) => Ok(text.clone()),
            Secret::Kept { config, file } => find(&File(config), file.as_deref()),
        }
    }
}

fn find(config: &File, named: Option<&Path>) -> Result<String, Error> {
    let found = match named {
        Some(path) => config.named(KEY, path)?.text.lines().next().map(str::to_owned),
        None => std::env::var(SECRET_VARIABLE).ok(),
    };
    let absent = || {
        let remedy = "put it in a file and name the file here, or set";
        config.fault(KEY, format!("no secret: {remedy} {SECRET_VARIABLE}"))
    };
    found.filter(|text| !text.is_empty()).ok_or_else(absent)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
