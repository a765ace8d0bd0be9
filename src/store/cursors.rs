//! How far each source has been read. Set a cursor in the transaction of the data it speaks of.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Author, Error};

pub fn get(connection: &Connection, name: &str) -> Result<Option<String>, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM cursors WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub fn set(transaction: &Transaction, name: &str, value: &str, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO cursors (name, value, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE
         SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )?;
    statement.execute(params![name, value, author.when(), author.by()])?;
    Ok(())
}

/// Whether there was one.
pub fn clear(transaction: &Transaction, name: &str) -> Result<bool, Error> {
    Ok(transaction.prepare_cached("DELETE FROM cursors WHERE name = ?1")?.execute([name])? > 0)
}
