//! Reads one source of the past again and again: after a while, and at once when a gap ended.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::Past;
use super::page::{self, Written};
use super::reading::Reading;
use crate::domain::gap::Gap;
use crate::domain::period::{day_of, day_start};
use crate::engine::ingest::{RETRY, may_pass};
use crate::engine::teller::Teller;
use crate::store::{Error, cursors};
use crate::telephony::{History, HistoryError, Page};

/// Doublings of the rest between tries to reach what cannot be reached: 5 s become 320 s.
const DOUBLINGS: u32 = 6;

pub struct Reader {
    past: Past,
    history: Arc<dyn History>,
    keeps_gaps: bool,
    heard_again: watch::Sender<()>,
    /// Broken off by the provider or the network, to be gone on with.
    under_way: Option<Reading>,
    /// Gaps that want a reading of their own.
    own: VecDeque<Gap>,
    failures: u32,
    /// The trouble that stands in the store.
    said: Option<String>,
}

impl Reader {
    pub fn of(
        past: Past,
        history: Arc<dyn History>,
        keeps_gaps: bool,
        heard_again: watch::Sender<()>,
    ) -> Reader {
        let (under_way, own) = (None, VecDeque::new());
        Reader { past, history, keeps_gaps, heard_again, under_way, own, failures: 0, said: None }
    }

    pub async fn run(mut self) {
        let mut heard_again = self.heard_again.subscribe();
        loop {
            let read = self.read().await;
            let rest = match &read {
                Ok(()) => self.past.pace.every,
                Err(error) => self.rest_after(error),
            };
            self.say(read.as_ref().err()).await;
            // Whoever asks to be left alone is, also when a gap ends meanwhile.
            let may_hurry = !matches!(read, Err(HistoryError::Later(_)));
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                _ = heard_again.changed(), if may_hurry => {}
            }
        }
    }

    /// Reads all that is to be read now.
    async fn read(&mut self) -> Result<(), HistoryError> {
        loop {
            let reading = match self.under_way.take() {
                Some(reading) => reading,
                None => self.next_reading().await?,
            };
            self.finish(reading).await?;
            if self.own.is_empty() {
                return Ok(());
            }
        }
    }

    async fn finish(&mut self, mut reading: Reading) -> Result<(), HistoryError> {
        loop {
            let page = match self.page(&reading).await {
                Ok(page) if page.next.is_some() && page.next == reading.next => {
                    return Err(HistoryError::Refused("the record leads in a circle".into()));
                }
                Ok(page) => page,
                Err(error) => {
                    // What is refused is begun anew: perhaps the place in it is what was wrong.
                    self.under_way = Some(reading).filter(|_| !matches!(error, HistoryError::Refused(_)));
                    return Err(error);
                }
            };
            reading = self.take(reading, page).await?;
            if reading.next.is_none() {
                if !reading.tells_of_gaps() {
                    self.own.extend(reading.gaps.into_iter().map(|tally| tally.gap));
                }
                return Ok(());
            }
        }
    }

    /// By a task of its own: what panics over a stranger's bytes must not end the reading for ever.
    async fn page(&self, reading: &Reading) -> Result<Page, HistoryError> {
        let (history, span, next) = (self.history.clone(), reading.span.clone(), reading.next.clone());
        let page = tokio::spawn(async move { history.page(&span, next.as_deref()).await });
        page.await.unwrap_or_else(|_| Err(HistoryError::Refused("a fault of pult itself".into())))
    }

    async fn next_reading(&mut self) -> Result<Reading, HistoryError> {
        let now = self.past.scribe.now();
        if let Some(gap) = self.own.pop_front() {
            return Ok(Reading::of_gap(gap, &self.past.pace, now));
        }
        let (pace, history) = (self.past.pace.clone(), self.history.clone());
        let gaps_of = self.keeps_gaps.then(|| history.provider().to_owned());
        let planned = self.past.scribe.blocking(move |scribe| {
            scribe.store.read(|conn| Reading::forward(conn, history.source(), gaps_of.as_deref(), &pace, now))
        });
        planned.await.map_err(refused)
    }

    /// Returns when the page is stored, however long the store refuses.
    async fn take(&self, reading: Reading, page: Page) -> Result<Reading, HistoryError> {
        loop {
            match self.commit(reading.clone(), page.clone()).await {
                Err(error) if may_pass(&error) => tokio::time::sleep(RETRY).await,
                committed => return committed.map_err(refused),
            }
        }
    }

    async fn commit(&self, mut reading: Reading, page: Page) -> Result<Reading, Error> {
        let (zone, history) = (self.past.zone, self.history.clone());
        let committed = self.past.scribe.blocking(move |scribe| {
            let (written, reading) = scribe.write(move |tx, author| {
                let written = page::write(tx, history.source(), &mut reading, &page, author)?;
                Ok((written, reading))
            })?;
            let today = day_start(day_of(scribe.now(), zone), zone);
            written.tell(&scribe.teller, today);
            Ok(reading)
        });
        committed.await
    }

    fn rest_after(&mut self, error: &HistoryError) -> Duration {
        match error {
            HistoryError::Later(wait) => (*wait).max(self.past.pace.every),
            HistoryError::Unreachable(_) | HistoryError::Refused(_) => {
                let wait = self.past.pace.retry * 2_u32.pow(self.failures.min(DOUBLINGS));
                self.failures += 1;
                // Many desks must not come back in the same second.
                wait.mul_f64(0.5 + rand::random::<f64>() / 2.0)
            }
        }
    }

    /// For whoever looks why nothing comes. With the end of a reading the trouble is taken back.
    async fn say(&mut self, error: Option<&HistoryError>) {
        let said = error.map(ToString::to_string);
        if said.is_none() {
            self.failures = 0;
        }
        if said == self.said {
            return;
        }
        self.said.clone_from(&said);
        let Some(said) = said else { return };
        tracing::warn!(source = self.history.source(), "the record of the past is not read");
        let name = cursors::trouble(self.history.source());
        let written = self
            .past
            .scribe
            .blocking(move |scribe| scribe.write(move |tx, author| cursors::set(tx, &name, &said, author)));
        if let Err(error) = written.await {
            tracing::warn!(%error, "the store refuses the word of it");
        }
    }
}

impl Written {
    /// Blocks. `today`: when it began.
    fn tell(&self, teller: &Teller, today: DateTime<Utc>) {
        teller.gone(&self.gone);
        teller.mended(&self.calls, today);
        teller.gaps(&self.gaps);
    }
}

fn refused(error: Error) -> HistoryError {
    HistoryError::Refused(error.to_string())
}
