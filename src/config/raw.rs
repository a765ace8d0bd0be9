//! The configuration file as it is written, and the one conversion into what the program relies on.

use std::path::PathBuf;

use serde::Deserialize;

use super::past::{RawHistory, RawRecordings};
use super::recordings::RawKeeping;
use super::report::RawReport;
use super::secret::{self, Secret};
use super::uis::RawUis;
use super::{Asterisk, Config, Desk, Error, File, Operator, Telephony, place};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, clap::ValueEnum)]
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
    exports: RawExports,
    recordings: RawKeeping,
    clinic: RawClinic,
    operator: RawOperator,
    desk: RawDesk,
    report: RawReport,
    asterisk: Option<RawAsterisk>,
    uis: Option<RawUis>,
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

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawExports {
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
    words: Option<PathBuf>,
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
    history: Option<RawHistory>,
    recordings: Option<RawRecordings>,
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
    pub fn validate(self, file: &File) -> Result<Config, Error> {
        let zone = self.clinic.zone;
        let no_zone = || format!("«{zone}» is no time zone; write one like Europe/Moscow");
        let store = self.store.path.map_or_else(place::store, |path| Ok(file.beside(&path)))?;
        Ok(Config {
            exports: self.exports.path.map_or_else(|| place::exports(&store), |path| file.beside(&path)),
            recordings: self.recordings.validate(file, &store)?,
            store,
            log: self.log.path.map_or_else(place::log, |path| Ok(file.beside(&path)))?,
            zone: zone.parse().map_err(|_| file.fault("clinic.zone", no_zone()))?,
            operator: Operator { extension: self.operator.extension },
            desk: self.desk.validate(file)?,
            report: self.report.validate(file)?,
            telephony: match (self.asterisk, self.uis) {
                (None, None) => Telephony::Absent,
                (Some(raw), None) => Telephony::Asterisk(Box::new(raw.validate(file)?)),
                (None, Some(raw)) => Telephony::Uis(Box::new(raw.validate(file)?)),
                (Some(_), Some(_)) => {
                    return Err(file.fault("uis", "one telephony at a time: keep [asterisk] or [uis]"));
                }
            },
        })
    }
}

impl RawDesk {
    fn validate(self, file: &File) -> Result<Desk, Error> {
        let own = |key, path: Option<PathBuf>| path.map(|path| file.named(key, &path)).transpose();
        Ok(Desk {
            language: self.language,
            theme: self.theme,
            ascii: self.ascii,
            ring: self.ring,
            keys: own("desk.keys", self.keys)?,
            own_theme: own("desk.own_theme", self.own_theme)?,
            words: own("desk.words", self.words)?,
        })
    }
}

impl RawAsterisk {
    fn validate(self, file: &File) -> Result<Asterisk, Error> {
        if self.trunks.is_empty() {
            return Err(file.fault("asterisk.trunks", "name at least one trunk endpoint, e.g. [\"trunk\"]"));
        }
        if self.host.is_empty() {
            return Err(file.fault("asterisk.host", "name the PBX's address, e.g. \"192.0.2.10\""));
        }
        Ok(Asterisk {
            host: self.host,
            port: self.port,
            username: self.username,
            secret: Secret::Kept { config: file.0.into(), file: self.secret_file, names: secret::ASTERISK },
            trunks: self.trunks,
            extensions: self.extensions,
            context: self.context,
            technology: self.technology,
            history: self.history.map(|history| history.validate(file)).transpose()?,
            recordings: self.recordings.map(|recordings| recordings.validate(file)).transpose()?,
        })
    }
}
