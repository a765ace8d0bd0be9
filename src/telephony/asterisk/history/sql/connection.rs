//! A connection to whichever database it is, for reading alone, and what differs between the three in their SQL.

use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use futures_util::TryStreamExt as _;
use rusqlite::OpenFlags;
use rusqlite::types::ValueRef;
use sqlx::mysql::{MySqlConnectOptions, MySqlRow};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions as _, MySqlConnection, PgConnection, Row as _};

use super::super::settings::{Database, Server, Table};
use crate::domain::text;
use crate::telephony::HistoryError;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Sqlite,
    MySql,
    Postgres,
}

pub enum Connection {
    /// Opened anew for each question, off the runtime's threads.
    Sqlite(PathBuf),
    MySql(Box<MySqlConnection>),
    Postgres(Box<PgConnection>),
}

type Rows = Vec<Vec<String>>;

/// Between asking a server for a connection and giving up.
const PATIENCE: Duration = Duration::from_secs(10);

/// For one answer: a table without an index takes a while, a server that fell silent for ever.
const ANSWER: Duration = Duration::from_secs(5 * 60);

/// Classes of SQLSTATE: the connection, too many of them, a server that starts or stops.
const PASSING: [&str; 3] = ["08", "53", "57P"];

impl Connection {
    pub async fn open(database: &Database, zone: Tz) -> Result<Connection, HistoryError> {
        let opening = async {
            match database {
                Database::Sqlite { path, .. } => Ok(Connection::Sqlite(path.clone())),
                Database::MySql { server, .. } => mysql(server).await,
                Database::Postgres { server, .. } => postgres(server, zone).await,
            }
        };
        let silent = || HistoryError::Unreachable("the database does not answer".to_owned());
        tokio::time::timeout(PATIENCE, opening).await.map_err(|_| silent())?.map_err(trouble)
    }

    pub fn kind(&self) -> Kind {
        match self {
            Connection::Sqlite(_) => Kind::Sqlite,
            Connection::MySql(_) => Kind::MySql,
            Connection::Postgres(_) => Kind::Postgres,
        }
    }

    /// Names of a table's columns that can stand in a statement; none where there is no such table.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<String>, HistoryError> {
        let sql = match self.kind() {
            Kind::Sqlite => "SELECT name FROM pragma_table_info(?)",
            Kind::MySql => {
                "SELECT CAST(column_name AS CHAR) FROM information_schema.columns \
                 WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position"
            }
            Kind::Postgres => {
                "SELECT column_name::text FROM information_schema.columns \
                 WHERE table_schema = ANY(current_schemas(false)) AND table_name = $1 ORDER BY ordinal_position"
            }
        };
        let names = self.rows(sql, &[table.to_owned()]).await?.into_iter().flatten();
        Ok(names.filter(|name| Table::named(name).is_ok()).collect())
    }

    /// Every column of the answer is text; NULL is empty.
    pub async fn rows(&mut self, sql: &str, values: &[String]) -> Result<Rows, HistoryError> {
        let silent = |_| HistoryError::Unreachable("the database does not answer".to_owned());
        tokio::time::timeout(ANSWER, self.ask(sql, values)).await.map_err(silent)?
    }

    async fn ask(&mut self, sql: &str, values: &[String]) -> Result<Rows, HistoryError> {
        match self {
            Connection::Sqlite(path) => sqlite_rows(path.clone(), sql.to_owned(), values.to_vec()).await,
            Connection::MySql(connection) => {
                let query =
                    values.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, value| query.bind(value));
                let row = |row: MySqlRow| (0..row.len()).map(|at| as_text(row.try_get(at))).collect();
                query.fetch(&mut **connection).map_ok(row).try_collect().await.map_err(trouble)
            }
            Connection::Postgres(connection) => {
                let query =
                    values.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, value| query.bind(value));
                let row = |row: PgRow| (0..row.len()).map(|at| as_text(row.try_get(at))).collect();
                query.fetch(&mut **connection).map_ok(row).try_collect().await.map_err(trouble)
            }
        }
    }
}

impl Kind {
    pub fn quoted(self, name: &str) -> String {
        match self {
            Kind::MySql => format!("`{name}`"),
            Kind::Sqlite | Kind::Postgres => format!("\"{name}\""),
        }
    }

    pub fn text(self, column: &str) -> String {
        self.text_of(&self.quoted(column))
    }

