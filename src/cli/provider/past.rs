//! Configuration to the PBX's past: its record and its recordings.

use std::sync::Arc;

use chrono_tz::Tz;
use reqwest::Url;

use crate::cli::Failure;
use crate::config::{self, Database, Log, Source, Where};
use crate::telephony::Archive;
use crate::telephony::asterisk::history::{self, Book, Kept, Origin, Record, Server, Table, Written};
use crate::telephony::asterisk::recordings::{Shelf, Sounds};

pub fn archive(settings: &config::Asterisk, zone: Tz) -> Result<Archive, Failure> {
    let mut archive = Archive::default();
    if let Some(record) = record(settings, zone)? {
        archive.histories.push(Arc::new(record));
    }
    if let Some(sounds) = sounds(settings)? {
        archive.recordings = Some(Arc::new(sounds));
    }
    Ok(archive)
}

pub fn record(settings: &config::Asterisk, zone: Tz) -> Result<Option<Record>, Failure> {
    let Some(history) = &settings.history else { return Ok(None) };
    let book = Book {
        origin: origin(&history.source)?,
        trunks: settings.trunks.clone(),
        zone: history.zone.unwrap_or(zone),
    };
    Ok(Some(Record::new(book.checked().map_err(|error| correct("history", &error))?)))
}

fn origin(source: &Source) -> Result<Origin, Failure> {
    Ok(match source {
        Source::Csv { cdr, cel } => {
            Origin::Files(Kept { cdr: cdr.as_ref().map(written), cel: cel.as_ref().map(written) })
        }
        Source::Database { database, cdr, cel } => {
            let table = |name: &Option<String>| {
                let table = name.as_deref().map(Table::named).transpose();
                table.map_err(|error| correct("history", &error))
            };
            let tables = Kept { cdr: table(cdr)?, cel: table(cel)? };
            Origin::Database(self::database(database, tables)?)
        }
    })
}

fn written(log: &Log) -> Written {
    match &log.columns {
        Some(columns) => Written::custom(log.path.clone(), columns.clone()),
        None => Written::master(log.path.clone()),
    }
}

fn database(database: &Database, tables: history::Tables) -> Result<history::Database, Failure> {
    Ok(match database {
        Database::Sqlite(path) => history::Database::Sqlite { path: path.clone(), tables },
        Database::MySql(named) => history::Database::MySql { server: server(named)?, tables },
        Database::Postgres(named) => history::Database::Postgres { server: server(named)?, tables },
    })
}

fn server(named: &config::Server) -> Result<Server, Failure> {
    Ok(Server {
        host: named.host.clone(),
        port: named.port,
        database: named.database.clone(),
        user: named.user.clone(),
        password: named.password.reveal()?,
    })
}

pub fn sounds(settings: &config::Asterisk) -> Result<Option<Sounds>, Failure> {
    let (Some(recordings), Some(shelf)) = (&settings.recordings, shelf(settings)?) else { return Ok(None) };
    let sounds = match &recordings.place {
        Where::Folder(folder) => Sounds::in_folder(folder.clone(), shelf),
        Where::Web { url, login } => {
            let mut base = Url::parse(url).map_err(|error| correct("recordings", &error))?;
            if let Some((user, password)) = login {
                let password = password.reveal()?;
                let set = base.set_username(user).and_then(|()| base.set_password(Some(&password)));
                set.map_err(|()| correct("recordings", &"the address takes no user"))?;
            }
            Sounds::on_web(base, shelf).map_err(|error| correct("recordings", &error))?
        }
    };
    Ok(Some(sounds))
}

pub fn shelf(settings: &config::Asterisk) -> Result<Option<Shelf>, Failure> {
    let shelf = settings
        .recordings
        .as_ref()
        .map(|recordings| Shelf::new(&recordings.pattern, recordings.pbx_folder.as_deref()));
    shelf.transpose().map_err(|error| correct("recordings", &error))
}

fn correct(section: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("asterisk.{section}: {error}"))
        .hint(format!("correct the section [asterisk.{section}] of the configuration"))
}
