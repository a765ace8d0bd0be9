//! Notifications of a provider that nobody could make sense of, kept for whoever mends the template.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Transaction, params};

use super::{Author, Error, Millis};

/// They may hold somebody's number: kept no longer than it takes to look.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Those that have had their time go.
pub fn keep(
    transaction: &Transaction,
    source: &str,
    (body, reason): (&str, &str),
    author: &Author,
) -> Result<(), Error> {
    let mut add = transaction.prepare_cached(
        "INSERT INTO unread_notices (id, source, body, reason, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    add.execute(params![author.new_id(), source, body, reason, author.when(), author.by()])?;
    let mut drop = transaction.prepare_cached("DELETE FROM unread_notices WHERE changed_at < ?1")?;
    drop.execute([Millis(author.at - KEPT)])?;
    Ok(())
}

pub fn count(connection: &Connection, since: DateTime<Utc>) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM unread_notices WHERE changed_at >= ?1";
    let count: i64 = connection.query_row(sql, [Millis(since)], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}
