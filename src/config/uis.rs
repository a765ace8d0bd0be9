//! The section `[uis]`: an account at UIS or one of its twins.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use serde::Deserialize;

use super::secret::{self, Secret};
use super::{Error, File};

const HOST: &str = "uiscom.ru";
const POLL: Duration = Duration::from_secs(3);

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
    /// `None`: notifications are not heard.
    pub listener: Option<Listener>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Listener {
    pub address: SocketAddr,
    /// Part of the address that only the cabinet knows.
    pub secret: Secret,
    /// Addresses or blocks that may send; empty: whoever knows the secret.
    pub allow: Vec<String>,
    /// Proxies whose word counts on where a request comes from.
    pub trusted_proxies: Vec<String>,
}

impl Default for Uis {
    /// With a key that is still to be typed.
    fn default() -> Uis {
        Uis {
            host: HOST.into(),
            data_url: None,
            call_url: None,
            media_hosts: vec![],
            credentials: Credentials::Key(Secret::Typed(String::new())),
            number: None,
            poll: POLL,
            zone: None,
            listener: None,
        }
    }
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
    listener: Option<RawListener>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawListener {
    address: SocketAddr,
    secret_file: Option<PathBuf>,
    allow: Vec<String>,
    trusted_proxies: Vec<String>,
}

impl Default for RawListener {
    fn default() -> RawListener {
        RawListener {
            address: SocketAddr::from(([127, 0, 0, 1], 8871)),
            secret_file: None,
            allow: vec![],
            trusted_proxies: vec![],
        }
    }
}

impl Default for RawUis {
    fn default() -> RawUis {
        RawUis {
            host: HOST.into(),
            data_url: None,
            call_url: None,
            media_hosts: vec![],
            key_file: None,
            login: None,
            password_file: None,
            number: None,
            poll: POLL.as_secs(),
            zone: None,
            listener: None,
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
            listener: self.listener.map(|raw| raw.validate(file)),
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

impl RawListener {
    fn validate(self, file: &File) -> Listener {
        let secret =
            Secret::Kept { config: file.0.into(), file: self.secret_file, names: secret::UIS_LISTENER };
        Listener { address: self.address, secret, allow: self.allow, trusted_proxies: self.trusted_proxies }
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
