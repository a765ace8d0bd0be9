//! Connections to the file: what each is told before its first use, and whether the file is ours at all.

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Error, migrations};

/// Says "a pult store" in the file's header: the letters `pult`.
const APPLICATION_ID: i32 = 0x7075_6c74;

/// Statements kept prepared per connection; the store has fewer.
const STATEMENTS: usize = 96;

/// The connection that writes; creates and migrates the file.
pub(super) fn owned(path: &Path) -> Result<Connection, Error> {
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    claim(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", false)?;
    migrations::apply(&mut connection)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// A new file, and each new folder above it, is its owner's alone; SQLite makes its `-wal` and `-shm` the same. Those
/// that are there stay as somebody made them.
pub(super) fn make_private(path: &Path) -> Result<(), Error> {
    let failed = |reason| Error::io(path, reason);
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(reason) if reason.kind() != ErrorKind::AlreadyExists => Err(failed(reason)),
        _ => Ok(()),
    }
}

/// A connection that reads; the file must be there.
pub(super) fn reader(path: &Path) -> Result<Connection, Error> {
    path.metadata().map_err(|reason| Error::io(path, reason))?;
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if header(&connection).map_err(|error| foreign(error, path))?.application != APPLICATION_ID {
        return Err(Error::NotAStore(path.to_owned()));
    }
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Another process may be reading the file or folding its log away: a moment, never longer.
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// A new file becomes ours; one that is somebody else's is refused before anything is written to it.
fn claim(connection: &Connection, path: &Path) -> Result<(), Error> {
    let header = header(connection).map_err(|error| foreign(error, path))?;
    match header {
        Header { application: APPLICATION_ID, .. } => Ok(()),
        Header { application: 0, tables: 0 } => {
            Ok(connection.pragma_update(None, "application_id", APPLICATION_ID)?)
        }
        _ => Err(Error::NotAStore(path.to_owned())),
    }
}

struct Header {
    application: i32,
    tables: u32,
}

fn header(connection: &Connection) -> rusqlite::Result<Header> {
    Ok(Header {
        application: connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
        tables: connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
    })
}

fn foreign(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::NotAStore(path.to_owned()),
        _ => error.into(),
    }
}
