//! The record in SQLite, MariaDB and PostgreSQL: the same calls as in files, with nothing written and whatever columns
//! there are.

use std::path::Path;
use std::time::Duration;

use chrono_tz::Tz;
use pult::domain::call::Snapshot;
use pult::telephony::asterisk::history::{
    Book, Database, Kept, Lack, Origin, Record, RecordError, Server, Table, Tables,
};
use pult::telephony::{History, HistoryError};
use sqlx::{AssertSqlSafe, Connection as _};

use super::events::{CDR, CEL, rows};
use super::{Files, calls, day, servers};

/// With a queue of Local members, both transfers, a click-to-call and a missed call.
const SCENARIOS: [&str; 6] = [
    "a3_queue_local_members",
    "b4_after_hours",
    "e_click_to_call",
    "g_blind_transfer",
    "h_attended_transfer",
    "y_same_caller_twice",
];

fn tables() -> Tables {
    Kept { cdr: Some(Table::named("cdr").unwrap()), cel: Some(Table::named("cel").unwrap()) }
}

fn record(database: Database) -> Record {
    Record::new(super::book(Origin::Database(database)))
}

/// What the files of the same rows tell.
fn told() -> Vec<Snapshot> {
    let mut told: Vec<Snapshot> = SCENARIOS
        .iter()
        .flat_map(|scenario| calls(&Files::new().cel(scenario).cdr(scenario).record()))
        .collect();
    told.sort_by_key(|call| call.started_at);
    assert_eq!(told.len(), 7);
    told
}

/// Statements that fill a table: its columns as FreePBX has them, each value in quotes.
fn filling(table: &str, event: &str, columns: &[(&str, &str)], quote: &str) -> Vec<String> {
    let names: Vec<String> = columns.iter().map(|(name, _)| format!("{quote}{name}{quote}")).collect();
    let values = |row: Vec<String>| {
        let value = |(value, (name, _)): (&String, &(&str, &str))| match (value.as_str(), *name) {
            ("", "answer" | "end") => "NULL".to_owned(),
            (value, _) => format!("'{}'", value.replace('\'', "''").replace('\\', "")),
        };
        row.iter().zip(columns).map(value).collect::<Vec<_>>().join(", ")
    };
    let rows = SCENARIOS.iter().flat_map(|scenario| rows(scenario, event, columns));
    rows.map(|row| format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values(row))).collect()
}

/// `CREATE TABLE` with these columns, times of that type.
fn making(table: &str, columns: &[(&str, &str)], id: &str, time: &str, quote: &str) -> String {
    let column = |(name, _): &(&str, &str)| match *name {
        "calldate" | "answer" | "end" | "eventtime" => format!("{quote}{name}{quote} {time}"),
        "duration" | "billsec" => format!("{name} int"),
        "extra" => format!("{name} varchar(512)"),
        _ => format!("{name} varchar(255)"),
    };
    format!("CREATE TABLE {table} ({id}, {})", columns.iter().map(column).collect::<Vec<_>>().join(", "))
}

fn statements(id: &str, time: &str, quote: &str) -> Vec<String> {
    let mut all = vec![making("cel", &CEL, id, time, quote), making("cdr", &CDR, id, time, quote)];
    all.extend(filling("cel", "CEL", &CEL, quote));
    all.extend(filling("cdr", "Cdr", &CDR, quote));
    all
}

fn sqlite(path: &Path, statements: &[String]) {
    let connection = rusqlite::Connection::open(path).unwrap();
    for statement in statements {
        connection.execute(statement, []).unwrap();
    }
}

#[test]
fn sqlite_tells_what_files_do_and_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.db");
    sqlite(&path, &statements("id INTEGER PRIMARY KEY", "TEXT", "\""));
    let before = std::fs::read(&path).unwrap();
    let database = Database::Sqlite { path: path.clone(), tables: tables() };
    assert_eq!(calls(&record(database)), told());
    assert!(before == std::fs::read(&path).unwrap());
}

/// `cel.conf` without a `dateformat` has seconds since 1970 written.
#[test]
fn times_that_are_counted_are_read_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.db");
    sqlite(&path, &statements("id INTEGER PRIMARY KEY", "TEXT", "\""));
    let counted = "UPDATE cel SET eventtime = strftime('%s', eventtime) || '.250000'";
    sqlite(&path, &[counted.to_owned(), "DROP TABLE cdr".to_owned()]);
    let tables = Kept { cdr: None, ..tables() };
    let got = calls(&record(Database::Sqlite { path, tables }));
    assert_eq!(got.len(), told().len());
    assert!(got.iter().all(|call| call.started_at.timestamp_subsec_millis() == 250));
}

/// The table of the sample configuration: no Linkedid, no recording, no numbers.
#[test]
fn a_table_with_less_does_what_it_can_and_says_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.db");
    let columns: Vec<(&str, &str)> = CDR
        .into_iter()
        .filter(|(name, _)| !["linkedid", "recordingfile", "did", "answer", "end", "src"].contains(name))
        .collect();
    let mut all = vec![making("cdr", &columns, "AcctId INTEGER PRIMARY KEY", "TEXT", "\"")];
    all.extend(filling("cdr", "Cdr", &columns, "\""));
    sqlite(&path, &all);
    let tables = Kept { cel: None, ..tables() };
    let record = record(Database::Sqlite { path, tables });
    let got = calls(&record);
    let missed = got.iter().filter(|call| call.agent.is_none()).count();
    assert_eq!((got.len(), missed), (7, 2), "{got:#?}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let seen = runtime.block_on(record.look()).unwrap();
    assert_eq!(seen.lacks, [Lack::Events, Lack::Linked, Lack::Recording]);
    assert_eq!(seen.newest.unwrap().to_rfc3339(), "2026-11-21T19:50:49+00:00");
}

