//! The PBX's own record of the past: channel events (CEL) and call detail records (CDR), in files or in a database.
//!
//! `row` is what a row says, `cel` and `cdr` make calls of rows, `csv` and `sql` bring the rows. Nothing here writes to
//! the PBX's record, and nothing is remembered between two readings: a page is a slice of time.

mod cdr;
mod cel;
mod csv;
mod look;
mod moment;
mod row;
mod settings;
mod sql;

use std::collections::HashSet;
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

pub use self::look::{Lack, Seen};
pub use self::settings::{Book, Database, Kept, Origin, RecordError, Server, Table, Tables, Written};

use self::cel::Told;
use self::row::{Cdr, Cel};
use super::NAME;
use super::map::At;
use crate::domain::call::Snapshot;
use crate::telephony::{History, HistoryError, Page};

/// What one page tells of: some hundred calls of a busy day.
const SLICE: TimeDelta = TimeDelta::hours(6);
/// No call is followed longer than this out of its slice.
const LONGEST_CALL: TimeDelta = TimeDelta::hours(12);

/// The record of one PBX.
pub struct Record {
    book: Book,
}

/// All rows of the calls that have some in a slice, as far as the record has them.
#[derive(Default)]
struct Rows {
    cel: Vec<Cel>,
    cdr: Vec<Cdr>,
    unread: u32,
}

impl Record {
    pub fn new(book: Book) -> Record {
        Record { book }
    }

    /// Whether it can be read, how fresh it is and what it lacks. Reads a row or two.
    pub async fn look(&self) -> Result<Seen, HistoryError> {
        look::look(&self.book).await
    }

    async fn rows(&self, slice: &Range<At>) -> Result<Rows, HistoryError> {
        match &self.book.origin {
            Origin::Files(files) => csv::read(files.clone(), self.book.zone, slice.clone()).await,
            Origin::Database(database) => sql::read(database, self.book.zone, slice).await,
        }
    }

    async fn slice(&self, slice: Range<At>) -> Result<Page, HistoryError> {
        let rows = self.rows(&slice).await?;
        let trunks = &self.book.trunks;
        let Told { mut calls, mut merged, linked } = cel::told(&rows.cel, trunks);
        for call in &mut calls {
            add_cdr(call, &rows.cdr);
        }
        let untold = untold(&rows.cdr, &linked);
        calls.extend(cdr::calls(&untold, trunks));
        calls.retain(|call| slice.contains(&call.started_at));
        merged.retain(|(_, into)| calls.iter().any(|call| call.key == *into));
        calls.sort_by(|a, b| (a.started_at, &a.key.id).cmp(&(b.started_at, &b.key.id)));
        Ok(Page { calls, merged, unread: rows.unread, ..Page::default() })
    }
}

/// What channel events do not say: where the sound is, and which number was dialled.
fn add_cdr(call: &mut Snapshot, rows: &[Cdr]) {
    let own = || rows.iter().filter(|row| row.call == call.key.id);
    let file = own().map(|row| crate::domain::text::clean(&row.recording)).find(|file| !file.is_empty());
    let did = own().find_map(|row| super::map::fields::line(&row.did));
    call.recording = call.recording.take().or(file).filter(|_| call.was_answered());
    if call.direction == crate::domain::call::Direction::Incoming {
        call.line = call.line.take().or(did);
    }
}

/// Rows of calls that no channel event tells of: the log was switched on later, or is not kept so long.
fn untold(rows: &[Cdr], told: &HashSet<String>) -> Vec<Cdr> {
    rows.iter().filter(|row| !told.contains(&row.call)).cloned().collect()
}

impl History for Record {
    fn source(&self) -> &str {
        if self.book.has_cel() { "asterisk.cel" } else { "asterisk.cdr" }
    }

    fn provider(&self) -> &str {
        NAME
    }

    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        async move {
            let from = match next {
                None => span.start,
                Some(next) => next.parse().map_err(|_| HistoryError::Refused(format!("no page «{next}»")))?,
            };
            let to = (from + SLICE).min(span.end);
            let page = self.slice(from..to).await?;
            Ok(Page { next: (to < span.end).then(|| to.to_rfc3339()), ..page })
        }
        .boxed()
    }
}
