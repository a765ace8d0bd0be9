//! Keeps the index of the words in comments. Triggers note whose comment changed; what was noted is indexed in one go
//! before each commit, so that nobody reads an index that lags behind.
//!
//! The index is made of what stands in other tables: it is never a reason to refuse a save. One that is damaged is made
//! anew; what it cannot take otherwise stays noted until the next commit.

use rusqlite::{ErrorCode, Transaction};

use super::Error;
use super::writer::in_savepoint;

/// A contradiction within an index is found by whoever writes to it next: at the latest when it is flushed.
const FLUSH: &str = "INSERT INTO call_comments (call_comments) VALUES ('flush')";
const ALL_READ: &str = "DELETE FROM unread_comments";

const UNREAD: [&str; 4] = [
    "DELETE FROM call_comments WHERE rowid IN (SELECT number FROM unread_comments)",
    "INSERT INTO call_comments (rowid, comment)
         SELECT number, comment FROM standing_comments WHERE number IN (SELECT number FROM unread_comments)",
    FLUSH,
    ALL_READ,
];

const ANEW: [&str; 4] = [
    "INSERT INTO call_comments (call_comments) VALUES ('delete-all')",
    "INSERT INTO call_comments (rowid, comment) SELECT number, comment FROM standing_comments",
    FLUSH,
    ALL_READ,
];

/// Fails only when the transaction itself is lost.
pub(super) fn index(transaction: &Transaction) -> Result<(), Error> {
    if !transaction.prepare_cached("SELECT 1 FROM unread_comments")?.exists([])? {
        return Ok(());
    }
    let indexed = take(transaction, &UNREAD).or_else(|error| match is_damage(&error) {
        true => {
            tracing::warn!(%error, "the index of comments is damaged: it is made anew");
            take(transaction, &ANEW)
        }
        false => Err(error),
    });
    match indexed {
        Err(_) if transaction.is_autocommit() => Err(Error::TakenBack),
        Err(error) => {
            tracing::warn!(%error, "comments are saved but not indexed: they cannot be searched until they are");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn take(transaction: &Transaction, steps: &[&str]) -> Result<(), Error> {
    in_savepoint(transaction, |transaction| {
        steps.iter().try_for_each(|step| Ok(transaction.prepare_cached(step)?.execute([]).map(drop)?))
    })
}

/// An index that contradicts itself may also find its own rows to be there already.
fn is_damage(error: &Error) -> bool {
    match error {
        Error::Damaged => true,
        Error::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation),
        _ => false,
    }
}