#[test]
fn what_is_not_there_or_no_name_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.db");
    for wrong in ["cdr; DROP TABLE cdr", "", "c d r", "cdr`", "\"cdr\""] {
        assert_eq!(Table::named(wrong), Err(RecordError::Table(wrong.to_owned())));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ask = || {
        let database = Database::Sqlite { path: path.clone(), tables: tables() };
        runtime.block_on(record(database).page(&day(), None)).unwrap_err()
    };
    assert!(matches!(ask(), HistoryError::Unreachable(_)));
    sqlite(&path, &["CREATE TABLE other (x)".to_owned()]);
    assert!(matches!(ask(), HistoryError::Refused(reason) if reason.contains("cel")));
    sqlite(&path, &["CREATE TABLE cel (eventtime, eventtype)".to_owned()]);
    assert!(matches!(ask(), HistoryError::Refused(reason) if reason.contains("channame")));
}

fn server(host: &Path, user: &str) -> Server {
    Server {
        host: host.display().to_string(),
        port: 5432,
        database: "asteriskcdrdb".into(),
        user: user.into(),
        password: "only-reads".into(),
    }
}

#[tokio::test]
async fn mariadb_tells_what_files_do_to_a_user_who_may_only_read() {
    let Some(running) = servers::mariadb() else { return };
    let socket = running.folder.path().join("sql");
    let options = sqlx::mysql::MySqlConnectOptions::new().socket(&socket).username("root");
    let mut root = sqlx::MySqlConnection::connect_with(&options).await.unwrap();
    let mut all = vec![
        "CREATE DATABASE asteriskcdrdb CHARACTER SET utf8mb4".to_owned(),
        "USE asteriskcdrdb".to_owned(),
    ];
    all.extend(statements("id int NOT NULL AUTO_INCREMENT PRIMARY KEY", "datetime", "`"));
    all.push("CREATE USER pult@localhost IDENTIFIED BY 'only-reads'".to_owned());
    all.push("GRANT SELECT ON asteriskcdrdb.* TO pult@localhost".to_owned());
    for statement in all {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut root).await.unwrap();
    }
    let database = |user: &str| Database::MySql { server: server(&socket, user), tables: tables() };
    let told = tokio::task::spawn_blocking(told).await.unwrap();
    assert_eq!(paged(&record(database("pult"))).await, told);
    let stranger = record(database("nobody")).look().await.unwrap_err();
    assert!(
        matches!(&stranger, HistoryError::Refused(reason) if !reason.contains("only-reads")),
        "{stranger}"
    );
    drop(running);
    let gone = record(database("pult")).look().await.unwrap_err();
    assert!(matches!(gone, HistoryError::Unreachable(_)), "{gone}");
}

#[tokio::test]
async fn postgres_tells_what_files_do_with_or_without_a_zone_in_its_times() {
    let Some(running) = servers::postgres() else { return };
    let folder = running.folder.path();
    let options = sqlx::postgres::PgConnectOptions::new_without_pgpass().socket(folder).username("postgres");
    let mut root = loop {
        // It listens before it is ready.
        match sqlx::PgConnection::connect_with(&options.clone().database("postgres")).await {
            Ok(root) => break root,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    };
    sqlx::raw_sql("CREATE DATABASE asteriskcdrdb").execute(&mut root).await.unwrap();
    let mut root = sqlx::PgConnection::connect_with(&options.database("asteriskcdrdb")).await.unwrap();
    let told = tokio::task::spawn_blocking(told).await.unwrap();
    for time in ["timestamp", "timestamp with time zone"] {
        let mut all = vec!["DROP TABLE IF EXISTS cel, cdr".to_owned(), "SET TIME ZONE 'UTC'".to_owned()];
        all.extend(statements("id serial PRIMARY KEY", time, "\""));
        for statement in all {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut root).await.unwrap();
        }
        let database = Database::Postgres { server: server(folder, "postgres"), tables: tables() };
        assert_eq!(paged(&record(database.clone())).await, told, "{time}");
        let zoned =
            Book { origin: Origin::Database(database), trunks: vec!["trunk".into()], zone: Tz::Asia__Tokyo };
        let first = paged(&Record::new(zoned)).await[0].started_at;
        let hours = if time == "timestamp" { 9 } else { 0 };
        assert_eq!((told[0].started_at - first).num_hours(), hours);
    }
}

/// All pages of the recordings' days.
async fn paged(record: &Record) -> Vec<Snapshot> {
    let (mut calls, mut next) = (Vec::new(), None);
    loop {
        let page = record.page(&day(), next.as_deref()).await.unwrap();
        assert_eq!(page.unread, 0);
        calls.extend(page.calls);
        match page.next {
            Some(more) => next = Some(more),
            None => return calls,
        }
    }
}
