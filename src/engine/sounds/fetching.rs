//! Which recording is fetched next: first what somebody waits to hear, then the newest; never more than a few at once,
//! none while the disk has no room.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

use super::Keeper;
use super::fetch::Outcome;
use crate::domain::desk::{Change, Trouble};
use crate::domain::id::CallId;
use crate::store::Error;
use crate::store::recordings;

/// Of what nobody waits for; whoever waits does not wait for these.
const AT_ONCE: usize = 2;
const WISHED_AT_ONCE: usize = 4;
/// After a provider that could not be reached, for each time in a row.
const UNREACHABLE_REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(60);

/// Somebody waits to hear this one.
pub(super) struct Wish {
    pub call: CallId,
    pub done: oneshot::Sender<Outcome>,
}

pub(super) struct Fetching {
    keeper: Keeper,
    troubled: watch::Sender<Option<Trouble>>,
    running: JoinSet<Outcome>,
    calls: HashMap<Id, CallId>,
    wished: VecDeque<CallId>,
    waiting: HashMap<CallId, Vec<oneshot::Sender<Outcome>>>,
    /// What nobody waits for is not fetched before.
    rests_until: Instant,
    unreachable: u32,
}

impl Fetching {
    pub fn new(keeper: Keeper, troubled: watch::Sender<Option<Trouble>>) -> Fetching {
        Fetching {
            keeper,
            troubled,
            running: JoinSet::new(),
            calls: HashMap::new(),
            wished: VecDeque::new(),
            waiting: HashMap::new(),
            rests_until: Instant::now(),
            unreachable: 0,
        }
    }

    /// Until nobody can wish any more.
    pub async fn run(mut self, mut wishes: mpsc::Receiver<Wish>) {
        let mut changes = self.keeper.scribe.teller.listen();
        loop {
            self.fill().await;
            tokio::select! {
                wish = wishes.recv() => match wish {
                    Some(wish) => self.wish(wish),
                    None => return,
                },
                Some(done) = self.running.join_next_with_id() => self.settle(done).await,
                () = something_ended(&mut changes) => {}
                () = tokio::time::sleep(self.keeper.keeping.every) => {}
            }
        }
    }

    fn wish(&mut self, Wish { call, done }: Wish) {
        let waiting = self.waiting.entry(call).or_default();
        waiting.push(done);
        if waiting.len() == 1 && !self.is_running(call) {
            self.wished.push_back(call);
        }
    }

    fn is_running(&self, call: CallId) -> bool {
        self.calls.values().any(|running| *running == call)
    }

    async fn fill(&mut self) {
        while self.running.len() < if self.wished.is_empty() { AT_ONCE } else { WISHED_AT_ONCE } {
            let Some(call) = self.next().await else { return };
            if self.keeper.has_room().await {
                let fetch = self.running.spawn(self.keeper.clone().fetch(call));
                self.calls.insert(fetch.id(), call);
                continue;
            }
            self.tell_no_room().await;
            self.answer(call, Outcome::NoRoom);
            if self.wished.is_empty() {
                return;
            }
        }
    }

    async fn next(&mut self) -> Option<CallId> {
        if let Some(call) = self.wished.pop_front() {
            return Some(call);
        }
        if Instant::now() < self.rests_until {
            return None;
        }
        let newest = self.keeper.blocking(|keeper| keeper.newest(2 * AT_ONCE)).await;
        let newest = newest.inspect_err(|error| tracing::warn!(%error, "what is wanted cannot be read"));
        newest.unwrap_or_default().into_iter().find(|call| !self.is_running(*call))
    }

    async fn tell_no_room(&self) {
        let waiting = self.keeper.blocking(|keeper| keeper.scribe.store.read(recordings::waiting)).await;
        self.tell(Some(Trouble::NoRoom { waiting: waiting.unwrap_or_default() }));
    }

    /// Every desk learns when the room ends, and when there is some again.
    fn tell(&self, trouble: Option<Trouble>) {
        let known = self.troubled.send_replace(trouble.clone());
        if known.is_some() != trouble.is_some() {
            self.keeper.scribe.teller.sounds(trouble);
        }
    }

    async fn settle(&mut self, done: Result<(Id, Outcome), JoinError>) {
        let (id, outcome) = done.unwrap_or_else(|error| {
            tracing::error!(%error, "a fetch was cut short");
            (error.id(), Outcome::Refused)
        });
        match outcome {
            Outcome::NoRoom => self.tell_no_room().await,
            Outcome::Told | Outcome::Unreachable => self.tell(None),
            Outcome::Refused => {}
        }
        self.rest_after(outcome);
        if let Some(call) = self.calls.remove(&id) {
            self.answer(call, outcome);
        }
    }

    /// Where one try came to nothing through no fault of the recording, the next would too.
    fn rest_after(&mut self, outcome: Outcome) {
        self.unreachable = if outcome == Outcome::Unreachable { self.unreachable + 1 } else { 0 };
        let rest = match outcome {
            Outcome::Told => Duration::ZERO,
            Outcome::Unreachable => (UNREACHABLE_REST * self.unreachable).min(LONGEST_REST),
            Outcome::NoRoom | Outcome::Refused => self.keeper.keeping.every,
        };
        self.rests_until = Instant::now() + rest;
    }

    fn answer(&mut self, call: CallId, outcome: Outcome) {
        for done in self.waiting.remove(&call).unwrap_or_default() {
            // Whoever waited may have lost patience.
            let _ = done.send(outcome);
        }
    }
}

impl Keeper {
    fn newest(&self, n: usize) -> Result<Vec<CallId>, Error> {
        self.scribe
            .store
            .read(|conn| recordings::next_wanted(conn, self.source.provider(), self.scribe.now(), n))
    }
}

/// A call that ended may have a recording. What was missed among the changes may have been one.
async fn something_ended(changes: &mut broadcast::Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Call(call)) if call.snapshot.is_live() => {}
            Ok(Change::Call(_) | Change::Resync) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
