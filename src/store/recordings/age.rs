//! What is deleted because it is old: first the row with its entry in the journal, then the file.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use crate::domain::id::CallId;
use crate::domain::recording::Absence;
use crate::store::{Author, Error, Json, Millis, journal};

/// Of calls that began before, held ones left out; the oldest first, `n` at most.
pub fn due_for_deletion(
    connection: &Connection,
    before: DateTime<Utc>,
    n: usize,
) -> Result<Vec<CallId>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT call FROM recordings WHERE state = 'here' AND held = 0 AND called_at < ?1
         ORDER BY called_at LIMIT ?2",
    )?;
    let due = statement.query_map(params![Millis(before), n as i64], |row| row.get(0).map(CallId))?;
    Ok(due.collect::<Result<_, _>>()?)
}

/// Its file is [to be removed](to_remove) now. `false`: it is not here, or somebody holds it.
pub fn delete(transaction: &Transaction, call: CallId, why: &str, author: &Author) -> Result<bool, Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET state = 'deleted', deleted_at = ?2, changed_at = ?2, changed_by = ?3
         WHERE call = ?1 AND state = 'here' AND held = 0",
    )?;
    if statement.execute(params![call.0, author.when(), author.by()])? == 0 {
        return Ok(false);
    }
    journal::note_why(transaction, "recording.delete", (&call.0.to_string(), why), author)?;
    Ok(true)
}

/// Files of deleted recordings that may still stand in the folder.
pub fn to_remove(connection: &Connection) -> Result<Vec<(CallId, String)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT call, file FROM recordings WHERE state = 'deleted' AND file IS NOT NULL ORDER BY file",
    )?;
    let files = statement.query_map([], |row| Ok((CallId(row.get(0)?), row.get(1)?)))?;
    Ok(files.collect::<Result<_, _>>()?)
}

/// Their files are gone.
pub fn removed(transaction: &Transaction, calls: &[CallId]) -> Result<(), Error> {
    let mut statement = transaction
        .prepare_cached("UPDATE recordings SET file = NULL WHERE call = ?1 AND state = 'deleted'")?;
    for call in calls {
        statement.execute([call.0])?;
    }
    Ok(())
}

/// What was awaited until it was too old to be kept is lost. Answers which.
pub fn give_up_before(
    transaction: &Transaction,
    before: DateTime<Utc>,
    reason: &Absence,
    author: &Author,
) -> Result<Vec<CallId>, Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET state = 'lost', reason = ?2, changed_at = ?3, changed_by = ?4
         WHERE state = 'awaited' AND held = 0 AND called_at < ?1 RETURNING call",
    )?;
    let given_up = statement
        .query_map(params![Millis(before), Json(reason), author.when(), author.by()], |row| {
            row.get(0).map(CallId)
        })?;
    Ok(given_up.collect::<Result<_, _>>()?)
}
