//! Tells every desk what changed, in an order that never goes back.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;

use super::figures::{Figures, Follower};
use crate::domain::call::Direction;
use crate::domain::desk::{BoardCall, Change, Link, Trouble};
use crate::domain::gap::Gap;
use crate::domain::id::{CallId, PersonId};
use crate::store::{Error, Store, calls, gaps};

/// More calls than these are asked for together.
const TOLD_ONE_BY_ONE: usize = 64;

/// Several threads commit and then tell; each reads back and sends under one lock, so that what is sent later was read
/// later, and a call that ended is never told as running again.
#[derive(Clone)]
pub(super) struct Teller {
    store: Store,
    follower: Follower,
    changes: broadcast::Sender<Change>,
    turn: Arc<Mutex<()>>,
}

impl Teller {
    /// `kept`: changes a slow desk may fall behind.
    pub fn new(figures: Figures, kept: usize) -> Teller {
        let (changes, _) = broadcast::channel(kept);
        let store = figures.store.clone();
        Teller { store, follower: Follower::of(figures), changes, turn: Arc::default() }
    }

    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Reads back what was committed. Blocks; calls between colleagues are kept and never told. What is committed stays
    /// so even if it can't be read back now: then every desk is told to ask for itself.
    pub fn calls(&self, ids: &[CallId]) {
        self.follower.nudge();
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = self.try_calls(ids) {
            tracing::warn!(%error, "what was stored could not be read back");
            self.say(Change::Resync);
        }
    }

    fn try_calls(&self, ids: &[CallId]) -> Result<(), Error> {
        let told = self.outside(ids)?;
        let figures = told.iter().any(|call| !call.snapshot.is_live());
        told.into_iter().for_each(|call| self.say(Change::Call(Box::new(call))));
        if figures {
            self.say(Change::Figures);
        }
        Ok(())
    }

    /// The calls with the outside among these.
    fn outside(&self, ids: &[CallId]) -> Result<Vec<BoardCall>, Error> {
        let mut calls = self.store.read(|conn| calls::board_calls(conn, ids))?;
        calls.retain(|call| call.snapshot.direction != Direction::Internal);
        Ok(calls)
    }

    pub fn gone(&self, ids: &[CallId]) {
        if ids.is_empty() {
            return;
        }
        self.follower.nudge();
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            self.say(Change::Gone(*id));
        }
        self.say(Change::Figures);
    }

    /// What the record of the past changed. `since`: what ended before is on no board.
    pub fn mended(&self, ids: &[CallId], since: DateTime<Utc>) {
        if ids.is_empty() {
            return;
        }
        self.follower.nudge();
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() > TOLD_ONE_BY_ONE || self.try_mended(ids, since).is_err() {
            self.say(Change::Resync);
        }
        self.say(Change::Figures);
    }

    /// Whether a missed call of the past was made good since is the board's to say: it is asked for anew.
    fn try_mended(&self, ids: &[CallId], since: DateTime<Utc>) -> Result<(), Error> {
        let mut told = self.outside(ids)?;
        told.retain(|call| call.snapshot.ended_at.is_none_or(|ended| ended >= since));
        let wanting = told.iter().any(|call| call.wants_something() && !call.snapshot.is_live());
        told.into_iter().for_each(|call| self.say(Change::Call(Box::new(call))));
        if wanting {
            self.say(Change::Resync);
        }
        Ok(())
    }

    /// As they stand by now: who ends a gap and who restores it are two. Blocks.
    pub fn gaps(&self, changed: &[Gap]) {
        if changed.is_empty() {
            return;
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        for gap in changed {
            match self.store.read(|conn| gaps::get(conn, &gap.source, gap.began_at)) {
                Ok(known) => known.into_iter().for_each(|gap| self.say(Change::Gap(Box::new(gap)))),
                Err(error) => tracing::warn!(%error, "a gap could not be read back"),
            }
        }
        self.say(Change::Figures);
    }

    /// Lines may mean other channels now.
    pub fn directories(&self) {
        self.follower.nudge();
        self.say(Change::Directories);
        self.say(Change::Resync);
        self.say(Change::Figures);
    }

    pub fn person(&self, person: PersonId) {
        self.follower.nudge();
        self.say(Change::Person(person));
        // Whoever called from that number may be somebody else now.
        self.say(Change::Resync);
        self.say(Change::Figures);
    }

    pub fn recordings(&self, calls: &[CallId]) {
        calls.iter().for_each(|call| self.say(Change::Recording(*call)));
    }

    /// There is nothing to hear of them any more, or there is again.
    pub fn muted(&self, calls: &[CallId]) {
        if calls.is_empty() {
            return;
        }
        self.follower.nudge();
        self.recordings(calls);
        self.say(Change::Figures);
    }

    pub fn sounds(&self, trouble: Option<Trouble>) {
        self.say(Change::Sounds(trouble));
    }

    /// The ledger is being built.
    pub fn reading(&self, done: u64, total: u64) {
        self.say(Change::Reading { done, total });
    }

    pub fn link(&self, link: Link) {
        self.say(Change::Link(link));
    }

    /// Nobody listening is no error.
    fn say(&self, change: Change) {
        let _ = self.changes.send(change);
    }
}
