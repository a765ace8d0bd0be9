//! What an operator's desk wants to find again, by names of its own: the store does not look into it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Author, Error};
use crate::domain::id::PersonId;

pub fn recall(
    connection: &Connection,
    employee: Option<PersonId>,
    name: &str,
) -> Result<Option<String>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT value FROM memory WHERE employee = ?1 AND name = ?2")?;
    Ok(statement.query_row(params![owner(employee), name], |row| row.get(0)).optional()?)
}

/// Of the author's desk.
pub fn remember(transaction: &Transaction, name: &str, value: &str, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO memory (employee, name, value, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (employee, name) DO UPDATE
         SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )?;
    statement.execute(params![owner(author.employee), name, value, author.when(), author.by()])?;
    Ok(())
}

/// Nobody's desk has a memory too.
fn owner(employee: Option<PersonId>) -> Vec<u8> {
    employee.map_or_else(Vec::new, |employee| employee.0.as_bytes().to_vec())
}
