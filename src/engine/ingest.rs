//! What providers say goes into the store, in order and in groups, and from there to every desk. Between two groups a
//! mark says that we are here and hear, so that a time in which nobody did is known afterwards.

mod changed;
mod ear;
mod unlisted;

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::scribe::Scribe;
use crate::domain::desk::Link;
use crate::store::{Author, Error};
use crate::telephony::Event;

use changed::Changed;
pub(super) use ear::Ear;

/// Events that share one commit.
const GROUP: usize = 256;
/// Between two tries to write what the store could not take: a full disk is not mended faster.
pub(super) const RETRY: Duration = Duration::from_secs(2);

pub(super) struct Intake {
    pub scribe: Scribe,
    pub link: watch::Sender<Link>,
    pub ear: Ear,
    /// Between two marks that we hear.
    pub heartbeat: Duration,
    /// Told when a gap ended: the record may be read.
    pub heard_again: watch::Sender<()>,
}

impl Intake {
    pub async fn run(mut self, mut events: mpsc::Receiver<Event>) {
        self.wake().await;
        let mut group = Vec::with_capacity(GROUP);
        let mut next_mark = Instant::now() + self.heartbeat;
        loop {
            tokio::select! {
                biased;
                count = events.recv_many(&mut group, GROUP) => match count {
                    0 => return,
                    _ => self.take_in(std::mem::take(&mut group)).await,
                },
                () = tokio::time::sleep_until(next_mark), if self.ear.hears() => {
                    self.mark().await;
                    next_mark = Instant::now() + self.heartbeat;
                }
            }
        }
    }

    /// How long we were away.
    async fn wake(&mut self) {
        let woken = self.write(|ear, changed, tx, author| changed.wake(ear, tx, author)).await;
        if let Err(error) = woken {
            tracing::warn!(%error, "when the provider was last heard is not known");
        }
    }

    async fn mark(&mut self) {
        let marked = self.write(|ear, _, tx, author| ear.mark(tx, author)).await;
        if let Err(error) = marked {
            tracing::warn!(%error, "the store refuses the mark that we hear");
        }
    }

    /// Links are told when what came before them is stored, and receipts when all is.
    async fn take_in(&mut self, events: Vec<Event>) {
        let mut links = vec![];
        let mut receipts = vec![];
        for event in &events {
            match event {
                Event::Link(link) => links.push(link.clone()),
                Event::Receipt(receipt) => receipts.push(receipt.clone()),
                _ => {}
            }
        }
        self.take(events).await;
        for link in links {
            self.link.send_replace(link.clone());
            self.scribe.teller.link(link);
        }
        receipts.iter().for_each(|receipt| receipt.tell());
    }

    /// Returns when every event is stored, however long the store refuses; what comes after waits its turn.
    async fn take(&mut self, events: Vec<Event>) {
        let mut refused = false;
        while let Err(error) = self.commit(events.clone()).await {
            if !may_pass(&error) {
                return self.take_apart(events, &error).await;
            }
            if !std::mem::replace(&mut refused, true) {
                tracing::error!(%error, "the store refuses provider events; trying on");
                let (since, reason) = (self.scribe.now(), error.to_string().into());
                self.scribe.teller.link(Link::Down { since, reason });
            }
            tokio::time::sleep(RETRY).await;
        }
        if refused {
            self.scribe.teller.link(self.link.borrow().clone());
        }
    }

    /// One event that the store can never take must not cost its neighbours.
    async fn take_apart(&mut self, events: Vec<Event>, error: &Error) {
        if let [_] = events[..] {
            return tracing::error!(%error, "a provider's event could not be stored");
        }
        for event in events {
            Box::pin(self.take(vec![event])).await;
        }
    }

    async fn commit(&mut self, events: Vec<Event>) -> Result<(), Error> {
        self.write(move |ear, changed, tx, author| changed.take(ear, tx, &events, author)).await
    }

    /// One transaction, with what is known of our hearing; then all that changed is told.
    async fn write<W>(&mut self, work: W) -> Result<(), Error>
    where
        W: FnOnce(&mut Ear, &mut Changed, &rusqlite::Transaction<'_>, &Author) -> Result<(), Error>
            + Send
            + 'static,
    {
        let mut ear = self.ear.clone();
        let committed = self.scribe.blocking(move |scribe| {
            let (changed, ear) = scribe.write(move |tx, author| {
                let mut changed = Changed::default();
                work(&mut ear, &mut changed, tx, author)?;
                Ok((changed, ear))
            })?;
            changed.tell(&scribe.teller);
            Ok((ear, changed.ended_a_gap()))
        });
        let (ear, ended) = committed.await?;
        self.ear = ear;
        if ended {
            self.heard_again.send_replace(());
        }
        Ok(())
    }
}

/// Whether trying again may help: the machine's trouble, not the event's.
pub(super) fn may_pass(error: &Error) -> bool {
    matches!(error, Error::DiskFull | Error::Busy | Error::ReadOnly | Error::Io { .. } | Error::TakenBack)
}
