//! Tries a provider's connection once: what the first start and `pult doctor` want to know.

use std::time::Duration;

use super::provider;
use crate::config;
use crate::telephony::asterisk::client::{Pace, probe};

/// A login that is refused takes Asterisk a second; a person waits for no more than a few.
const PATIENCE: Duration = Duration::from_secs(6);

/// `Err` says for people why the provider could not be reached.
pub fn asterisk(settings: &config::Asterisk) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let settings = provider::checked(settings).map_err(|failure| failure.to_string())?;
    let pace = Pace { patience: PATIENCE, ..Pace::default() };
    let answer = runtime.block_on(probe(&settings, &pace));
    // Looking up a name may still run: nobody waits for it.
    runtime.shutdown_background();
    answer.map(drop).map_err(|loss| loss.to_string())
}
