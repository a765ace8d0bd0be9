//! Configuration to provider: the one place that knows both.

use crate::config;
use crate::telephony::asterisk::{Asterisk, Settings};

pub fn asterisk(settings: &config::Asterisk) -> Asterisk {
    Asterisk::new(Settings {
        host: settings.host.clone(),
        port: settings.port,
        username: settings.username.clone(),
        secret: settings.secret.expose().to_owned(),
        trunks: settings.trunks.clone(),
        extensions: settings.extensions.clone(),
        context: settings.context.clone(),
    })
}
