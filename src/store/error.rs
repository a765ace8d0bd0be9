//! What can go wrong with the file, in words for the person who has to mend it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::ErrorCode;

/// Cheap to clone: one failed commit is told to everybody whose write was in it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    #[error("{} is in use by another pult: close it, or choose another file", .0.display())]
    Locked(PathBuf),
    #[error("the store is of a newer pult (version {found}, this program knows {known}): update pult")]
    Newer { found: u32, known: u32 },
    #[error(
        "the store is of an older pult (version {found}, wanted {known}): start pult once to bring it up to date"
    )]
    Older { found: u32, known: u32 },
    #[error("{} is not a pult store", .0.display())]
    NotAStore(PathBuf),
    #[error("the store is damaged: restore it from a backup")]
    Damaged,
    #[error("the disk is full: nothing of this was saved; free some space and try again")]
    DiskFull,
    /// SQLite took back everything of a commit, for the reason that one of its jobs was told.
    #[error("the disk failed: nothing of this was saved")]
    TakenBack,
    /// A job panicked; its neighbours of the same commit stay.
    #[error("a fault in pult itself: nothing of this was saved")]
    Fault,
    #[error("another program holds the store's file: close it (a database browser, a backup) and try again")]
    Busy,
    #[error("the store can only be read, not written")]
    ReadOnly,
    #[error("the store cannot be opened: {}: {reason}", path.display())]
    Io { path: PathBuf, reason: Arc<io::Error> },
    #[error("the store is closed")]
    Closed,
    #[error("the call, the person or the entry is not in the store")]
    NotFound,
    #[error("a call of {0} cannot be kept: its time lies outside the years 1900 to 9999")]
    OutOfTime(DateTime<Utc>),
    #[error("nothing to undo")]
    NothingToUndo,
    /// The caller's own reason to take its job back.
    #[error("{0}")]
    Refused(String),
    #[error("the store failed: {0}")]
    Sqlite(Arc<rusqlite::Error>),
}

impl Error {
    pub(super) fn io(path: &std::path::Path, reason: io::Error) -> Error {
        Error::Io { path: path.to_owned(), reason: Arc::new(reason) }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) if is_missing_reference(failure) => Error::NotFound,
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Error::DiskFull,
                ErrorCode::DatabaseBusy => Error::Busy,
                ErrorCode::ReadOnly => Error::ReadOnly,
                ErrorCode::DatabaseCorrupt => Error::Damaged,
                _ => Error::Sqlite(Arc::new(error)),
            },
            _ => Error::Sqlite(Arc::new(error)),
        }
    }
}

fn is_missing_reference(failure: &rusqlite::ffi::Error) -> bool {
    failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY
}
