//! The record in a database, read only: which calls have a row in a slice, then all rows of these calls.
//!
//! Columns are looked up first, so that a table with fewer does as well as it can. Everything is read as text, and only
//! names that were checked come into a statement; values are bound.

mod connection;
mod table;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::TimeDelta;
use chrono_tz::Tz;

use self::connection::Connection;
use self::table::Found;
use super::Rows;
use super::look::Seen;
use super::row::{Cdr, Cel, Columns, names};
use super::settings::Database;
use crate::telephony::HistoryError;
use crate::telephony::asterisk::map::At;

/// A consultation that begins in a slice may be known for one only by what comes after it.
const AFTERWARDS: TimeDelta = TimeDelta::hours(1);

pub async fn read(database: &Database, zone: Tz, slice: &Range<At>) -> Result<Rows, HistoryError> {
    let mut connection = Connection::open(database, zone).await?;
    let wanted = slice.start..slice.end + AFTERWARDS;
    let mut rows = Rows::default();
    if let Some(table) = &database.tables().cel {
        let found = Found::look_up(&mut connection, table, names::EVENT_TIME).await?;
        found.usable(true)?;
        let calls = found.calls(&mut connection, names::LINKED, &wanted, zone).await?;
        let read = found.rows(&mut connection, names::LINKED, &calls).await?;
        keep(&found.columns, &read, zone, (Cel::read, &mut rows.cel, &mut rows.unread));
        let strangers = strangers(&rows.cel);
        let more = found.kin(&mut connection, &strangers, &calls).await?;
        let read = found.rows(&mut connection, names::LINKED, &more).await?;
        keep(&found.columns, &read, zone, (Cel::read, &mut rows.cel, &mut rows.unread));
        rows.cel.sort_by_key(|row| row.at);
    }
    if let Some(table) = &database.tables().cdr {
        let found = Found::look_up(&mut connection, table, names::START).await?;
        found.usable(false)?;
        let by = if found.columns.has(names::LINKED) { names::LINKED } else { names::UNIQUE };
        let calls = found.calls(&mut connection, by, &wanted, zone).await?;
        let read = found.rows(&mut connection, by, &calls).await?;
        keep(&found.columns, &read, zone, (Cdr::read, &mut rows.cdr, &mut rows.unread));
    }
    Ok(rows)
}

type Into<'r, T> = (fn(&Columns, &[String], Tz) -> Option<T>, &'r mut Vec<T>, &'r mut u32);

fn keep<T>(columns: &Columns, read: &[Vec<String>], zone: Tz, (row, rows, unread): Into<'_, T>) {
    for values in read {
        match row(columns, values, zone) {
            Some(row) => rows.push(row),
            None => *unread += 1,
        }
    }
}

/// Legs that came over from a call of which nothing was read.
fn strangers(rows: &[Cel]) -> Vec<String> {
    let introduced: BTreeSet<&str> =
        rows.iter().filter(|row| row.event == "CHAN_START").map(|row| row.id.as_str()).collect();
    let strangers = rows.iter().map(|row| row.id.as_str()).filter(|id| !introduced.contains(id));
    strangers.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

/// How fresh both tables are, and the columns of the call detail records.
pub async fn look(database: &Database, zone: Tz) -> Result<(Seen, Option<Columns>), HistoryError> {
    let mut connection = Connection::open(database, zone).await?;
    let mut seen = Seen::default();
    let mut cdr = None;
    if let Some(table) = &database.tables().cel {
        let found = Found::look_up(&mut connection, table, names::EVENT_TIME).await?;
        found.usable(true)?;
        seen.newest = found.newest(&mut connection, zone).await?;
    }
    if let Some(table) = &database.tables().cdr {
        let found = Found::look_up(&mut connection, table, names::START).await?;
        found.usable(false)?;
        seen.newest = seen.newest.max(found.newest(&mut connection, zone).await?);
        cdr = Some(found.columns);
    }
    Ok((seen, cdr))
}
