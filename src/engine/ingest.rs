//! What providers say goes into the store, in order and in groups, and from there to every desk.

use tokio::sync::{broadcast, mpsc, watch};

use super::Clock;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use crate::domain::desk::{Change, Link};
use crate::domain::id::CallId;
use crate::store::{Author, Error, Store, calls};
use crate::telephony::Event;

/// Events that share one commit.
const GROUP: usize = 256;

pub(super) struct Intake {
    pub store: Store,
    pub clock: Clock,
    pub changes: broadcast::Sender<Change>,
}

/// What a committed group of events changed.
#[derive(Default)]
struct Changed {
    calls: Vec<CallId>,
    gone: Vec<CallId>,
}

impl Intake {
    pub async fn run(self, mut events: mpsc::Receiver<Event>, link: watch::Sender<Link>) {
        let mut group = Vec::with_capacity(GROUP);
        while events.recv_many(&mut group, GROUP).await > 0 {
            let (links, facts): (Vec<Event>, Vec<Event>) =
                group.drain(..).partition(|event| matches!(event, Event::Link(_)));
            self.take(facts).await;
            for event in links {
                if let Event::Link(state) = event {
                    link.send_replace(state.clone());
                    self.tell(Change::Link(state));
                }
            }
        }
    }

    async fn take(&self, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        let store = self.store.clone();
        let author = Author { employee: None, at: (self.clock)() };
        let told = tokio::task::spawn_blocking(move || commit(&store, events, author)).await;
        match told {
            Ok(Ok(changes)) => changes.into_iter().for_each(|change| self.tell(change)),
            Ok(Err(error)) => tracing::error!(%error, "provider events were not stored"),
            Err(error) => tracing::error!(%error, "storing provider events was cut short"),
        }
    }

    /// Nobody listening is no error.
    fn tell(&self, change: Change) {
        let _ = self.changes.send(change);
    }
}

fn commit(store: &Store, events: Vec<Event>, author: Author) -> Result<Vec<Change>, Error> {
    let changed = store.write(move |tx| {
        let mut changed = Changed::default();
        for event in &events {
            match event {
                Event::Call(snapshot) => changed.record(tx, snapshot, &author)?,
                Event::Merged { gone, into } => changed.merge(tx, (gone, into), &author)?,
                Event::Live { provider, calls } => changed.end_unlisted(tx, (provider, calls), &author)?,
                Event::Link(_) => {}
            }
        }
        Ok(changed)
    })?;
    changed.told(store)
}

impl Changed {
    fn record(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        snapshot: &Snapshot,
        author: &Author,
    ) -> Result<(), Error> {
        let recorded = calls::record(tx, snapshot, author)?;
        if recorded.changed && !self.calls.contains(&recorded.id) {
            self.calls.push(recorded.id);
        }
        Ok(())
    }

    fn merge(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        (gone, into): (&CallKey, &CallKey),
        author: &Author,
    ) -> Result<(), Error> {
        self.gone.extend(calls::merge(tx, gone, into, author)?);
        Ok(())
    }

    /// Calls we thought live that the provider does not list are over; each ends with what is known of it.
    fn end_unlisted(
        &mut self,
        tx: &rusqlite::Transaction<'_>,
        (provider, listed): (&str, &[CallKey]),
        author: &Author,
    ) -> Result<(), Error> {
        for (_, snapshot) in calls::live(tx)? {
            if snapshot.key.provider == provider && !listed.contains(&snapshot.key) {
                self.record(tx, &ended_unseen(snapshot), author)?;
            }
        }
        Ok(())
    }

    fn told(self, store: &Store) -> Result<Vec<Change>, Error> {
        let mut changes: Vec<Change> = self.gone.iter().map(|id| Change::Gone(*id)).collect();
        let mut ended = !self.gone.is_empty();
        for id in self.calls {
            let call = store.read(|conn| calls::board_call(conn, id))?;
            // Calls between colleagues are kept and never shown.
            if let Some(call) = call.filter(|call| call.snapshot.direction != Direction::Internal) {
                ended |= !call.snapshot.is_live();
                changes.push(Change::Call(Box::new(call)));
            }
        }
        if ended {
            changes.push(Change::Figures);
        }
        Ok(changes)
    }
}

/// The end nobody announced: no later than what was last seen, and with that result.
fn ended_unseen(mut snapshot: Snapshot) -> Snapshot {
    let seen = snapshot.answered_at.map_or(snapshot.wait, |_| snapshot.talk);
    let seen_from = snapshot.answered_at.unwrap_or(snapshot.started_at);
    snapshot.ended_at = Some(seen_from + chrono::Duration::from_std(seen).unwrap_or_default());
    snapshot.phase = Phase::Ended;
    snapshot.ringing.clear();
    snapshot.result = Some(match (snapshot.was_answered(), snapshot.direction) {
        (true, _) => CallResult::Answered,
        (false, Direction::Incoming) => CallResult::Missed,
        (false, _) => CallResult::NoAnswer,
    });
    snapshot
}
