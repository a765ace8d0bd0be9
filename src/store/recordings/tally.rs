//! How many recordings are where: what a person checks when one is missing.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::domain::recording::Absence;
use crate::store::{Error, Json, Millis};

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub here: u64,
    pub bytes: u64,
    pub held: u64,
    pub waiting: u64,
    pub lost: u64,
    /// When the oldest call began that can be heard.
    pub oldest: Option<DateTime<Utc>>,
    /// Why most of those that are not here are not, with their number: the most frequent first.
    pub reasons: Vec<(Absence, u64)>,
}

pub fn count(connection: &Connection) -> Result<Tally, Error> {
    let mut tally = connection.query_row(
        "SELECT count(*) FILTER (WHERE state = 'here'), coalesce(sum(bytes) FILTER (WHERE state = 'here'), 0),
                count(*) FILTER (WHERE state = 'here' AND held = 1), count(*) FILTER (WHERE state = 'awaited'),
                count(*) FILTER (WHERE state = 'lost'), min(called_at) FILTER (WHERE state = 'here')
         FROM recordings",
        [],
        |row| {
            Ok(Tally {
                here: row.get::<_, i64>(0)?.unsigned_abs(),
                bytes: row.get::<_, i64>(1)?.unsigned_abs(),
                held: row.get::<_, i64>(2)?.unsigned_abs(),
                waiting: row.get::<_, i64>(3)?.unsigned_abs(),
                lost: row.get::<_, i64>(4)?.unsigned_abs(),
                oldest: row.get::<_, Option<Millis>>(5)?.map(|at| at.0),
                reasons: vec![],
            })
        },
    )?;
    tally.reasons = reasons(connection)?;
    Ok(tally)
}

fn reasons(connection: &Connection) -> Result<Vec<(Absence, u64)>, Error> {
    let mut statement = connection.prepare(
        "SELECT reason, count(*) FROM recordings WHERE state IN ('awaited', 'lost') AND reason IS NOT NULL
         GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 3",
    )?;
    let reasons = statement
        .query_map([], |row| Ok((row.get::<_, Json<_>>(0)?.0, row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(reasons.collect::<Result<_, _>>()?)
}

/// How many recordings are awaited.
pub fn waiting(connection: &Connection) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM recordings WHERE state = 'awaited'";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
}
