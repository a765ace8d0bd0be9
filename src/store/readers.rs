//! A small pool of reading connections. In WAL mode they never wait for the writer, nor it for them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use super::{Error, open};

/// Connections kept open when idle; more are made while more read at once.
const KEPT: usize = 4;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn of(path: &Path) -> Readers {
        Readers { path: path.to_owned(), idle: Mutex::new(vec![]) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// One transaction: everything `work` reads is of one moment.
    pub(super) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let connection = self.take()?;
        let moment = connection.unchecked_transaction()?;
        let outcome = work(&moment);
        drop(moment);
        self.give_back(connection);
        outcome
    }

    /// A transaction sees the file as of its first read: when both read the same, nothing came between.
    pub(super) fn pair<T: PartialEq>(
        &self,
        moment: impl Fn(&Connection) -> Result<T, Error>,
    ) -> Result<([Connection; 2], T), Error> {
        loop {
            let pair = [open::reader(&self.path)?, open::reader(&self.path)?];
            pair.iter().try_for_each(|connection| connection.execute_batch("BEGIN"))?;
            let moments = (moment(&pair[0])?, moment(&pair[1])?);
            if moments.0 == moments.1 {
                return Ok((pair, moments.0));
            }
        }
    }

    fn take(&self) -> Result<Connection, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| open::reader(&self.path), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
    }
}
