//! What operators say of calls, every version of it: a save adds one, an undo marks the last.
//!
//! After either the call is settled anew: whom it was with, and whether it makes us remember a counterparty.

mod settle;

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::domain::id::{CallId, PersonId};
use crate::domain::wrapup::{Fields, WrapUp};

use super::{Author, Error, Ids, Millis, drafts, fields};

/// Saves the fields as they are (whether they are complete is the caller's rule) and clears the draft.
pub fn save(
    transaction: &Transaction,
    call: CallId,
    fields: &Fields,
    author: &Author,
) -> Result<WrapUp, Error> {
    write(transaction, call, fields, author)?;
    drafts::clear(transaction, call)?;
    settle::settle(transaction, call, author)?;
    get(transaction, call)?.ok_or(Error::NotFound)
}

/// The row of a save and nothing that follows from it.
pub(super) fn write(
    transaction: &Transaction,
    call: CallId,
    fields: &Fields,
    author: &Author,
) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO wrapups
             (call, revision, who, who_text, about, caller_type, topic, comment, changed_at, changed_by)
         SELECT ?1, 1 + coalesce(max(revision), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM wrapups WHERE call = ?1",
    )?;
    fields::write(&mut statement, call, fields, author)
}

/// Takes back the last save: answers the wrap-up that stands then and the fields taken back, which become the
/// call's draft unless something was typed since.
pub fn undo(
    transaction: &Transaction,
    call: CallId,
    author: &Author,
) -> Result<(Option<WrapUp>, Fields), Error> {
    let taken = get(transaction, call)?.ok_or(Error::NothingToUndo)?.fields;
    let mut statement = transaction.prepare_cached(
        "UPDATE wrapups SET undone_at = ?2, undone_by = ?3
         WHERE call = ?1 AND revision = (SELECT revision FROM standing_wrapups WHERE call = ?1)",
    )?;
    statement.execute(params![call.0, author.when(), author.by()])?;
    if drafts::get(transaction, call)?.is_none() {
        drafts::keep(transaction, call, &taken, author)?;
    }
    settle::settle(transaction, call, author)?;
    Ok((get(transaction, call)?, taken))
}

/// The wrap-up that stands.
pub fn get(connection: &Connection, call: CallId) -> Result<Option<WrapUp>, Error> {
    let mut statement = connection.prepare_cached("SELECT * FROM standing_wrapups WHERE call = ?1")?;
    Ok(statement.query_row([call.0], read).optional()?)
}

/// Which of these calls are wrapped up, and who calls as far as that is said.
pub(super) fn callers(
    connection: &Connection,
    calls: &[CallId],
) -> Result<HashMap<CallId, Option<PersonId>>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT call, who FROM standing_wrapups WHERE call IN (SELECT unhex(value) FROM json_each(?1))",
    )?;
    let said = statement.query_map([Ids(calls)], |row| {
        Ok((CallId(row.get(0)?), row.get::<_, Option<_>>(1)?.map(PersonId)))
    })?;
    Ok(said.collect::<Result<_, _>>()?)
}

fn read(row: &Row) -> rusqlite::Result<WrapUp> {
    Ok(WrapUp {
        call: CallId(row.get("call")?),
        fields: fields::read(row)?,
        employee: row.get::<_, Option<_>>("changed_by")?.map(PersonId),
        saved_at: row.get::<_, Millis>("changed_at")?.0,
    })
}

/// `part` became a part of `whole`: unless something was written about the whole already, what was written
/// about the part is about the whole.
pub(super) fn hand_over(
    transaction: &Transaction,
    part: CallId,
    whole: CallId,
    author: &Author,
) -> Result<(), Error> {
    let mut wrapups = transaction.prepare_cached(
        "UPDATE wrapups SET call = ?2 WHERE call = ?1 AND NOT EXISTS (SELECT 1 FROM wrapups WHERE call = ?2)",
    )?;
    if wrapups.execute([part.0, whole.0])? > 0 {
        settle::settle(transaction, part, author)?;
        settle::settle(transaction, whole, author)?;
    }
    transaction
        .prepare_cached("UPDATE OR IGNORE drafts SET call = ?2 WHERE call = ?1")?
        .execute([part.0, whole.0])?;
    Ok(())
}
