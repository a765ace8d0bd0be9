//! How far each source has been read. Set a cursor in the transaction of the data it speaks of.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::Error;

pub fn get(connection: &Connection, name: &str) -> Result<Option<String>, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM cursors WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub fn set(transaction: &Transaction, name: &str, value: &str) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO cursors (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    statement.execute([name, value])?;
    Ok(())
}
