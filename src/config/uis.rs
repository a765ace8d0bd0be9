//! The section `[uis]`: an account at UIS or one of its twins.

use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use serde::Deserialize;

use super::secret::{self, Secret};
use super::{Error, File};

#[derive(Clone, PartialEq, Debug)]
pub struct Uis {
    /// The site one logs in to: `uiscom.ru`, `comagic.ru`, `novofon.ru`, `callgear.com`.
    pub host: String,
    /// Instead of the host's own addresses.
    pub data_url: Option<String>,
    pub call_url: Option<String>,
    /// Hosts of recordings besides the site's own.
    pub media_hosts: Vec<String>,
    pub credentials: Credentials,
    /// Number of ours that click-to-call shows.
    pub number: Option<String>,
    /// Between two looks at what runs.
    pub poll: Duration,
    /// Overrides what the account says of its zone.
    pub zone: Option<Tz>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Credentials {
    Key(Secret),
    Login { login: String, password: Secret },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawUis {
    host: String,
    data_url: Option<String>,
    call_url: Option<String>,
    media_hosts: Vec<String>,
    key_file: Option<PathBuf>,
    login: Option<String>,
    password_file: Option<PathBuf>,
    number: Option<String>,
    /// Seconds.
    poll: u64,
    zone: Option<String>,
}

impl Default for RawUis {
    fn default() -> RawUis {
        RawUis {
            host: "uiscom.ru".into(),
            data_url: None,
            call_url: None,
            media_hosts: vec![],
            key_file: None,
            login: None,
            password_file: None,
            number: None,
            poll: 3,
            zone: None,
        }
    }
}

impl RawUis {
    pub(super) fn validate(self, file: &File) -> Result<Uis, Error> {
        let no_zone = |name: &str| format!("«{name}» is no time zone; write one like Europe/Moscow");
        let zone =
            self.zone.as_deref().map(|name| name.parse().map_err(|_| file.fault("uis.zone", no_zone(name))));
        Ok(Uis {
            zone: zone.transpose()?,
            credentials: credentials(self.key_file, self.login, self.password_file, file)?,
            host: self.host,
            data_url: self.data_url,
            call_url: self.call_url,
            media_hosts: self.media_hosts,
            number: self.number,
            poll: Duration::from_secs(self.poll),
        })
    }
}

fn credentials(
    key_file: Option<PathBuf>,
    login: Option<String>,
    password_file: Option<PathBuf>,
    file: &File,
) -> Result<Credentials, Error> {
    let kept = |named, names| Secret::Kept { config: file.0.into(), file: named, names };
    match (login, key_file) {
        (Some(_), Some(_)) => Err(file.fault("uis.login", "keep either a key or a login with its password")),
        (Some(login), None) => {
            Ok(Credentials::Login { login, password: kept(password_file, secret::UIS_PASSWORD) })
        }
        (None, key_file) if password_file.is_none() => Ok(Credentials::Key(kept(key_file, secret::UIS_KEY))),
        (None, _) => Err(file.fault("uis.password_file", "a password needs its login")),
    }
}
