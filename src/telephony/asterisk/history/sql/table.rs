//! One table as it was found: its columns, the form of its times, and the few questions asked of it.

use std::ops::Range;

use chrono_tz::Tz;

use super::super::look::usable;
use super::super::moment::{moment, since_1970, written};
use super::super::row::Columns;
use super::super::settings::Table;
use super::connection::{Connection, Kind};
use crate::telephony::HistoryError;
use crate::telephony::asterisk::map::At;

/// Values bound in one statement.
const CHUNK: usize = 500;

pub struct Found {
    table: String,
    /// As the database spells them.
    names: Vec<String>,
    pub columns: Columns,
    kind: Kind,
    time: String,
    /// Times are written as seconds since 1970.
    counts: bool,
}

impl Found {
    pub async fn look_up(
        connection: &mut Connection,
        table: &Table,
        time: &[&str],
    ) -> Result<Found, HistoryError> {
        let names = connection.columns(table.name()).await?;
        let known = names.iter().find(|name| time.contains(&name.to_ascii_lowercase().as_str()));
        let Some(time) = known.cloned() else {
            let found = if names.is_empty() { "is not there, or we may not read it" } else { "has no time" };
            return Err(HistoryError::Refused(format!("table {} {found}", table.name())));
        };
        let (kind, columns) = (connection.kind(), Columns::named(&names));
        let mut found = Found { table: table.name().to_owned(), names, columns, kind, time, counts: false };
        let time = kind.text(&found.time);
        let sample = format!("SELECT {time} FROM {} LIMIT 1", kind.quoted(&found.table));
        let sample = connection.rows(&sample, &[]).await?;
        found.counts = sample.iter().flatten().any(|value| since_1970(value).is_some());
        Ok(found)
    }

    pub fn usable(&self, is_cel: bool) -> Result<(), HistoryError> {
        usable(&self.table, &self.columns, is_cel)
    }

    /// Names of the calls that have a row in the span.
    pub async fn calls(
        &self,
        connection: &mut Connection,
        by: &[&str],
        span: &Range<At>,
        zone: Tz,
    ) -> Result<Vec<String>, HistoryError> {
        let (by, time) = (self.kind.quoted(&self.column(by)), self.kind.time(&self.time, self.counts));
        let (from, to) = (self.kind.moment(1, self.counts), self.kind.moment(2, self.counts));
        let table = self.kind.quoted(&self.table);
        let sql = format!(
            "SELECT DISTINCT {} FROM {table} WHERE {time} >= {from} AND {time} < {to}",
            self.kind.text_of(&by)
        );
        let bound = |at: At| if self.counts { at.timestamp().to_string() } else { written(at, zone) };
        let rows = connection.rows(&sql, &[bound(span.start), bound(span.end)]).await?;
        Ok(rows.into_iter().flatten().filter(|call| !call.is_empty()).collect())
    }

    /// All rows of these calls, in the order of their time.
    pub async fn rows(
        &self,
        connection: &mut Connection,
        by: &[&str],
        calls: &[String],
    ) -> Result<Vec<Vec<String>>, HistoryError> {
        let columns: Vec<String> = self.names.iter().map(|name| self.kind.text(name)).collect();
        let order = [Some(&self.time), self.names.iter().find(|name| name.eq_ignore_ascii_case("id"))];
        let order: Vec<String> = order.into_iter().flatten().map(|name| self.kind.quoted(name)).collect();
        let (table, by) = (self.kind.quoted(&self.table), self.kind.quoted(&self.column(by)));
        let mut rows = Vec::new();
        for chunk in calls.chunks(CHUNK) {
            let places = self.kind.places(chunk.len());
            let sql = format!(
                "SELECT {} FROM {table} WHERE {by} IN ({places}) ORDER BY {}",
                columns.join(", "),
                order.join(", ")
            );
            rows.extend(connection.rows(&sql, chunk).await?);
        }
        Ok(rows)
    }

    /// The other calls that these legs were part of.
    pub async fn kin(
        &self,
        connection: &mut Connection,
        legs: &[String],
        known: &[String],
    ) -> Result<Vec<String>, HistoryError> {
        let (leg, call) = (self.column(&["uniqueid"]), self.column(&["linkedid"]));
        let mut kin = Vec::new();
        for chunk in legs.chunks(CHUNK) {
            let sql = format!(
                "SELECT DISTINCT {} FROM {} WHERE {} IN ({})",
                self.kind.text(&call),
                self.kind.quoted(&self.table),
                self.kind.quoted(&leg),
                self.kind.places(chunk.len())
            );
            kin.extend(connection.rows(&sql, chunk).await?.into_iter().flatten());
        }
        kin.retain(|call| !known.contains(call));
        kin.sort();
        kin.dedup();
        Ok(kin)
    }

    pub async fn newest(&self, connection: &mut Connection, zone: Tz) -> Result<Option<At>, HistoryError> {
        let latest = self.kind.text_of(&format!("MAX({})", self.kind.quoted(&self.time)));
        let sql = format!("SELECT {latest} FROM {}", self.kind.quoted(&self.table));
        let rows = connection.rows(&sql, &[]).await?;
        Ok(rows.iter().flatten().find_map(|value| moment(value, zone)))
    }

    /// As the database spells it.
    fn column(&self, names: &[&str]) -> String {
        let known = |name: &&String| names.contains(&name.to_ascii_lowercase().as_str());
        self.names.iter().find(known).cloned().unwrap_or_default()
    }
}
