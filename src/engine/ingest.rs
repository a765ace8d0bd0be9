//! What providers say goes into the store, in order and in groups, and from there to every desk.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Transaction;
use tokio::sync::{mpsc, watch};

use super::Clock;
use super::teller::Teller;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use crate::domain::desk::Link;
use crate::domain::id::CallId;
use crate::store::{Author, Error, Store, calls, cursors};
use crate::telephony::Event;

/// Events that share one commit.
const GROUP: usize = 256;
/// Between two tries to write what the store could not take: a full disk is not mended faster.
const RETRY: Duration = Duration::from_secs(2);

pub(super) struct Intake {
    pub store: Store,
    pub clock: Clock,
    pub teller: Teller,
    pub link: watch::Sender<Link>,
}

/// What a committed group of events changed.
#[derive(Default)]
struct Changed {
    calls: Vec<CallId>,
    gone: Vec<CallId>,
}

impl Intake {
    pub async fn run(self, mut events: mpsc::Receiver<Event>) {
        let mut group = Vec::with_capacity(GROUP);
        while events.recv_many(&mut group, GROUP).await > 0 {
            let (links, facts): (Vec<Event>, Vec<Event>) =
                group.drain(..).partition(|event| matches!(event, Event::Link(_)));
            self.take(facts).await;
            for event in links {
                if let Event::Link(link) = event {
                    self.link.send_replace(link.clone());
                    self.teller.link(link);
                }
            }
        }
    }

    /// Returns when every event is stored, however long the store refuses; what comes after waits its turn.
    async fn take(&self, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        let mut refused = false;
        while let Err(error) = self.commit(events.clone()).await {
            if !may_pass(&error) {
                return self.take_apart(events, &error).await;
            }
            if !std::mem::replace(&mut refused, true) {
                tracing::error!(%error, "the store refuses provider events; trying on");
                self.teller.link(Link::Down { since: (self.clock)(), reason: error.to_string() });
            }
            tokio::time::sleep(RETRY).await;
        }
        if refused {
            self.teller.link(self.link.borrow().clone());
        }
    }

    /// One event that the store can never take must not cost its neighbours.
    async fn take_apart(&self, events: Vec<Event>, error: &Error) {
        if let [_] = events[..] {
            return tracing::error!(%error, "a provider's event could not be stored");
        }
        for event in events {
            Box::pin(self.take(vec![event])).await;
        }
    }

    async fn commit(&self, events: Vec<Event>) -> Result<(), Error> {
        let (store, teller) = (self.store.clone(), self.teller.clone());
        let author = Author { employee: None, at: (self.clock)() };
        let committed = tokio::task::spawn_blocking(move || {
            let changed = store.write(move |tx| Changed::of(tx, &events, &author))?;
            teller.gone(&changed.gone);
            teller.calls(&changed.calls);
            Ok(())
        });
        committed.await.unwrap_or_else(|error| Err(Error::Refused(error.to_string())))
    }
}

/// Whether trying again may help: the machine's trouble, not the event's.
fn may_pass(error: &Error) -> bool {
    matches!(error, Error::DiskFull | Error::Busy | Error::ReadOnly | Error::Io { .. } | Error::TakenBack)
}

impl Changed {
    fn of(tx: &Transaction<'_>, events: &[Event], author: &Author) -> Result<Changed, Error> {
        let mut changed = Changed::default();
        for event in events {
            match event {
                Event::Call(snapshot) => changed.record(tx, snapshot, author)?,
                Event::Merged { gone, into } => changed.gone.extend(calls::merge(tx, gone, into, author)?),
                Event::Live { provider, calls } => changed.end_unlisted(tx, (provider, calls), author)?,
                Event::Link(_)
                | Event::Hearing(_)
                | Event::Office(_)
                | Event::Unread(_)
                | Event::Receipt(_) => {}
            }
        }
        if let Some(provider) = events.iter().find_map(provider_of) {
            cursors::set(tx, &heard_until(provider), &author.at.to_rfc3339(), author)?;
        }
        Ok(changed)
    }

    fn record(&mut self, tx: &Transaction<'_>, snapshot: &Snapshot, author: &Author) -> Result<(), Error> {
        let recorded = calls::record(tx, snapshot, author)?;
        if recorded.changed && !self.calls.contains(&recorded.id) {
            self.calls.push(recorded.id);
        }
        Ok(())
    }

    /// Calls we thought live that the provider does not list are over; each ends with what is known of it.
    fn end_unlisted(
        &mut self,
        tx: &Transaction<'_>,
        (provider, listed): (&str, &[CallKey]),
        author: &Author,
    ) -> Result<(), Error> {
        let heard = cursors::get(tx, &heard_until(provider))?.and_then(|text| text.parse().ok());
        for (_, snapshot) in calls::live(tx)? {
            if snapshot.key.provider == provider && !listed.contains(&snapshot.key) {
                self.record(tx, &ended_unseen(snapshot, heard), author)?;
            }
        }
        Ok(())
    }
}

fn provider_of(event: &Event) -> Option<&str> {
    match event {
        Event::Call(snapshot) => Some(&snapshot.key.provider),
        Event::Merged { into, .. } => Some(&into.provider),
        Event::Live { provider, .. } => Some(provider),
        Event::Link(_) | Event::Hearing(_) | Event::Office(_) | Event::Unread(_) | Event::Receipt(_) => None,
    }
}

/// Name of the cursor that says until when a provider was heard.
fn heard_until(provider: &str) -> String {
    format!("{provider}.heard_until")
}

/// The end nobody announced. A call ran at least as long as the provider was heard after it began; nothing is known of
/// the time after.
fn ended_unseen(mut snapshot: Snapshot, heard: Option<DateTime<Utc>>) -> Snapshot {
    let begun = snapshot.answered_at.unwrap_or(snapshot.started_at);
    let known = if snapshot.was_answered() { snapshot.talk } else { snapshot.wait };
    let seen = heard.and_then(|heard| (heard - begun).to_std().ok()).unwrap_or_default().max(known);
    snapshot.ended_at = Some(begun + TimeDelta::from_std(seen).unwrap_or_default());
    match snapshot.was_answered() {
        // Who talked how long after a transfer was not told.
        true if snapshot.transfers.is_empty() => snapshot.talk = seen,
        true => {}
        false => snapshot.wait = seen,
    }
    snapshot.phase = Phase::Ended;
    snapshot.ringing.clear();
    snapshot.result = Some(match (snapshot.was_answered(), snapshot.direction) {
        (true, _) => CallResult::Answered,
        (false, Direction::Incoming) => CallResult::Missed,
        (false, _) => CallResult::NoAnswer,
    });
    snapshot
}
