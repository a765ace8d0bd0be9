//! Configuration to provider: the one place that knows both.

use chrono::Utc;

use super::Failure;
use crate::config;
use crate::engine::sounds::Keeping;
use crate::telephony::asterisk::{Asterisk, Settings};

pub fn asterisk(settings: &config::Asterisk) -> Result<Asterisk, Failure> {
    Ok(Asterisk::new(checked(settings)?, Utc::now))
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
    };
    settings.checked().map_err(|error| {
        Failure::new(format!("asterisk: {error}")).hint("correct the section [asterisk] of the configuration")
    })
}

/// `None`: recordings stay where they are.
pub fn keeping(recordings: &config::Recordings) -> Option<Keeping> {
    let config::Recordings { fetch, folder, keep_days, reserve, at_most } = recordings.clone();
    fetch.then(|| Keeping { days: keep_days, reserve, at_most, ..Keeping::in_folder(folder) })
}
