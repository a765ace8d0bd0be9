//! Reports saved by name, for every desk.

use rusqlite::{Connection, Transaction, params};

use super::{Author, Error};
use crate::domain::desk::NamedView;

/// By name.
pub fn list(connection: &Connection) -> Result<Vec<NamedView>, Error> {
    let mut statement = connection.prepare_cached("SELECT name, line FROM saved_views ORDER BY name")?;
    let views = statement.query_map([], |row| Ok(NamedView { name: row.get(0)?, line: row.get(1)? }))?;
    Ok(views.collect::<Result<_, _>>()?)
}

/// Takes the place of the one of that name.
pub fn save(transaction: &Transaction, view: &NamedView, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO saved_views (name, line, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO UPDATE
         SET line = excluded.line, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )?;
    statement.execute(params![view.name, view.line, author.when(), author.by()])?;
    Ok(())
}

pub fn forget(transaction: &Transaction, name: &str) -> Result<(), Error> {
    transaction.prepare_cached("DELETE FROM saved_views WHERE name = ?1")?.execute([name])?;
    Ok(())
}
