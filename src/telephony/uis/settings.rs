//! What the adapter must be told of the account.

use std::fmt;
use std::time::Duration;

use chrono_tz::Tz;
use reqwest::Url;

use super::listener;
use crate::telephony::web;

/// More often would burn a day's questions in an hour.
const SHORTEST_POLL: Duration = Duration::from_secs(1);

/// One account and our place in it. Make it with [`Settings::checked`].
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// Of the Data API, e.g. `https://dataapi.uiscom.ru/v2.0`.
    pub data_url: String,
    /// Of the Call API, e.g. `https://callapi.uiscom.ru/v4.0`.
    pub call_url: String,
    pub credentials: Credentials,
    /// Number of ours that click-to-call shows, digits alone; `None`: no click-to-call.
    pub virtual_number: Option<String>,
    /// Between two looks at what runs.
    pub poll: Duration,
    /// Hosts that recordings may be fetched from.
    pub media_hosts: Vec<String>,
    /// Overrides what the account says of its time zone.
    pub zone: Option<Tz>,
    /// `None`: what runs is asked for.
    pub listener: Option<listener::Settings>,
}

/// Debug shows none of it: settings get into logs and error messages.
#[derive(Clone, PartialEq)]
pub enum Credentials {
    /// Made in the cabinet; lasts until it is revoked.
    Key(String),
    /// Of a cabinet user; buys a token for an hour.
    Login { login: String, password: String },
}

#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{0} is empty")]
    Empty(&'static str),
    #[error("{0} holds characters that it may not")]
    Unsafe(&'static str),
    #[error("{0} must be an address like https://dataapi.uiscom.ru/v2.0")]
    NoAddress(&'static str),
    #[error("{0} must begin with https://: the key would be readable on the way")]
    Insecure(&'static str),
    #[error("number must be digits with the country, e.g. 74950000001")]
    Number,
    #[error("poll must be at least {} s", SHORTEST_POLL.as_secs())]
    Poll,
}

impl Settings {
    /// Refuses what could not work or would give a secret away.
    pub fn checked(self) -> Result<Settings, SettingsError> {
        for (name, url) in [("data_url", &self.data_url), ("call_url", &self.call_url)] {
            address(name, url)?;
        }
        self.credentials.check()?;
        if self.virtual_number.as_deref().is_some_and(|number| !is_number(number)) {
            return Err(SettingsError::Number);
        }
        if self.poll < SHORTEST_POLL {
            return Err(SettingsError::Poll);
        }
        match self.media_hosts.iter().all(|host| is_host(host)) {
            true => Ok(self),
            false => Err(SettingsError::Unsafe("media_hosts")),
        }
    }
}

impl Credentials {
    fn check(&self) -> Result<(), SettingsError> {
        match self {
            Credentials::Key(key) => word("key", key),
            Credentials::Login { login, password } => {
                word("login", login).and_then(|()| word("password", password))
            }
        }
    }
}

fn address(name: &'static str, url: &str) -> Result<(), SettingsError> {
    let url = Url::parse(url).map_err(|_| SettingsError::NoAddress(name))?;
    match url {
        url if !url.has_host() || !url.username().is_empty() => Err(SettingsError::NoAddress(name)),
        url if !web::is_private(&url) => Err(SettingsError::Insecure(name)),
        _ => Ok(()),
    }
}

fn word(name: &'static str, text: &str) -> Result<(), SettingsError> {
    match text {
        "" => Err(SettingsError::Empty(name)),
        text if text.chars().any(char::is_control) => Err(SettingsError::Unsafe(name)),
        _ => Ok(()),
    }
}

fn is_number(text: &str) -> bool {
    (8..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte))
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credentials::Key(_) => "Key(…)",
            Credentials::Login { .. } => "Login(…)",
        })
    }
}
