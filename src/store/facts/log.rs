//! The log of what bears on facts: triggers write it, here it is read and cut.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use uuid::Uuid;

use crate::domain::fact::CallNumber;
use crate::domain::id::PersonId;
use crate::domain::phone::Phone;
use crate::store::{E164, Error, Millis, Store};

/// A log longer than this is not worth following: everything is read anew.
const LONG: i64 = 20_000;

/// Entries forgotten in one write.
const SLICE: i64 = 10_000;

/// What was written to, each thing once. With a time: only calls about it are concerned; without: all there are.
#[derive(Default, Debug)]
pub(super) struct Touched {
    pub calls: BTreeSet<CallNumber>,
    pub people: BTreeSet<(PersonId, Option<DateTime<Utc>>)>,
    pub phones: BTreeSet<(Phone, Option<DateTime<Utc>>)>,
    pub lines: BTreeSet<String>,
}

/// The last entry ever written; 0 when there was none.
pub(super) fn stamp(connection: &Connection) -> Result<u64, Error> {
    let mut statement =
        connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'ledger_log'")?;
    let last: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or_default().unsigned_abs())
}

/// Facts as of `seq` are kept under `mark` from now on: what the log says up to there is forgotten, and the mark stands in
/// its place. In several writes where it is much, so that nobody else waits long.
pub fn mark_saved(store: &Store, mark: u64, seq: u64) -> Result<(), Error> {
    let seq = seq.cast_signed();
    store.write(move |transaction| {
        transaction.execute("DELETE FROM ledger_log WHERE what = 'mark'", [])?;
        transaction
            .execute("INSERT INTO ledger_log (what, key) VALUES ('mark', ?1)", [mark.cast_signed()])?;
        Ok(())
    })?;
    while store.write(move |transaction| trim_some(transaction, seq))? > 0 {}
    Ok(())
}

fn trim_some(transaction: &Transaction, seq: i64) -> Result<usize, Error> {
    let mut statement = transaction.prepare_cached(
        "DELETE FROM ledger_log WHERE what <> 'mark'
             AND seq <= min(?1, ?2 + (SELECT min(seq) FROM ledger_log WHERE what <> 'mark'))",
    )?;
    Ok(statement.execute([seq, SLICE])?)
}

/// Whether facts were last kept under this mark.
pub fn is_marked(connection: &Connection, mark: u64) -> Result<bool, Error> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM ledger_log WHERE what = 'mark' AND key = ?1")?;
    Ok(statement.exists([mark.cast_signed()])?)
}

/// `None`: everything may be concerned.
pub(super) fn after(connection: &Connection, seq: u64, stamp: u64) -> Result<Option<Touched>, Error> {
    let seq = seq.cast_signed();
    let mut span = connection.prepare_cached("SELECT min(seq), count(*) FROM ledger_log WHERE seq > ?1")?;
    let (first, count): (Option<i64>, i64) = span.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let whole = match first {
        Some(first) => first == seq + 1,
        None => seq == stamp.cast_signed(),
    };
    if !whole || count > LONG {
        return Ok(None);
    }
    let mut touched = Touched::default();
    let mut entries =
        connection.prepare_cached("SELECT DISTINCT what, key, at FROM ledger_log WHERE seq > ?1")?;
    let mut rows = entries.query([seq])?;
    while let Some(row) = rows.next()? {
        if !touched.add(row)? {
            return Ok(None);
        }
    }
    Ok(Some(touched))
}

impl Touched {
    /// Whether that is something whose calls can be found.
    fn add(&mut self, row: &Row) -> Result<bool, Error> {
        let at = row.get::<_, Option<Millis>>(2)?.map(|at| at.0);
        match row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)? {
            "mark" => {}
            "call" => drop(self.calls.insert(CallNumber(row.get(1)?))),
            "person" => drop(self.people.insert((PersonId(row.get::<_, Uuid>(1)?), at))),
            "phone" => drop(self.phones.insert((row.get::<_, E164>(1)?.0, at))),
            "line" => drop(self.lines.insert(row.get(1)?)),
            _ => return Ok(false),
        }
        Ok(true)
    }
}