    pub fn text_of(self, expression: &str) -> String {
        let text = if self == Kind::MySql { "CHAR" } else { "TEXT" };
        format!("CAST({expression} AS {text})")
    }

    /// A column of times, to be compared with [`moment`](Kind::moment).
    pub fn time(self, column: &str, counts: bool) -> String {
        self.comparable(&self.quoted(column), counts)
    }

    /// The place of a bound moment.
    pub fn moment(self, number: usize, counts: bool) -> String {
        self.comparable(&self.place(number), counts)
    }

    fn comparable(self, expression: &str, counts: bool) -> String {
        match (self, counts) {
            (Kind::Sqlite | Kind::MySql, false) => expression.to_owned(),
            (Kind::Postgres, false) => format!("CAST({expression} AS timestamp)"),
            (Kind::Sqlite, true) => format!("CAST({expression} AS REAL)"),
            (Kind::MySql, true) => format!("({expression} + 0)"),
            (Kind::Postgres, true) => format!("CAST({expression} AS double precision)"),
        }
    }

    fn place(self, number: usize) -> String {
        if self == Kind::Postgres { format!("${number}") } else { "?".to_owned() }
    }

    pub fn places(self, count: usize) -> String {
        (1..=count).map(|number| self.place(number)).collect::<Vec<_>>().join(", ")
    }
}

/// The session's own zone is left as the server has it: its times are the server's.
async fn mysql(server: &Server) -> Result<Connection, sqlx::Error> {
    let options = MySqlConnectOptions::new()
        .username(&server.user)
        .password(&server.password)
        .database(&server.database)
        .timezone(None)
        .statement_cache_capacity(0);
    let options = match server.host.starts_with('/') {
        true => options.socket(&server.host),
        false => options.host(&server.host).port(server.port),
    };
    let mut connection = options.disable_statement_logging().connect().await?;
    sqlx::raw_sql("SET SESSION TRANSACTION READ ONLY").execute(&mut connection).await?;
    Ok(Connection::MySql(Box::new(connection)))
}

async fn postgres(server: &Server, zone: Tz) -> Result<Connection, sqlx::Error> {
    let options = PgConnectOptions::new_without_pgpass()
        .username(&server.user)
        .password(&server.password)
        .database(&server.database)
        .port(server.port)
        .options([("default_transaction_read_only", "on")])
        .statement_cache_capacity(0);
    let options = match server.host.starts_with('/') {
        true => options.socket(&server.host),
        false => options.host(&server.host),
    };
    let mut connection = options.disable_statement_logging().connect().await?;
    // The driver asks for UTC; times with a zone are compared with local ones.
    let own = sqlx::query("SELECT set_config('TimeZone', $1, false)").bind(zone.name());
    own.execute(&mut connection).await?;
    Ok(Connection::Postgres(Box::new(connection)))
}

async fn sqlite_rows(path: PathBuf, sql: String, values: Vec<String>) -> Result<Rows, HistoryError> {
    let refused = move |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::DatabaseBusy) => {
            HistoryError::Unreachable(error.to_string())
        }
        _ => HistoryError::Refused(error.to_string()),
    };
    let read = move || -> Result<Rows, rusqlite::Error> {
        let connection = rusqlite::Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(PATIENCE)?;
        let mut statement = connection.prepare(&sql)?;
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| Ok(stored(row.get_ref(at)?))).collect();
        statement.query_map(rusqlite::params_from_iter(values), row)?.collect()
    };
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|error| HistoryError::Unreachable(error.to_string()))?.map_err(refused)
}

fn stored(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => String::new(),
    }
}

/// What cannot be read as text is as good as not there.
fn as_text(value: Result<Option<String>, sqlx::Error>) -> String {
    value.ok().flatten().unwrap_or_default()
}

/// A server that is away comes back; one that refuses the user or the question does not by itself.
fn trouble(error: sqlx::Error) -> HistoryError {
    let passes = |code: &str| PASSING.iter().any(|class| code.starts_with(class));
    match &error {
        sqlx::Error::Database(said) if said.code().is_some_and(|code| passes(&code)) => {
            HistoryError::Unreachable(text::clean(said.message()))
        }
        sqlx::Error::Database(said) => HistoryError::Refused(text::clean(said.message())),
        sqlx::Error::Configuration(_) | sqlx::Error::Tls(_) => {
            HistoryError::Refused(text::clean(&error.to_string()))
        }
        _ => HistoryError::Unreachable(text::clean(&error.to_string())),
    }
}
