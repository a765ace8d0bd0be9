//! What is typed and not yet saved: one draft per call, on the disk like everything else.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::domain::id::CallId;
use crate::domain::wrapup::Fields;

use super::{Author, Error, fields};

/// Replaces the call's draft; empty fields leave none.
pub fn keep(transaction: &Transaction, call: CallId, fields: &Fields, author: &Author) -> Result<(), Error> {
    if fields.is_empty() {
        return clear(transaction, call);
    }
    let mut statement = transaction.prepare_cached(
        "INSERT OR REPLACE INTO drafts
             (call, who, who_text, about, caller_type, topic, comment, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    fields::write(&mut statement, call, fields, author)?;
    Ok(())
}

pub fn get(connection: &Connection, call: CallId) -> Result<Option<Fields>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT who, who_text, about, caller_type, topic, comment FROM drafts WHERE call = ?1",
    )?;
    Ok(statement.query_row([call.0], fields::read).optional()?)
}

pub(super) fn clear(transaction: &Transaction, call: CallId) -> Result<(), Error> {
    transaction.prepare_cached("DELETE FROM drafts WHERE call = ?1")?.execute([call.0])?;
    Ok(())
}
