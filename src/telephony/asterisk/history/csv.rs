//! The record in files of separated values: the one that is being written, and the older ones that rotation put beside
//! it.
//!
//! A file is read from the place where the wanted time begins, found by halving, to the end of its last whole line; what
//! is being written is left for the next reading. A file that is cut short or moved away meanwhile has fewer rows, no
//! others.

mod files;
mod lines;

use std::ops::Range;
use std::path::Path;

use chrono::TimeDelta;
use chrono_tz::Tz;

pub use self::files::newest;

use self::files::files;
use self::lines::Lines;
use super::row::{Cdr, Cel, Columns};
use super::settings::{Kept, Written};
use super::{LONGEST_CALL, Rows};
use crate::telephony::HistoryError;
use crate::telephony::asterisk::map::At;

/// Rows stand nearly in the order of their time: several threads write them.
const DISORDER: TimeDelta = TimeDelta::minutes(10);

/// A record that stands in files, and how to read a row of it.
struct Log<'f, T> {
    file: &'f Written,
    read: fn(&Columns, &[String], Tz) -> Option<T>,
    /// When the row was written.
    written: fn(&T) -> At,
    zone: Tz,
}

pub async fn read(files: Kept<Written>, zone: Tz, slice: Range<At>) -> Result<Rows, HistoryError> {
    let read = tokio::task::spawn_blocking(move || read_now(&files, zone, &slice));
    read.await.unwrap_or_else(|error| Err(HistoryError::Unreachable(error.to_string())))
}

fn read_now(files: &Kept<Written>, zone: Tz, slice: &Range<At>) -> Result<Rows, HistoryError> {
    let mut rows = Rows::default();
    if let Some(file) = &files.cel {
        let log = Log { file, read: Cel::read, written: |row| row.at, zone };
        log.collect(slice, &mut rows.cel, &mut rows.unread)?;
    }
    if let Some(file) = &files.cdr {
        let log = Log { file, read: Cdr::read, written: |row| row.end, zone };
        log.collect(slice, &mut rows.cdr, &mut rows.unread)?;
    }
    Ok(rows)
}

impl<T> Log<'_, T> {
    /// A row that cannot be read is counted with the slice that the row before it is in. Where none can, the columns are
    /// not those that were named.
    fn collect(&self, slice: &Range<At>, rows: &mut Vec<T>, unread: &mut u32) -> Result<(), HistoryError> {
        // Of a call that was under way when the slice begins, the beginning too: without it the rest looks like another.
        let wanted = slice.start - LONGEST_CALL..slice.end + LONGEST_CALL;
        for path in files(&self.file.path)? {
            let unreadable = |error| HistoryError::Unreachable(format!("{}: {error}", path.display()));
            let mut lines = Lines::open(&path).map_err(unreadable)?;
            self.seek(&mut lines, wanted.start - DISORDER).map_err(unreadable)?;
            let (mut last, mut strange) = (None, None);
            while let Some(record) = lines.next().map_err(unreadable)? {
                let Some(row) = self.row(&record) else {
                    *unread += u32::from(last.is_some_and(|at| slice.contains(&at)));
                    strange = Some(record.len());
                    continue;
                };
                let at = (self.written)(&row);
                last = Some(at);
                if wanted.contains(&at) {
                    rows.push(row);
                } else if at > wanted.end + DISORDER {
                    break;
                }
            }
            if let (None, Some(columns)) = (last, strange) {
                return Err(misnamed(self.file, &path, columns));
            }
        }
        Ok(())
    }

    fn row(&self, record: &[String]) -> Option<T> {
        let form = self.file.forms.iter().find(|form| form.len() == record.len())?;
        (self.read)(&Columns::named(form), record, self.zone)
    }

    /// To a row before which nothing is as late as `from`.
    fn seek(&self, lines: &mut Lines, from: At) -> std::io::Result<()> {
        lines.seek(|record| self.row(record).map(|row| (self.written)(&row) < from))
    }
}

/// The rows are not what was named.
pub fn misnamed(file: &Written, path: &Path, columns: usize) -> HistoryError {
    let lengths: Vec<String> = file.forms.iter().map(|form| form.len().to_string()).collect();
    let (path, wanted) = (path.display(), lengths.join(", "));
    HistoryError::Refused(format!(
        "{path}: no row can be read; they have {columns} columns, we expect {wanted}"
    ))
}
