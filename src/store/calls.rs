//! Calls as the provider tells them: each snapshot is put together with what is known, so that one that comes
//! twice, late or out of order changes nothing twice.

mod adverts;
mod board;
mod by_hand;
mod row;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::domain::call::{CallKey, Snapshot};
use crate::domain::id::{CallId, PersonId};

use super::{Author, Error, wrapups};

pub use board::{board, board_call, board_calls, open};
pub use by_hand::{Matched, match_by_hand};
pub(super) use row::{RECORDED, insert};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recorded {
    pub id: CallId,
    /// Whether the snapshot said anything new.
    pub changed: bool,
}

/// Writes what a provider knows of a call. A new call is put down to the only person with its number, if
/// there is exactly one.
pub fn record(transaction: &Transaction, snapshot: &Snapshot, author: &Author) -> Result<Recorded, Error> {
    let news = row::rounded(snapshot);
    match by_key(transaction, &news.key)? {
        Some((id, known)) => {
            let whole = known.with(&news);
            let changed = whole != known;
            if changed {
                row::update(transaction, id, &whole, author)?;
            }
            Ok(Recorded { id, changed })
        }
        None => {
            let id = CallId(author.new_id());
            row::insert(transaction, id, &news, author)?;
            Ok(Recorded { id, changed: true })
        }
    }
}

/// `gone` turned out to be a part of `into`: it leaves the board and the reports, now or whenever it comes, and
/// what was written about it is about the whole. Answers the call that left, if it was here.
pub fn merge(
    transaction: &Transaction,
    gone: &CallKey,
    into: &CallKey,
    author: &Author,
) -> Result<Option<CallId>, Error> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO call_merges (provider, gone, into_id, into_provider, changed_at, changed_by)
             VALUES (?1, ?2, ?3, nullif(?4, ?1), ?5, ?6)",
        )?
        .execute(params![gone.provider, gone.id, into.id, into.provider, author.when(), author.by()])?;
    let Some(part) = id_of(transaction, gone)? else { return Ok(None) };
    let left = transaction
        .prepare_cached(
            "UPDATE calls SET merged = 1, changed_at = ?2, changed_by = ?3 WHERE id = ?1 AND merged = 0",
        )?
        .execute(params![part.0, author.when(), author.by()])?;
    if let Some(whole) = id_of(transaction, into)? {
        wrapups::hand_over(transaction, part, whole, author)?;
    }
    Ok((left > 0).then_some(part))
}

/// Whom the call was with.
pub(super) fn attribute(
    transaction: &Transaction,
    call: CallId,
    person: Option<PersonId>,
    author: &Author,
) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE calls SET person = ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1 AND person IS NOT ?2",
    )?;
    statement.execute(params![call.0, person.map(|person| person.0), author.when(), author.by()])?;
    Ok(())
}

/// All calls believed to be running, oldest first.
pub fn live(connection: &Connection) -> Result<Vec<(CallId, Snapshot)>, Error> {
    row::select(connection, "WHERE phase <> 'ended' AND merged = 0 ORDER BY started_at, id", [])
}

pub fn id_of(connection: &Connection, key: &CallKey) -> Result<Option<CallId>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM calls WHERE provider = ?1 AND provider_id = ?2")?;
    Ok(statement.query_row([&key.provider, &key.id], |row| row.get(0)).optional()?.map(CallId))
}

fn by_key(connection: &Connection, key: &CallKey) -> Result<Option<(CallId, Snapshot)>, Error> {
    let found =
        row::select(connection, "WHERE provider = ?1 AND provider_id = ?2", [&key.provider, &key.id])?;
    Ok(found.into_iter().next())
}
