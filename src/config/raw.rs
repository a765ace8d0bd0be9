//! The configuration file as it is written, and the one conversion into what the program relies on.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::secret::Secret;
use super::{Asterisk, Config, Desk, Error, Operator, Telephony, place};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Ru,
    En,
}

/// How a new call makes itself heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ring {
    Off,
    #[default]
    Bell,
    Osc9,
    Osc99,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Raw {
    store: RawStore,
    log: RawLog,
    clinic: RawClinic,
    operator: RawOperator,
    desk: RawDesk,
    asterisk: Option<RawAsterisk>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawStore {
    path: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawLog {
    path: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawClinic {
    zone: String,
}

impl Default for RawClinic {
    fn default() -> RawClinic {
        RawClinic { zone: "Europe/Moscow".into() }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawOperator {
    extension: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawDesk {
    language: Language,
    theme: Option<String>,
    ascii: bool,
    ring: Ring,
    keys: Option<PathBuf>,
    own_theme: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAsterisk {
    host: String,
    #[serde(default = "ami_port")]
    port: u16,
    username: String,
    secret_file: Option<PathBuf>,
    trunks: Vec<String>,
    #[serde(default)]
    extensions: Vec<String>,
    #[serde(default = "dial_context")]
    context: String,
    #[serde(default = "technology")]
    technology: String,
}

fn technology() -> String {
    "PJSIP".into()
}

fn ami_port() -> u16 {
    5038
}

fn dial_context() -> String {
    "from-internal".into()
}

impl Raw {
    pub fn validate(self, folder: &Path) -> Result<Config, Error> {
        Ok(Config {
            store: self.store.path.map_or_else(place::store, |path| Ok(folder.join(path)))?,
            log: self.log.path.map_or_else(place::log, |path| Ok(folder.join(path)))?,
            zone: self.clinic.zone.parse().map_err(|_| Error::Value {
                key: "clinic.zone",
                problem: format!("«{}» is no time zone; write one like Europe/Moscow", self.clinic.zone),
            })?,
            operator: Operator { extension: self.operator.extension },
            desk: self.desk.validate(folder)?,
            telephony: match self.asterisk {
                None => Telephony::Absent,
                Some(raw) => Telephony::Asterisk(raw.validate(folder)?),
            },
        })
    }
}

impl RawDesk {
    fn validate(self, folder: &Path) -> Result<Desk, Error> {
        Ok(Desk {
            language: self.language,
            theme: self.theme,
            ascii: self.ascii,
            ring: self.ring,
            keys: self.keys.map(|path| text(&folder.join(path))).transpose()?,
            own_theme: self.own_theme.map(|path| text(&folder.join(path))).transpose()?,
        })
    }
}

impl RawAsterisk {
    fn validate(self, folder: &Path) -> Result<Asterisk, Error> {
        let value = |key, problem: &str| Error::Value { key, problem: problem.into() };
        if self.trunks.is_empty() {
            return Err(value("asterisk.trunks", "name at least one trunk endpoint, e.g. [\"trunk\"]"));
        }
        if self.host.is_empty() {
            return Err(value("asterisk.host", "name the PBX's address, e.g. \"192.0.2.10\""));
        }
        Ok(Asterisk {
            host: self.host,
            port: self.port,
            username: self.username,
            secret: Secret::find(self.secret_file.map(|path| folder.join(path)).as_deref())?,
            trunks: self.trunks,
            extensions: self.extensions,
            context: self.context,
            technology: self.technology,
        })
    }
}

fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.into(), source })
}
