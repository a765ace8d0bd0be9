//! Tries a provider's connection once: what the first start and `pult doctor` want to know.

use std::time::Duration;

use tokio::sync::mpsc;

use super::provider;
use crate::config;
use crate::domain::desk::Link;
use crate::telephony::{Event, Provider};

/// A login that is refused takes Asterisk a second; a silent address takes as long as we wait.
const PATIENCE: Duration = Duration::from_secs(6);

/// `Err` says for people why the provider could not be reached.
pub fn asterisk(settings: &config::Asterisk) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let provider = provider::asterisk(settings).map_err(|failure| failure.to_string())?;
    let answer = runtime.block_on(async { tokio::time::timeout(PATIENCE, first_link(provider)).await });
    runtime.shutdown_background();
    answer.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())))
}

async fn first_link(provider: impl Provider) -> Result<(), String> {
    let (sender, mut events) = mpsc::channel(64);
    let (_orders, placed) = mpsc::channel(1);
    tokio::spawn(provider.run(sender, placed));
    while let Some(event) = events.recv().await {
        match event {
            Event::Link(Link::Up { .. }) => return Ok(()),
            Event::Link(Link::Down { reason, .. }) => return Err(reason),
            _ => {}
        }
    }
    Err("the connection ended at once".into())
}
