//! The hand with which the parts of the engine that work unasked write and tell: as the program itself, by the engine's
//! clock, never where others wait.

use chrono::{DateTime, Utc};
use rusqlite::Transaction;

use super::Clock;
use super::teller::Teller;
use crate::store::{Author, Error, Store};

#[derive(Clone)]
pub(super) struct Scribe {
    pub store: Store,
    pub clock: Clock,
    pub teller: Teller,
}

impl Scribe {
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Blocks.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &Author) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let author = Author { employee: None, at: self.now() };
        self.store.write(move |tx| work(tx, &author))
    }

    /// Runs `work` where it may block.
    pub async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Scribe) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let scribe = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&scribe));
        done.await.unwrap_or_else(|error| Err(Error::Refused(error.to_string())))
    }
}
