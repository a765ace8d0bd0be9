//! Raw TOML to a validated configuration. `raw` mirrors the file, this module checks it once and hands plain
//! values down; `place` is the only part of pult that knows the user's folders.

mod past;
pub mod place;
mod raw;
mod recordings;
mod report;
mod secret;
mod uis;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

pub use past::{Database, History, Log, Recordings, Server, Source, Where};
pub use raw::{Language, Ring};
pub use recordings::Keeping;
pub use report::{Limits, Report};
pub use secret::Secret;
pub use uis::{Credentials, Listener, Uis};

/// A configuration every part can rely on.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    pub store: PathBuf,
    pub log: PathBuf,
    /// The folder of the files that operators have written from reports.
    pub exports: PathBuf,
    pub recordings: Keeping,
    pub zone: Tz,
    pub operator: Operator,
    pub desk: Desk,
    pub report: Report,
    pub telephony: Telephony,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Operator {
    /// The phone on the operator's desk; also how the store knows which employee sits here.
    pub extension: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Desk {
    pub language: Language,
    /// `None`: dark, or monochrome where the terminal asks for no colour.
    pub theme: Option<String>,
    /// Borders from ASCII only.
    pub ascii: bool,
    pub ring: Ring,
    /// TOML that overlays the shipped key table; `None` leaves it as shipped.
    pub keys: Option<Own>,
    /// TOML of the user's own theme; `None` leaves the shipped ones.
    pub own_theme: Option<Own>,
    /// Fluent messages of the user's own; `None` leaves the shipped words.
    pub words: Option<Own>,
}

/// A table of the user's own, and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Own {
    pub path: PathBuf,
    pub text: String,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Telephony {
    /// Nothing is connected: calls are logged by hand.
    Absent,
    Asterisk(Box<Asterisk>),
    Uis(Box<Uis>),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Asterisk {
    pub host: String,
    pub port: u16,
    pub username: String,
    pub secret: Secret,
    /// PJSIP endpoints (or channel names) that lead outside.
    pub trunks: Vec<String>,
    /// Own extensions; empty: every endpoint that is no trunk.
    pub extensions: Vec<String>,
    /// Dialplan context that click-to-call and transfers dial in.
    pub context: String,
    /// Channel technology of the phones: `PJSIP` or `SIP`.
    pub technology: String,
    /// The PBX's own record of the past, where we may read it.
    pub history: Option<History>,
    pub recordings: Option<Recordings>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read {path}: {source}", path = path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write {path}: {source}", path = path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{path}: {message}", path = path.display())]
    Syntax { path: PathBuf, message: String },
    #[error("{path}: {key}: {problem}", path = path.display())]
    Value { path: PathBuf, key: &'static str, problem: String },
    #[error("no home folder is known: name the file with --config")]
    NoHome,
}

/// The configuration file while it is checked: names in it start from its folder, and what is wrong names it.
struct File<'p>(&'p Path);

impl File<'_> {
    fn beside(&self, path: &Path) -> PathBuf {
        self.0.parent().unwrap_or(Path::new(".")).join(path)
    }

    fn fault(&self, key: &'static str, problem: impl Into<String>) -> Error {
        Error::Value { path: self.0.into(), key, problem: problem.into() }
    }

    /// The text of a file that the setting `key` names.
    fn named(&self, key: &'static str, path: &Path) -> Result<Own, Error> {
        let path = self.beside(path);
        let unreadable = |error| self.fault(key, format!("cannot read {}: {error}", path.display()));
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        Ok(Own { path, text })
    }
}

impl Config {
    /// Reads and checks `path`. Relative paths in it start from its folder.
    pub fn read(path: &Path) -> Result<Config, Error> {
        let text =
            std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.into(), source })?;
        let raw: raw::Raw = toml::from_str(&text).map_err(|error| Error::Syntax {
            path: path.into(),
            message: error.to_string().trim_end().into(),
        })?;
        raw.validate(&File(path))
    }
}
