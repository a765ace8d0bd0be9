//! A telephony secret: from a file or the environment, never from an argument, never in a log.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Error, File};

/// The setting that names a secret's file, and the environment variable that stands in for it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Names {
    pub setting: &'static str,
    pub variable: &'static str,
}

pub const ASTERISK: Names = Names { setting: "asterisk.secret_file", variable: "PULT_ASTERISK_SECRET" };
pub const UIS_KEY: Names = Names { setting: "uis.key_file", variable: "PULT_UIS_KEY" };
pub const UIS_PASSWORD: Names = Names { setting: "uis.password_file", variable: "PULT_UIS_PASSWORD" };
pub const UIS_LISTENER: Names =
    Names { setting: "uis.listener.secret_file", variable: "PULT_UIS_LISTENER_SECRET" };
pub const ASTERISK_DATABASE: Names =
    Names { setting: "asterisk.history.password_file", variable: "PULT_ASTERISK_DB_PASSWORD" };
pub const ASTERISK_RECORDINGS: Names =
    Names { setting: "asterisk.recordings.password_file", variable: "PULT_ASTERISK_RECORDINGS_PASSWORD" };

/// Where the secret is, or the secret itself. Looked up only by what connects: a report from cron needs none.
#[derive(Clone, PartialEq)]
pub enum Secret {
    /// Just typed by a person.
    Typed(String),
    /// The first line of the file that the configuration `config` names, else the environment.
    Kept { config: PathBuf, file: Option<PathBuf>, names: Names },
}

impl Secret {
    pub fn reveal(&self) -> Result<String, Error> {
        match self {
            Secret::Typed(text) => Ok(text.clone()),
            Secret::Kept { config, file, names } => find(&File(config), file.as_deref(), *names),
        }
    }
}

fn find(config: &File, named: Option<&Path>, names: Names) -> Result<String, Error> {
    let found = match named {
        Some(path) => config.named(names.setting, path)?.text.lines().next().map(str::to_owned),
        None => std::env::var(names.variable).ok(),
    };
    let absent = || {
        let remedy = "put it in a file and name the file here, or set";
        config.fault(names.setting, format!("no secret: {remedy} {}", names.variable))
    };
    found.filter(|text| !text.is_empty()).ok_or_else(absent)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
