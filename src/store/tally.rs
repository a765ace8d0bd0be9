//! How much is in the file: what a person checks first when something seems missing.

use rusqlite::Connection;

use super::Error;

pub struct Tally {
    pub people: i64,
    pub calls: i64,
}

pub fn count(conn: &Connection) -> Result<Tally, Error> {
    let sql = "SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM calls WHERE merged = 0)";
    Ok(conn.query_row(sql, [], |row| Ok(Tally { people: row.get(0)?, calls: row.get(1)? }))?)
}
