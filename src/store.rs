//! The SQLite file: one writer, many readers, numbered migrations, one module per aggregate.
//!
//! A store knows no provider, no screen and no clock: time and author come with each write. What is
//! acknowledged is on the disk (WAL, `synchronous=FULL`). One process owns the file: a lock beside it refuses
//! a second one.

pub mod calls;
pub mod clinic;
mod column;
mod columns;
mod comments;
pub mod cursors;
pub mod directories;
pub mod drafts;
mod error;
pub mod facts;
mod fields;
pub mod gaps;
pub mod journal;
pub mod leads;
mod lock;
pub mod memory;
mod migrations;
pub mod notices;
pub mod office;
mod open;
pub mod people;
mod readers;
pub mod recordings;
pub mod report;
pub mod search;
pub mod tally;
pub mod views;
pub mod wrapups;
mod writer;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction};
use uuid::{NoContext, Timestamp, Uuid};

use crate::domain::id::PersonId;

pub use column::{Day, E164, Json, Millis, Span, Text};
use column::{Ids, Numbered, Phones};
use columns::Columns;
pub use error::Error;

use lock::Lock;
use readers::Readers;
use writer::Writer;

/// A cheap handle: clones share the writer, the readers and the lock. The last one dropped closes the file.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

/// Dropped from the top: the lock goes last, when nothing of ours can write any more.
struct Shared {
    /// `None` when opened for reading beside a running desk.
    writer: Option<Writer>,
    readers: Readers,
    _lock: Option<Lock>,
}

/// By whom and when a fact is written; nobody is the program itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Author {
    pub employee: Option<PersonId>,
    pub at: DateTime<Utc>,
}

impl Author {
    /// A new identifier that sorts by the author's time.
    pub fn new_id(&self) -> Uuid {
        let seconds = u64::try_from(self.at.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, self.at.timestamp_subsec_nanos()))
    }

    /// The column `changed_by`.
    pub fn by(&self) -> Option<Uuid> {
        self.employee.map(|employee| employee.0)
    }

    /// The column `changed_at`.
    pub fn when(&self) -> Millis {
        Millis(self.at)
    }
}

impl Store {
    /// Opens the file for this process alone; creates or migrates it as needed, its folder too.
    pub fn open(path: &Path) -> Result<Store, Error> {
        open::make_private(path)?;
        let lock = Lock::take(path)?;
        let connection = open::owned(path)?;
        Ok(Store {
            shared: Arc::new(Shared {
                writer: Some(Writer::start(connection)?),
                readers: Readers::of(path),
                _lock: Some(lock),
            }),
        })
    }

    /// Whether a process owns the file now.
    pub fn is_owned(path: &Path) -> bool {
        lock::is_taken(path)
    }

    /// Opens an existing file for reading only, also while another process owns it.
    pub fn open_shared(path: &Path) -> Result<Store, Error> {
        let readers = Readers::of(path);
        readers.read(migrations::check_current)?;
        Ok(Store { shared: Arc::new(Shared { writer: None, readers, _lock: None }) })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        self.shared.readers.path()
    }

    /// Runs `work` in the writer's transaction and blocks until it is on the disk. When `work` fails, what it
    /// wrote is taken back and its neighbours of the same commit stay. Never call it from inside a job.
    pub fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> Result<T, Error> + Send + 'static,
    {
        self.shared.writer.as_ref().ok_or(Error::ReadOnly)?.write(work)
    }

    /// Two connections that see the file as of one moment, for two threads: `moment` tells states of it apart, as far
    /// as whoever asks cares.
    fn pair<T: PartialEq>(
        &self,
        moment: impl Fn(&Connection) -> Result<T, Error>,
    ) -> Result<([Connection; 2], T), Error> {
        self.shared.readers.pair(moment)
    }

    /// Runs `work` on one consistent state of the file; never waits for the writer.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        self.shared.readers.read(work)
    }
}
