//! What the folder must not keep, and what it must: looked over once at the start, old recordings deleted every hour.

use chrono::TimeDelta;

use super::Keeper;
use crate::domain::id::CallId;
use crate::domain::recording::{Absence, Sound};
use crate::store::Error;
use crate::store::recordings::{self, SoundFile};

/// Deleted in one transaction.
const AT_ONCE: usize = 100;

impl Keeper {
    /// Makes folder and store agree: nothing half-fetched is left, a file that is gone is awaited again, and one that
    /// came without being written down is taken in. Files of calls that the store does not know stay. Blocks.
    pub(super) fn look_over(&self) -> Result<(), Error> {
        self.folder().open().map_err(unusable)?;
        self.keep_on()?;
        let mut here = self.scribe.store.read(recordings::files)?;
        let found = self.folder().files().map_err(unusable)?;
        let strays: Vec<_> =
            found.into_iter().filter(|(_, file)| here.remove(&file.name).is_none()).collect();
        for call in here.into_values() {
            tracing::warn!(call = %call.0, "the file of a recording is gone");
            self.write(move |tx, author| recordings::missing(tx, call, author))?;
            self.scribe.teller.recordings(&[call]);
        }
        strays.into_iter().try_for_each(|(call, file)| self.judge_stray(call, file))
    }

    /// A stop between a file's rename and its row, or between the row of a deletion and the file.
    fn judge_stray(&self, call: CallId, file: SoundFile) -> Result<(), Error> {
        match self.scribe.store.read(|conn| recordings::find(conn, call))?.map(|kept| kept.state) {
            Some(Sound::Here { .. } | Sound::Deleted { .. }) => {
                self.remove(&file.name);
            }
            Some(Sound::Awaited | Sound::Silent | Sound::Lost { .. }) => {
                self.take_in(call, file);
            }
            None => tracing::warn!(call = %call.0, "a recording of no call in this store is left alone"),
        }
        Ok(())
    }

    /// From when on calls have their recordings awaited.
    fn keep_on(&self) -> Result<(), Error> {
        let (provider, since) = (self.source.provider().to_owned(), self.kept_since());
        self.write(move |tx, author| recordings::keep_from(tx, &provider, since, author))
    }

    pub(super) async fn sweep_hourly(&self) {
        let mut swept = None;
        loop {
            let now = self.scribe.now();
            if swept.is_none_or(|at| now - at >= TimeDelta::hours(1)) {
                match self.blocking(Keeper::sweep).await {
                    Ok(()) => swept = Some(now),
                    Err(error) => tracing::warn!(%error, "old recordings could not be deleted; trying on"),
                }
            }
            tokio::time::sleep(self.keeping.every).await;
        }
    }

    /// Blocks.
    fn sweep(&self) -> Result<(), Error> {
        let (before, days) = (self.kept_since(), self.keeping.days);
        self.keep_on()?;
        let reason = Absence::NeverCame(days);
        let given_up =
            self.write(move |tx, author| recordings::give_up_before(tx, before, &reason, author))?;
        self.scribe.teller.muted(&given_up);
        loop {
            let due = self.scribe.store.read(|conn| recordings::due_for_deletion(conn, before, AT_ONCE))?;
            let last = due.len() < AT_ONCE;
            self.delete(due)?;
            self.remove_deleted()?;
            if last {
                return Ok(());
            }
        }
    }

    /// In the store and in its journal; the files follow.
    fn delete(&self, due: Vec<CallId>) -> Result<(), Error> {
        let why = format!("age {} days", self.keeping.days);
        let deleted = self.write(move |tx, author| {
            let mut deleted = vec![];
            for call in due {
                if recordings::delete(tx, call, &why, author)? {
                    deleted.push(call);
                }
            }
            Ok(deleted)
        })?;
        self.scribe.teller.muted(&deleted);
        Ok(())
    }

    /// A file that stays, stays noted as to be removed, and is tried again with the next sweep.
    fn remove_deleted(&self) -> Result<(), Error> {
        let files = self.scribe.store.read(recordings::to_remove)?;
        let gone: Vec<CallId> =
            files.into_iter().filter(|(_, file)| self.remove(file)).map(|(call, _)| call).collect();
        if gone.is_empty() { Ok(()) } else { self.write(move |tx, _| recordings::removed(tx, &gone)) }
    }

    /// Whether it is gone.
    pub(super) fn remove(&self, name: &str) -> bool {
        let removed = self.folder().remove(name);
        removed
            .inspect_err(|error| tracing::warn!(%error, file = name, "a recording could not be removed"))
            .is_ok()
    }
}

fn unusable(error: std::io::Error) -> Error {
    Error::Refused(format!("the folder of recordings: {error}"))
}
