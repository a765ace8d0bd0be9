//! The columns of a row one after another, as its query lists them: looking each up by name would cost more than
//! reading it.

use chrono::{DateTime, Utc};
use rusqlite::Row;
use rusqlite::types::FromSql;
use uuid::Uuid;

use crate::domain::phone::Remote;

use super::{E164, Millis};

pub(super) struct Columns<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    pub fn of(row: &'r Row<'r>) -> Columns<'r> {
        Columns { row, next: 0 }
    }

    pub fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    pub fn id<T>(&mut self, id: fn(Uuid) -> T) -> rusqlite::Result<Option<T>> {
        Ok(self.take::<Option<Uuid>>()?.map(id))
    }

    pub fn instant(&mut self) -> rusqlite::Result<Option<DateTime<Utc>>> {
        Ok(self.take::<Option<Millis>>()?.map(|at| at.0))
    }

    /// Without a copy.
    pub fn text(&mut self) -> rusqlite::Result<Option<&'r str>> {
        self.next += 1;
        Ok(self.row.get_ref(self.next - 1)?.as_str_or_null()?)
    }

    /// Of the columns `phone, other`.
    pub fn remote(&mut self) -> rusqlite::Result<Remote> {
        let (phone, other): (Option<E164>, Option<String>) = (self.take()?, self.take()?);
        Ok(phone
            .map_or_else(|| other.map_or(Remote::Withheld, Remote::Other), |phone| Remote::Number(phone.0)))
    }
}
