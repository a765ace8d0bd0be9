//! The ledger's cache: written by whoever owns the store, believed only where it and the store bear the same mark.
//!
//! The mark is new with each save. A store put back from a backup, or made anew in the same place, has another one: its
//! log may count as far as the cache says and still be of another history.

use std::io;
use std::sync::{PoisonError, TryLockError};

use uuid::Uuid;

use super::{Figures, Kept};
use crate::ledger::Ledger;
use crate::store::facts;
use crate::store::{self, Store};

/// Changes after which the cache is written anew, so that a crash leaves little to catch up with.
pub(super) const SAVE_AFTER: usize = 5_000;

impl Figures {
    /// The cache, when it is of this store.
    pub(super) fn cached(&self) -> Result<Option<Kept>, store::Error> {
        let Some((ledger, stamp)) = Ledger::load(&self.shared.cache, self.zone) else { return Ok(None) };
        let (mark, seq) = ((stamp >> 64) as u64, stamp as u64);
        let same = self.store.read(|connection| facts::is_marked(connection, mark))?;
        Ok(same.then_some(Kept { ledger, seq, unsaved: 0 }))
    }

    /// Whether so much has changed since the cache was written that the next start would be slow.
    pub fn are_worth_saving(&self) -> bool {
        let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().is_some_and(|kept| kept.unsaved >= SAVE_AFTER)
    }

    /// Writes the cache when enough has changed.
    pub(super) fn save_some(&self) {
        let _turn = self.turn();
        self.save_after(SAVE_AFTER, &self.store);
    }

    /// Writes the cache when anything has changed, unless somebody is at it or builds the ledger.
    pub fn save(&self) {
        self.save_through(&self.store);
    }

    /// The same for figures of a store that was opened for reading: `owner` is that store, opened to write.
    pub fn save_through(&self, owner: &Store) {
        let _turn = match self.shared.turn.try_lock() {
            Ok(turn) => turn,
            Err(TryLockError::Poisoned(turn)) => turn.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        self.save_after(1, owner);
    }

    fn save_after(&self, changes: usize, owner: &Store) {
        let Some(written) = self.written(changes) else { return };
        // Also where it failed: trying again with every call would only make a full disk busier.
        if let Some(kept) = self.shared.kept.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            kept.unsaved = 0;
        }
        let saved = written
            .map_err(|error| error.to_string())
            .and_then(|(mark, seq)| facts::mark_saved(owner, mark, seq).map_err(|error| error.to_string()));
        if let Err(error) = saved {
            tracing::warn!(error, "the ledger could not be kept for the next start");
        }
    }

    /// The mark and the place in the log that the file now bears; `None` when too little has changed.
    fn written(&self, changes: usize) -> Option<io::Result<(u64, u64)>> {
        let kept = self.shared.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref().filter(|kept| kept.unsaved >= changes)?;
        // The random half.
        let mark = Uuid::now_v7().as_u128() as u64;
        let stamp = u128::from(mark) << 64 | u128::from(kept.seq);
        Some(kept.ledger.save(&self.shared.cache, stamp).map(|()| (mark, kept.seq)))
    }
}
