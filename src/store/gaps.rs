//! Times in which a provider was not heard. A gap is begun before anybody knows how long it lasts, ended when the
//! provider is heard again, and told how much of it came back as often as the record is read.

use std::ops::Range;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Params, Row, Transaction, params};

use crate::domain::gap::{Cause, Gap, Restored};
use crate::domain::reason::{Reason, Trouble};

use super::{Author, Error, Millis, Text};

/// A second gap from the same moment is the first one again, should it have ended; one that lasts stays as it is.
pub fn begin(transaction: &Transaction, gap: &Gap, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO gaps (source, began_at, cause, trouble, reason, state, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6, ?7)
         ON CONFLICT (source, began_at) DO UPDATE
         SET cause = excluded.cause, trouble = excluded.trouble, reason = excluded.reason, ended_at = NULL, state = 'pending', found = 0, whole = 0,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by
         WHERE ended_at IS NOT NULL",
    )?;
    let (began, at) = (Millis(gap.began_at), author.when());
    let (trouble, details) = (Text(gap.reason.trouble), &gap.reason.details);
    statement.execute(params![gap.source, began, Text(gap.cause), trouble, details, at, author.by()])?;
    Ok(())
}

/// Never before it began, whatever the clocks say.
pub fn end(transaction: &Transaction, gap: &Gap, at: DateTime<Utc>, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE gaps SET ended_at = max(began_at, ?3), changed_at = ?4, changed_by = ?5
         WHERE source = ?1 AND began_at = ?2 AND ended_at IS NULL",
    )?;
    let began = Millis(gap.began_at);
    statement.execute(params![gap.source, began, Millis(at), author.when(), author.by()])?;
    Ok(())
}

/// Whether that was news.
pub fn restored(
    transaction: &Transaction,
    gap: &Gap,
    restored: Restored,
    author: &Author,
) -> Result<bool, Error> {
    let (state, found, whole) = match restored {
        Restored::Pending => ("pending", 0, 0),
        Restored::Counted { whole, found } => ("counted", found, whole),
        Restored::Unknown => ("unknown", 0, 0),
    };
    let mut statement = transaction.prepare_cached(
        "UPDATE gaps SET state = ?3, found = ?4, whole = ?5, changed_at = ?6, changed_by = ?7
         WHERE source = ?1 AND began_at = ?2 AND (state, found, whole) IS NOT (?3, ?4, ?5)",
    )?;
    let (began, at) = (Millis(gap.began_at), author.when());
    Ok(statement.execute(params![gap.source, began, state, found, whole, at, author.by()])? > 0)
}

/// Gaps that touch the time, the oldest first.
pub fn touching(connection: &Connection, time: &Range<DateTime<Utc>>) -> Result<Vec<Gap>, Error> {
    select(
        connection,
        "WHERE began_at < ?2 AND coalesce(ended_at, ?1) >= ?1 ORDER BY began_at, source",
        [Millis(time.start), Millis(time.end)],
    )
}

/// Gaps of a source that last, the oldest first.
pub fn lasting(connection: &Connection, source: &str) -> Result<Vec<Gap>, Error> {
    select(connection, "WHERE source = ?1 AND ended_at IS NULL ORDER BY began_at", [source])
}

/// Gaps of a source that ended and of which the record was not read yet, or which began at `since` or later: what
/// the record says of those may still change. The oldest first.
pub fn restorable(connection: &Connection, source: &str, since: DateTime<Utc>) -> Result<Vec<Gap>, Error> {
    select(
        connection,
        "WHERE source = ?1 AND ended_at IS NOT NULL AND (state = 'pending' OR began_at >= ?2) ORDER BY began_at",
        params![source, Millis(since)],
    )
}

pub fn get(connection: &Connection, source: &str, began_at: DateTime<Utc>) -> Result<Option<Gap>, Error> {
    Ok(select(connection, "WHERE source = ?1 AND began_at = ?2", params![source, Millis(began_at)])?.pop())
}

fn select(
    connection: &Connection,
    condition: &'static str,
    parameters: impl Params,
) -> Result<Vec<Gap>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT source, cause, trouble, reason, began_at, ended_at, state, whole, found FROM gaps {condition}"
    ))?;
    Ok(statement.query_map(parameters, read)?.collect::<Result<_, _>>()?)
}

fn read(row: &Row) -> rusqlite::Result<Gap> {
    let state: String = row.get("state")?;
    Ok(Gap {
        source: row.get("source")?,
        cause: row.get::<_, Text<Cause>>("cause")?.0,
        reason: Reason { trouble: row.get::<_, Text<Trouble>>("trouble")?.0, details: row.get("reason")? },
        began_at: row.get::<_, Millis>("began_at")?.0,
        ended_at: row.get::<_, Option<Millis>>("ended_at")?.map(|at| at.0),
        restored: match state.as_str() {
            "counted" => Restored::Counted { whole: row.get("whole")?, found: row.get("found")? },
            "unknown" => Restored::Unknown,
            _ => Restored::Pending,
        },
    })
}
