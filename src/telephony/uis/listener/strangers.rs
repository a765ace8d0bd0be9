//! Requests that were turned away: counted, so that a flood of them is one line a minute in the log.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

const PAUSE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Strangers(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    since: u64,
    told_at: Option<Instant>,
}

impl Strangers {
    pub fn note(&self) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.since += 1;
        let now = Instant::now();
        if counted.told_at.is_none_or(|told_at| now - told_at >= PAUSE) {
            tracing::warn!(requests = counted.since, "requests to the listener were turned away");
            *counted = Counted { since: 0, told_at: Some(now) };
        }
    }
}
