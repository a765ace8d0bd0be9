//! The sections `[asterisk.history]` and `[asterisk.recordings]`: where the PBX keeps its record and its sound.

use std::path::PathBuf;

use chrono_tz::Tz;
use serde::Deserialize;

use super::secret::{self, Secret};
use super::{Error, File};

#[derive(Clone, PartialEq, Debug)]
pub struct History {
    pub source: Source,
    /// `None`: the clinic's.
    pub zone: Option<Tz>,
}

/// At least one of the two logs is named.
#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    Csv { cdr: Option<Log>, cel: Option<Log> },
    Database { database: Database, cdr: Option<String>, cel: Option<String> },
}

/// A file of separated values.
#[derive(Clone, PartialEq, Debug)]
pub struct Log {
    pub path: PathBuf,
    /// `None`: as `cdr_csv` writes it.
    pub columns: Option<Vec<String>>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Database {
    Sqlite(PathBuf),
    MySql(Server),
    Postgres(Server),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub database: String,
    pub user: String,
    pub password: Secret,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Recordings {
    pub place: Where,
    /// `{year}/{month}/{day}/{file}` under the folder or the address.
    pub pattern: String,
    /// The same folder as the PBX itself calls it.
    pub pbx_folder: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Where {
    Folder(PathBuf),
    Web { url: String, login: Option<(String, Secret)> },
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Csv,
    Sqlite,
    #[serde(rename = "mysql")]
    MySql,
    Postgres,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawHistory {
    kind: Kind,
    cdr: Option<String>,
    cel: Option<String>,
    cdr_columns: Option<Vec<String>>,
    cel_columns: Option<Vec<String>>,
    path: Option<PathBuf>,
    host: Option<String>,
    port: Option<u16>,
    database: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    zone: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRecordings {
    folder: Option<PathBuf>,
    url: Option<String>,
    #[serde(default = "as_told")]
    pattern: String,
    user: Option<String>,
    password_file: Option<PathBuf>,
    pbx_folder: Option<String>,
}

fn as_told() -> String {
    "{path}".into()
}

impl RawHistory {
    pub fn validate(self, file: &File) -> Result<History, Error> {
        if self.cdr.is_none() && self.cel.is_none() {
            return Err(
                file.fault("asterisk.history", "name `cdr`, `cel` or both: a file or a table of each")
            );
        }
        let no_zone = |zone: &str| format!("«{zone}» is no time zone; write one like Europe/Moscow");
        let zone = self
            .zone
            .as_deref()
            .map(|zone| zone.parse().map_err(|_| file.fault("asterisk.history.zone", no_zone(zone))));
        Ok(History { zone: zone.transpose()?, source: self.source(file)? })
    }

    fn source(self, file: &File) -> Result<Source, Error> {
        if self.kind != Kind::Csv {
            let (cdr, cel) = (self.cdr.clone(), self.cel.clone());
            return Ok(Source::Database { database: self.database(file)?, cdr, cel });
        }
        if self.cel.is_some() && self.cel_columns.is_none() {
            let problem = "name the columns in the order that cel_custom.conf writes them";
            return Err(file.fault("asterisk.history.cel_columns", problem));
        }
        let log = |path: Option<String>, columns| {
            path.map(|path| Log { path: file.beside(path.as_ref()), columns })
        };
        Ok(Source::Csv { cdr: log(self.cdr, self.cdr_columns), cel: log(self.cel, self.cel_columns) })
    }

    fn database(self, file: &File) -> Result<Database, Error> {
        if self.kind == Kind::Sqlite {
            let absent = || file.fault("asterisk.history.path", "name the database's file");
            return Ok(Database::Sqlite(file.beside(&self.path.ok_or_else(absent)?)));
        }
        let usual = if self.kind == Kind::MySql { 3306 } else { 5432 };
        let absent = |key| file.fault(key, "is not set");
        let password = Secret::Kept {
            config: file.0.into(),
            file: self.password_file,
            names: secret::ASTERISK_DATABASE,
        };
        let server = Server {
            host: self.host.unwrap_or_else(|| "127.0.0.1".into()),
            port: self.port.unwrap_or(usual),
            database: self.database.unwrap_or_else(|| "asteriskcdrdb".into()),
            user: self.user.ok_or_else(|| absent("asterisk.history.user"))?,
            password,
        };
        Ok(if self.kind == Kind::MySql { Database::MySql(server) } else { Database::Postgres(server) })
    }
}

impl RawRecordings {
    pub fn validate(self, file: &File) -> Result<Recordings, Error> {
        let password = Secret::Kept {
            config: file.0.into(),
            file: self.password_file,
            names: secret::ASTERISK_RECORDINGS,
        };
        let place = match (self.folder, self.url) {
            (Some(folder), None) => Where::Folder(file.beside(&folder)),
            (None, Some(url)) => Where::Web { url, login: self.user.map(|user| (user, password)) },
            _ => return Err(file.fault("asterisk.recordings", "name either `folder` or `url`")),
        };
        Ok(Recordings { place, pattern: self.pattern, pbx_folder: self.pbx_folder })
    }
}
