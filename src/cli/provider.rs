//! Configuration to provider: the one place that knows both.

use chrono::Utc;

use super::Failure;
use crate::config;
use crate::telephony::asterisk::{Asterisk, Settings};

pub fn asterisk(settings: &config::Asterisk) -> Result<Asterisk, Failure> {
    Ok(Asterisk::new(self::settings(settings)?, Utc::now))
}

pub fn settings(settings: &config::Asterisk) -> Result<Settings, Failure> {
    let settings = Settings {
        host: settings.host.clone(),
        port: settings.port,
        username: settings.username.clone(),
        secret: settings.secret.expose().to_owned(),
        trunks: settings.trunks.clone(),
        extensions: settings.extensions.clone(),
        context: settings.context.clone(),
        technology: settings.technology.clone(),
    };
    settings.checked().map_err(|error| {
        Failure::new(format!("asterisk: {error}")).hint("correct the section [asterisk] of the configuration")
    })
}
