//! Tries a provider's connection once: what the first start and `pult doctor` want to know.

use std::time::Duration;

use super::provider;
use crate::config;
use crate::domain::reason::Reason;
use crate::telephony::asterisk::client::{self, Pace};
use crate::telephony::uis::rpc::Patience;
use crate::telephony::uis::{self, Found, Unreached};

/// A login that is refused takes Asterisk a second; a silent address takes as long as we wait.
const PATIENCE: Duration = Duration::from_secs(6);

/// `Err` says for people why the provider could not be reached.
pub fn asterisk(settings: &config::Asterisk) -> Result<client::Found, Reason> {
    let settings = provider::checked(settings).map_err(|failure| failure.to_string())?;
    let pace = Pace { patience: PATIENCE, ..Pace::default() };
    asked(client::probe(&settings, &pace))?.map_err(|loss| loss.reason())
}

pub fn uis(settings: &config::Uis) -> Result<Found, Unreached> {
    let patience = Patience { answer: PATIENCE, ..Patience::default() };
    let account = provider::account(settings, patience);
    let account = account.map_err(|failure| Unreached::Settings(failure.to_string()))?;
    asked(uis::probe(&account)).map_err(Unreached::Settings)?.map_err(Unreached::Answer)
}

fn asked<T>(question: impl Future<Output = T>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let found = runtime.block_on(question);
    // A name that is still being looked up must not hold us.
    runtime.shutdown_background();
    Ok(found)
}
