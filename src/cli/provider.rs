//! Configuration to provider: the one place that knows both.

pub mod past;

use std::sync::Arc;

use chrono::Utc;
use chrono_tz::Tz;

use super::{Failure, launch};
use crate::config::{self, Credentials};
use crate::engine::Outside;
use crate::engine::sounds::Keeping;
use crate::telephony::asterisk::{Asterisk, Settings};
use crate::telephony::uis::listener::{self, Net};
use crate::telephony::uis::rpc::Patience;
use crate::telephony::uis::{self, Account, Realm, Uis};

/// `zone`: the clinic's.
pub fn asterisk(settings: &config::Asterisk, zone: Tz) -> Result<Outside<Asterisk>, Failure> {
    let archive = past::archive(settings, zone)?;
    Ok(Outside { archive, ..Asterisk::new(checked(settings)?, Utc::now).into() })
}

/// What the adapter accepts.
pub fn checked(settings: &config::Asterisk) -> Result<Settings, Failure> {
    let settings = Settings {
        host: settings.host.clone(),
        port: settings.port,
        username: settings.username.clone(),
        secret: settings.secret.reveal()?,
        trunks: settings.trunks.clone(),
        extensions: settings.extensions.clone(),
        context: settings.context.clone(),
        technology: settings.technology.clone(),
        shelf: past::shelf(settings)?,
    };
    settings.checked().map_err(|error| {
        Failure::new(format!("asterisk: {error}")).hint("correct the section [asterisk] of the configuration")
    })
}

/// `None`: recordings stay where they are.
pub fn keeping(recordings: &config::Keeping) -> Option<Keeping> {
    let config::Keeping { fetch, folder, keep_days, reserve, at_most } = recordings.clone();
    fetch.then(|| Keeping { days: keep_days, reserve, at_most, ..Keeping::in_folder(folder) })
}

pub fn uis(settings: &config::Uis) -> Result<Outside<Uis>, Failure> {
    let account = Arc::new(account(settings, Patience::default())?);
    let archive = Uis::archive(&account)?;
    Ok(Outside { archive, ..Uis::new(account, launch::clock()).into() })
}

/// One account, asked by whoever needs it.
pub fn account(settings: &config::Uis, patience: Patience) -> Result<Account, Failure> {
    let correct = |error: &dyn std::fmt::Display| {
        Failure::new(format!("uis: {error}")).hint("correct the section [uis] of the configuration")
    };
    let settings = uis_settings(settings)?.checked().map_err(|error| correct(&error))?;
    Account::new(settings, launch::clock(), patience).map_err(|error| correct(&error))
}

fn uis_settings(settings: &config::Uis) -> Result<uis::Settings, Failure> {
    let realm = Realm::named(&settings.host).ok_or_else(|| {
        let known = Realm::ALL.map(Realm::host).join(", ");
        Failure::new(format!("uis.host: «{}» is none of {known}", settings.host))
    })?;
    Ok(uis::Settings {
        data_url: settings.data_url.clone().unwrap_or_else(|| realm.data_url()),
        call_url: settings.call_url.clone().unwrap_or_else(|| realm.call_url()),
        credentials: match &settings.credentials {
            Credentials::Key(key) => uis::Credentials::Key(key.reveal()?),
            Credentials::Login { login, password } => {
                uis::Credentials::Login { login: login.clone(), password: password.reveal()? }
            }
        },
        virtual_number: settings.number.clone(),
        poll: settings.poll,
        media_hosts: realm.media_hosts().into_iter().chain(settings.media_hosts.iter().cloned()).collect(),
        zone: settings.zone,
        listener: settings.listener.as_ref().map(listener).transpose()?,
    })
}

fn listener(settings: &config::Listener) -> Result<listener::Settings, Failure> {
    let nets = |words: &[String]| words.iter().map(|word| word.parse::<Net>()).collect::<Result<Vec<_>, _>>();
    let settings = listener::Settings {
        address: settings.address,
        secret: settings.secret.reveal()?,
        allow: nets(&settings.allow)?,
        trusted_proxies: nets(&settings.trusted_proxies)?,
    };
    Ok(settings.checked()?)
}
