//! Where the record is and what its columns are called. Names from a configuration come into SQL: they are checked here.

use std::fmt;
use std::path::PathBuf;

use chrono_tz::Tz;

use super::row::{Columns, NEEDED_OF_CDR, NEEDED_OF_CEL};

/// The record of a PBX, and how to read it.
#[derive(Clone, PartialEq, Debug)]
pub struct Book {
    pub origin: Origin,
    /// Endpoints through which the outside comes.
    pub trunks: Vec<String>,
    /// The zone of times that are written without one.
    pub zone: Tz,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Origin {
    Files(Kept<Written>),
    Database(Database),
}

/// Either or both of the two logs.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept<T> {
    pub cdr: Option<T>,
    pub cel: Option<T>,
}

/// A file of separated values without a heading.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    pub path: PathBuf,
    /// Names of the columns in the order they stand in a row: as many lists as there are lengths of rows.
    pub forms: Vec<Vec<String>>,
}

/// Names of tables.
pub type Tables = Kept<Table>;

/// A name that can stand in SQL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table(String);

#[derive(Clone, PartialEq, Debug)]
pub enum Database {
    Sqlite { path: PathBuf, tables: Tables },
    MySql { server: Server, tables: Tables },
    Postgres { server: Server, tables: Tables },
}

#[derive(Clone, PartialEq)]
pub struct Server {
    /// A name, an address, or the folder or file of a Unix socket.
    pub host: String,
    pub port: u16,
    pub database: String,
    pub user: String,
    pub password: String,
}

#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum RecordError {
    #[error("«{0}» is no name of a table: only letters, digits and _ are allowed")]
    Table(String),
    #[error("neither `cdr` nor `cel` is named")]
    Nothing,
    #[error("{log}: the columns lack {missing}")]
    Columns { log: &'static str, missing: &'static str },
}

/// What `cdr_csv` always writes.
const MASTER: [&str; 16] = [
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
];
/// What it adds with `loguniqueid`, with `loguserfield` too, and with `newcdrcolumns`.
const UNIQUE: [&str; 1] = ["uniqueid"];
const USER: [&str; 2] = ["uniqueid", "userfield"];
const UNIQUE_NEW: [&str; 4] = ["uniqueid", "peeraccount", "linkedid", "sequence"];
const USER_NEW: [&str; 5] = ["uniqueid", "userfield", "peeraccount", "linkedid", "sequence"];

impl Written {
    /// `cdr-csv/Master.csv` as Asterisk writes it, whatever `cdr.conf` adds. Without `loguniqueid` its rows name no call
    /// and cannot be used.
    pub fn master(path: PathBuf) -> Written {
        let form = |more: &[&str]| MASTER.iter().chain(more).map(|name| (*name).to_owned()).collect();
        Written { path, forms: vec![form(&UNIQUE), form(&USER), form(&UNIQUE_NEW), form(&USER_NEW)] }
    }

    pub fn custom(path: PathBuf, columns: Vec<String>) -> Written {
        Written { path, forms: vec![columns] }
    }

    fn lack(&self, log: &'static str, needed: &[&'static [&'static str]]) -> Result<(), RecordError> {
        let forms = self.forms.iter().map(Columns::named);
        let lacking =
            |form: Columns| needed.iter().find(|names| !form.has(names)).and_then(|names| names.first());
        forms
            .into_iter()
            .find_map(lacking)
            .map_or(Ok(()), |missing| Err(RecordError::Columns { log, missing }))
    }
}

impl Table {
    pub fn named(name: &str) -> Result<Table, RecordError> {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if plain { Ok(Table(name.to_owned())) } else { Err(RecordError::Table(name.to_owned())) }
    }

    pub fn name(&self) -> &str {
        &self.0
    }
}

impl<T> Kept<T> {
    fn is_empty(&self) -> bool {
        self.cdr.is_none() && self.cel.is_none()
    }
}

impl Database {
    pub fn tables(&self) -> &Tables {
        match self {
            Database::Sqlite { tables, .. }
            | Database::MySql { tables, .. }
            | Database::Postgres { tables, .. } => tables,
        }
    }
}

impl Book {
    /// Refuses what could never be read.
    pub fn checked(self) -> Result<Book, RecordError> {
        match &self.origin {
            Origin::Files(files) if files.is_empty() => return Err(RecordError::Nothing),
            Origin::Database(database) if database.tables().is_empty() => return Err(RecordError::Nothing),
            Origin::Files(files) => {
                files.cdr.as_ref().map_or(Ok(()), |file| file.lack("cdr", &NEEDED_OF_CDR))?;
                files.cel.as_ref().map_or(Ok(()), |file| file.lack("cel", &NEEDED_OF_CEL))?;
            }
            Origin::Database(_) => {}
        }
        Ok(self)
    }

    pub fn has_cel(&self) -> bool {
        match &self.origin {
            Origin::Files(files) => files.cel.is_some(),
            Origin::Database(database) => database.tables().cel.is_some(),
        }
    }
}

impl fmt::Debug for Server {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}:{}/{}", self.user, self.host, self.port, self.database)
    }
}
