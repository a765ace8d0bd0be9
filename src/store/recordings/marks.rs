//! Places in a recording that somebody wants to find again.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::domain::id::{CallId, MarkId};
use crate::domain::recording::Mark;
use crate::store::{Author, Error, Span};

/// In the order of their time.
pub(super) fn of(connection: &Connection, call: CallId) -> Result<Vec<Mark>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at_ms, note FROM recording_marks WHERE call = ?1 AND removed_at IS NULL ORDER BY at_ms, id",
    )?;
    let marks = statement.query_map([call.0], |row| {
        Ok(Mark { id: MarkId(row.get(0)?), at: row.get::<_, Span>(1)?.0, note: row.get(2)? })
    })?;
    Ok(marks.collect::<Result<_, _>>()?)
}

pub fn mark(
    transaction: &Transaction,
    call: CallId,
    (at, note): (Duration, &str),
    author: &Author,
) -> Result<MarkId, Error> {
    let id = MarkId(author.new_id());
    let mut statement = transaction.prepare_cached(
        "INSERT INTO recording_marks (id, call, at_ms, note, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![id.0, call.0, Span(at), note, author.when(), author.by()])?;
    Ok(id)
}

/// Answers whose mark it was.
pub fn unmark(transaction: &Transaction, mark: MarkId, author: &Author) -> Result<CallId, Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE recording_marks SET removed_at = ?2, removed_by = ?3 WHERE id = ?1 AND removed_at IS NULL
         RETURNING call",
    )?;
    let call =
        statement.query_row(params![mark.0, author.when(), author.by()], |row| row.get(0)).optional()?;
    call.map(CallId).ok_or(Error::NotFound)
}
