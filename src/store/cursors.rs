//! How far each source has been read. Set a cursor in the transaction of the data it speaks of.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::domain::gap::Source;

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

/// The name of the cursor up to which a record of the past was read.
pub fn read_until(source: &str) -> String {
    format!("{source}.read_until")
}

/// The name of the cursor that says, in words, why a record cannot be read; none while it can.
pub fn trouble(source: &str) -> String {
    format!("{source}.trouble")
}

/// Every record of the past that was ever read, or tried, by name.
pub fn sources(connection: &Connection) -> Result<Vec<Source>, Error> {
    let mut statement = connection.prepare_cached(
        "WITH names AS (
             SELECT DISTINCT replace(replace(name, '.read_until', ''), '.trouble', '') AS name FROM cursors
             WHERE name LIKE '%.read_until' OR name LIKE '%.trouble')
         SELECT name,
             (SELECT value FROM cursors WHERE cursors.name = names.name || '.read_until') AS read_until,
             (SELECT value FROM cursors WHERE cursors.name = names.name || '.trouble') AS trouble
         FROM names ORDER BY name",
    )?;
    Ok(statement.query_map([], source)?.collect::<Result<_, _>>()?)
}

fn source(row: &Row) -> rusqlite::Result<Source> {
    let read: Option<String> = row.get("read_until")?;
    Ok(Source {
        name: row.get("name")?,
        read_until: read.and_then(|text| text.parse().ok()),
        trouble: row.get("trouble")?,
    })
}
