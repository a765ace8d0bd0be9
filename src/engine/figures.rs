//! The report's figures: the ledger, kept in step with the store.
//!
//! Every answer is right to the last commit: before it the store's change log is read on from where the ledger
//! stands. The ledger comes from its cache beside the store where that is whole, of this store and not too far
//! behind, else from the store itself; a lost cache costs time and nothing else.

mod follower;
mod saving;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono_tz::Tz;

use crate::domain::fact::Numbers;
use crate::domain::report::Filter;
use crate::ledger::{Builder, Fault, Ledger};
use crate::store::facts::{self, Changes, Since};
use crate::store::{self, Store};

pub(super) use follower::Follower;
use saving::SAVE_AFTER;

/// A cheap handle; clones share one ledger.
#[derive(Clone)]
pub struct Figures {
    pub(super) store: Store,
    pub(super) zone: Tz,
    shared: Arc<Shared>,
}

struct Shared {
    cache: PathBuf,
    /// Held by whoever brings the ledger up to date or writes it down.
    turn: Mutex<()>,
    kept: RwLock<Option<Kept>>,
}

struct Kept {
    ledger: Ledger,
    /// The last entry of the store's change log that is in it.
    seq: u64,
    /// Changes since the cache was written.
    unsaved: usize,
}

/// Told how many calls of about how many have been read while the ledger is built from the store.
pub type Progress<'p> = dyn Fn(u64, u64) + Sync + 'p;

impl Figures {
    /// Nothing is read yet.
    pub fn new(store: Store, zone: Tz) -> Figures {
        let cache = store.path().with_added_extension("ledger");
        let shared = Shared { cache, turn: Mutex::default(), kept: RwLock::default() };
        Figures { store, zone, shared: Arc::new(shared) }
    }

    /// Asks the ledger as it is right after the last commit.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Ledger) -> T) -> Result<T, store::Error> {
        self.catch_up(&|_, _| ())?;
        let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
        let empty = Ledger::new(self.zone);
        Ok(question(kept.as_ref().map_or(&empty, |kept| &kept.ledger)))
    }

    /// The calls that only the store can tell to be meant; `None` when the filter does not ask.
    pub(super) fn matching(&self, filter: &Filter) -> Result<Option<Numbers>, store::Error> {
        match filter.asks_the_store() {
            true => self.store.read(|connection| facts::matching(connection, filter)),
            false => Ok(None),
        }
    }

    /// Takes in what was committed since. The first time it opens the cache, or builds the ledger from the store.
    pub fn catch_up(&self, progress: &Progress) -> Result<(), store::Error> {
        let _turn = self.turn();
        if self.seq().is_none() {
            self.put(self.cached()?);
        }
        let Some(seq) = self.seq() else { return self.build(progress) };
        let since = self.store.read(|connection| facts::since(connection, self.zone, seq))?;
        if since.stamp == seq {
            return Ok(());
        }
        match since.changes {
            Changes::Everything => self.build(progress),
            Changes::Some { .. } => {
                self.take(since);
                Ok(())
            }
        }
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.shared.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seq(&self) -> Option<u64> {
        self.shared.kept.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|kept| kept.seq)
    }

    fn put(&self, kept: Option<Kept>) {
        *self.shared.kept.write().unwrap_or_else(PoisonError::into_inner) = kept;
    }

    fn take(&self, since: Since) {
        let mut kept = self.shared.kept.write().unwrap_or_else(PoisonError::into_inner);
        let (Some(kept), Changes::Some { facts, gone, lines }) = (kept.as_mut(), since.changes) else {
            return;
        };
        gone.iter().for_each(|number| kept.ledger.remove(*number));
        lines.iter().for_each(|(line, channel, branch)| kept.ledger.relabel(line, *channel, *branch));
        facts.iter().for_each(|fact| counted(kept.ledger.put(fact)));
        kept.seq = since.stamp;
        kept.unsaved += facts.len() + gone.len() + lines.len();
    }

    /// What is known before is let go of first: nobody can ask it meanwhile, and there is no room for two.
    fn build(&self, progress: &Progress) -> Result<(), store::Error> {
        self.put(None);
        let mut builder = Builder::new(self.zone);
        let take = |fact: &_| {
            counted(builder.push(fact));
            Ok::<(), store::Error>(())
        };
        let seq = facts::all(&self.store, self.zone, progress, take)?;
        self.put(Some(Kept { ledger: builder.finish(), seq, unsaved: SAVE_AFTER }));
        Ok(())
    }
}

/// One call that cannot be kept must not cost the report of all others.
fn counted(kept: Result<(), Fault>) {
    if let Err(fault) = kept {
        tracing::warn!(%fault, "a call is missing in the report");
    }
}
