//! Tries a provider's connection once: what the first start and `pult doctor` want to know.

use std::time::Duration;

use super::provider;
use crate::config;
use crate::telephony::asterisk::client::{self, Found, Pace};

/// A login that is refused takes Asterisk a second; a silent address takes as long as we wait.
const PATIENCE: Duration = Duration::from_secs(6);

/// `Err` says for people why the provider could not be reached.
pub fn asterisk(settings: &config::Asterisk) -> Result<Found, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let settings = provider::checked(settings).map_err(|failure| failure.to_string())?;
    let pace = Pace { patience: PATIENCE, ..Pace::default() };
    let found = runtime.block_on(client::probe(&settings, &pace));
    // A name that is still being looked up must not hold us.
    runtime.shutdown_background();
    found.map_err(|loss| loss.to_string())
}
