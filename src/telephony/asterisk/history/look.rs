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
            let mut seen = Seen::default();
            for (file, time) in [(&files.cel, names::EVENT_TIME), (&files.cdr, names::START)]
                .into_iter()
                .filter_map(with_file)
            {
                seen.newest = seen.newest.max(newest(book, file, time)?);
            }
            let form = files.cdr.as_ref().and_then(|file| Some(Columns::named(file.forms.last()?)));
            (seen, form)
        }
        Origin::Database(database) => sql::look(database, book.zone).await?,
    };
    if !book.has_cel() {
        seen.lacks.push(Lack::Events);
    }
    if cdr.as_ref().is_some_and(|cdr| !cdr.has(names::LINKED)) {
        seen.lacks.push(Lack::Linked);
    }
    if !cdr.as_ref().is_some_and(|cdr| cdr.has(names::RECORDING)) {
        seen.lacks.push(Lack::Recording);
    }
    Ok(seen)
}

fn with_file<'f>(
    (file, time): (&'f Option<Written>, &'static [&'static str]),
) -> Option<(&'f Written, &'static [&'static str])> {
    Some((file.as_ref()?, time))
}

fn newest(book: &Book, file: &Written, time: &[&str]) -> Result<Option<At>, HistoryError> {
    let Some(row) = csv::newest(&file.path)? else { return Ok(None) };
    let Some(form) = file.forms.iter().find(|form| form.len() == row.len()) else {
        let lengths: Vec<String> = file.forms.iter().map(|form| form.len().to_string()).collect();
        let (path, found, wanted) = (file.path.display(), row.len(), lengths.join(", "));
        return Err(HistoryError::Refused(format!("{path}: a row has {found} columns, not {wanted}")));
    };
    Ok(Columns::named(form).moment(&row, time, book.zone))
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
