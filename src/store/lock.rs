//! One process owns one store: a locked file beside it. The system lets go of the lock when the process ends,
//! however it ends. Not the database file itself: closing any handle on that would drop SQLite's own locks.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::Error;

/// Held until dropped.
pub(super) struct Lock(#[expect(dead_code, reason = "open is locked: the handle is the lock")] File);

impl Lock {
    pub(super) fn take(store: &Path) -> Result<Lock, Error> {
        let path = beside(store);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|reason| Error::io(&path, reason))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(Error::Locked(store.to_owned())),
            Err(TryLockError::Error(reason)) => Err(Error::io(&path, reason)),
        }
    }
}

/// Whether some process holds it now.
pub(super) fn is_taken(store: &Path) -> bool {
    let shared = File::open(beside(store)).map(|file| file.try_lock_shared());
    matches!(shared, Ok(Err(TryLockError::WouldBlock)))
}

/// `pult.db` is locked by `pult.db-lock`, beside SQLite's own `-wal` and `-shm`.
fn beside(store: &Path) -> PathBuf {
    let mut name = OsString::from(store);
    name.push("-lock");
    name.into()
}
