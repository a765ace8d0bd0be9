//! The report in plain SQL over the store's file, nothing of `src` in it: facts one by one, and figures by groups.

use std::collections::BTreeMap;
use std::path::Path;

use pult::domain::period::Period;
use pult::domain::report::{Kind, Level};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params};

use crate::fold::Cells;

pub struct Naive {
    file: Connection,
}

impl Naive {
    pub fn read(path: &Path) -> Naive {
        let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        file.execute_batch(include_str!("naive.sql")).unwrap();
        Naive { file }
    }

    /// Each call in one line, by its number.
    pub fn facts(&self) -> BTreeMap<u32, String> {
        let sql = "SELECT number, started_at, party, employee, topic, caller_type, line, channel, branch, speciality,
                direction, result, counts, outcome, booked, held, familiarity, recording, commented, debt, wait, talk,
                wrap_up, money
            FROM facts";
        let mut statement = self.file.prepare(sql).unwrap();
        let columns = statement.column_count();
        let line = |row: &rusqlite::Row| {
            let cells = (1..columns).map(|column| text(row.get(column).unwrap()));
            Ok((row.get(0)?, cells.collect::<Vec<_>>().join(" | ")))
        };
        statement.query_map([], line).unwrap().map(Result::unwrap).collect()
    }

    /// Counts the period's facts that the condition keeps; cells are read from that.
    pub fn count(&self, kind: Kind, condition: &str, period: Period) {
        let sql = include_str!("counted.sql").replace("/* filter */", condition);
        self.file.execute_batch("DROP TABLE IF EXISTS counted").unwrap();
        let kind = if kind == Kind::Calls { "calls" } else { "patients" };
        let (from, to) = (period.from.to_string(), period.to.to_string());
        self.file.execute(&sql, rusqlite::named_params! { ":kind": kind, ":from": from, ":to": to }).unwrap();
    }

    pub fn cells(&self, by: Level, then_by: Level) -> Cells {
        let sql = format!(
            "SELECT {}, {}, count(*), sum(any_taken), sum(any_missed AND NOT any_taken), sum(all_wait), sum(all_talk),
                 sum(any_booked), sum(any_held), sum(all_money)
             FROM counted WHERE place = 1 GROUP BY 1, 2",
            column(by),
            column(then_by)
        );
        let mut statement = self.file.prepare(&sql).unwrap();
        let row = |row: &rusqlite::Row| {
            let figures = (2..10).map(|column| row.get(column)).collect::<Result<Vec<i64>, _>>()?;
            Ok(((row.get(0)?, row.get(1)?), figures))
        };
        statement.query_map(params![], row).unwrap().map(Result::unwrap).collect()
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        other => panic!("a column of {other:?}"),
    }
}

fn column(level: Level) -> &'static str {
    match level {
        Level::Employee => "employee",
        Level::Outcome => "outcome",
        Level::Topic => "topic",
        Level::Channel => "channel",
        Level::CallerType => "caller_type",
        Level::Branch => "branch",
        Level::Line => "line",
        Level::Direction => "direction",
        Level::Day => "day",
        Level::Week => "week",
        Level::Month => "month",
        Level::Weekday => "weekday",
        Level::Hour => "hour",
        Level::Speciality => "speciality",
        Level::Familiarity => "familiarity",
        Level::None => "none",
    }
}
