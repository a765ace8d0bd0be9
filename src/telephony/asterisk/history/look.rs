//! One look at the record for a person who wonders whether it can be read: how fresh it is, and what it lacks.

use super::row::{Columns, NEEDED_OF_CDR, NEEDED_OF_CEL, names};
use super::settings::{Book, Origin, Written};
use super::{csv, sql};
use crate::telephony::HistoryError;
use crate::telephony::asterisk::map::At;

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Seen {
    /// Of the newest row of either log; `None`: there is none yet.
    pub newest: Option<At>,
    pub lacks: Vec<Lack>,
}

/// What the record does not keep, and so cannot be told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lack {
    /// No channel events: figures of answered calls are bounds, holds are unknown.
    Events,
    /// No Linkedid in call detail records: transfers and queues with Local members fall apart.
    Linked,
    /// No name of the recording.
    Recording,
}

pub(super) async fn look(book: &Book) -> Result<Seen, HistoryError> {
    let (mut seen, cdr) = match &book.origin {
        Origin::Files(files) => {
            let (mut seen, mut cdr) = (Seen::default(), None);
            if let Some(file) = &files.cel {
                seen.newest = newest(book, file, names::EVENT_TIME)?.0;
            }
            if let Some(file) = &files.cdr {
                let (at, columns) = newest(book, file, names::START)?;
                seen.newest = seen.newest.max(at);
                cdr = columns;
            }
            (seen, cdr)
        }
        Origin::Database(database) => sql::look(database, book.zone).await?,
    };
    if !book.has_cel() {
        seen.lacks.push(Lack::Events);
    }
    if cdr.as_ref().is_some_and(|cdr| !cdr.has(names::LINKED)) {
        seen.lacks.push(Lack::Linked);
    }
    let is_empty = seen.newest.is_none();
    if !is_empty && !cdr.as_ref().is_some_and(|cdr| cdr.has(names::RECORDING)) {
        seen.lacks.push(Lack::Recording);
    }
    Ok(seen)
}

/// The time of the newest row, and the columns that it has.
fn newest(book: &Book, file: &Written, time: &[&str]) -> Result<(Option<At>, Option<Columns>), HistoryError> {
    let Some(row) = csv::newest(&file.path)? else { return Ok((None, None)) };
    let Some(form) = file.forms.iter().find(|form| form.len() == row.len()) else {
        return Err(csv::misnamed(file, &file.path, row.len()));
    };
    let columns = Columns::named(form);
    Ok((columns.moment(&row, time, book.zone), Some(columns)))
}

/// What is refused of a table that lacks columns nobody can do without.
pub(super) fn usable(log: &str, columns: &Columns, is_cel: bool) -> Result<(), HistoryError> {
    let needed: &[&[&str]] = if is_cel { &NEEDED_OF_CEL } else { &NEEDED_OF_CDR };
    match needed.iter().find(|names| !columns.has(names)) {
        None => Ok(()),
        Some(names) => {
            Err(HistoryError::Refused(format!("table {log} has no column {}", names.join(" or "))))
        }
    }
}
