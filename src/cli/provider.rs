//! Configuration to provider: the one place that knows both.

pub mod past;

use chrono::Utc;
use chrono_tz::Tz;

use super::Failure;
use crate::config;
use crate::engine::Outside;
use crate::telephony::asterisk::{Asterisk, Settings};

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
