//! The report's figures: the ledger, kept in step with the store.
//!
//! Every answer is right to the last commit: before it the store's change log is read on from where the ledger
//! stands. The ledger comes from its cache beside the store where that is whole and not too far behind, else from
//! the store itself; a lost cache costs time and nothing else.

use std::path::PathBuf;
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;

use chrono_tz::Tz;

use crate::domain::fact::Numbers;
use crate::domain::report::Filter;
use crate::ledger::{Builder, Fault, Ledger};
use crate::store::facts::{self, Changes};
use crate::store::{self, Store};

/// Changes after which the cache is written anew, so that a crash leaves little to catch up with.
const SAVE_AFTER: usize = 5_000;

/// A cheap handle; clones share one ledger.
#[derive(Clone)]
pub struct Figures {
    pub(super) store: Store,
    pub(super) zone: Tz,
    shared: Arc<Shared>,
}

struct Shared {
    cache: PathBuf,
    /// Held by whoever brings the ledger up to date.
    turn: Mutex<()>,
    kept: RwLock<Option<Kept>>,
}

struct Kept {
    ledger: Ledger,
    /// How far the store's change log is in it.
    stamp: u64,
    /// Changes since the cache was written.
    unsaved: usize,
}

/// Takes in what was committed, on a thread of its own: whoever asks next need not wait, and whoever commits never does.
#[derive(Clone)]
pub(super) struct Follower {
    wake: SyncSender<()>,
}

impl Follower {
    /// Ends when the last clone of it is gone.
    pub fn of(figures: Figures) -> Follower {
        let (wake, woken) = mpsc::sync_channel(1);
        let follow = move || woken.iter().for_each(|()| figures.follow());
        if let Err(error) = thread::Builder::new().name("ledger".into()).spawn(follow) {
            tracing::warn!(%error, "the ledger is read on only when somebody asks");
        }
        Follower { wake }
    }

    /// Something was committed. One that waits to be followed covers all that come meanwhile.
    pub fn nudge(&self) {
        let _ = self.wake.try_send(());
    }
}

/// Told how many calls of how many have been read while the ledger is built from the store.
pub type Progress<'p> = dyn Fn(u64, u64) + Sync + 'p;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Figures {
    /// Nothing is read yet.
    pub fn new(store: Store, zone: Tz) -> Figures {
        let cache = store.path().with_added_extension("ledger");
        let shared = Shared { cache, turn: Mutex::default(), kept: RwLock::default() };
        Figures { store, zone, shared: Arc::new(shared) }
    }

    /// Asks the ledger as it is right after the last commit.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Ledger) -> T) -> Result<T, Error> {
        self.catch_up(&|_, _| ())?;
        let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
        let empty = Ledger::new(self.zone);
        Ok(question(kept.as_ref().map_or(&empty, |kept| &kept.ledger)))
    }

    /// The calls that only the store can tell to be meant; `None` when the filter does not ask.
    pub(super) fn matching(&self, filter: &Filter) -> Result<Option<Numbers>, Error> {
        Ok(self.store.read(|connection| facts::matching(connection, filter))?)
    }

    /// Takes in what was committed since. The first time it opens the cache, or builds the ledger from the store.
    pub fn catch_up(&self, progress: &Progress) -> Result<(), Error> {
        let _turn = self.shared.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = self.stamp().or_else(|| self.open_cache());
        match stamp {
            Some(stamp) => self.read_on(stamp, progress),
            None => self.build(progress),
        }
    }

    fn stamp(&self) -> Option<u64> {
        self.shared.kept.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|kept| kept.stamp)
    }

    fn open_cache(&self) -> Option<u64> {
        let (ledger, stamp) = Ledger::load(&self.shared.cache, self.zone)?;
        self.put(Kept { ledger, stamp, unsaved: 0 });
        Some(stamp)
    }

    fn read_on(&self, stamp: u64, progress: &Progress) -> Result<(), Error> {
        let since = self.store.read(|connection| facts::since(connection, self.zone, stamp))?;
        if since.stamp == stamp {
            return Ok(());
        }
        match since.changes {
            Changes::Everything => self.build(progress),
            Changes::Some { facts, gone, lines } => {
                let mut kept = self.shared.kept.write().unwrap_or_else(PoisonError::into_inner);
                let Some(kept) = kept.as_mut() else { return Ok(()) };
                gone.iter().for_each(|number| kept.ledger.remove(*number));
                lines
                    .iter()
                    .try_for_each(|(line, channel, branch)| kept.ledger.relabel(line, *channel, *branch))?;
                facts.iter().try_for_each(|fact| kept.ledger.put(fact))?;
                kept.stamp = since.stamp;
                kept.unsaved += facts.len() + gone.len() + lines.len();
                Ok(())
            }
        }
    }

    fn build(&self, progress: &Progress) -> Result<(), Error> {
        let mut builder = Builder::new(self.zone);
        let stamp =
            facts::all(&self.store, self.zone, progress, |fact| Ok::<(), Error>(builder.push(fact)?))?;
        self.put(Kept { ledger: builder.finish(), stamp, unsaved: SAVE_AFTER });
        Ok(())
    }

    /// A ledger nobody has opened stays closed.
    fn follow(&self) {
        if self.stamp().is_none() {
            return;
        }
        match self.catch_up(&|_, _| ()) {
            Ok(()) => self.save_some(),
            Err(error) => tracing::warn!(%error, "the ledger could not follow the store"),
        }
    }

    fn put(&self, kept: Kept) {
        *self.shared.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }

    /// Writes the cache when enough has changed; what the log need not tell any more is dropped from it. Failing costs
    /// the next start time, nothing else.
    fn save_some(&self) {
        self.save_after(SAVE_AFTER);
    }

    /// Writes the cache when anything has changed.
    pub fn save(&self) {
        self.save_after(1);
    }

    fn save_after(&self, changes: usize) {
        let _turn = self.shared.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let saved = {
            let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
            let Some(kept) = kept.as_ref().filter(|kept| kept.unsaved >= changes) else { return };
            kept.ledger.save(&self.shared.cache, kept.stamp).map(|()| kept.stamp)
        };
        match saved {
            Ok(stamp) => self.saved(stamp),
            Err(error) => tracing::warn!(%error, "the ledger's cache could not be written"),
        }
    }

    fn saved(&self, stamp: u64) {
        if let Some(kept) = self.shared.kept.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            kept.unsaved = 0;
        }
        match self.store.write(move |transaction| facts::trim(transaction, stamp)) {
            // Read beside a running desk: the log is that desk's.
            Ok(()) | Err(store::Error::ReadOnly) => {}
            Err(error) => tracing::warn!(%error, "the change log could not be trimmed"),
        }
    }
}
