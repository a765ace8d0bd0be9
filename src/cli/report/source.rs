//! Who answers the report's requests on the command line.

use std::path::Path;

use chrono_tz::Tz;

use crate::cli::Failure;
use crate::domain::desk::{Figure, Refusal, Reply, Request};
use crate::domain::report::Filter;
use crate::store::{Store, directories, report};

pub struct Source {
    store: Store,
    zone: Tz,
}

impl Source {
    /// Beside a running desk too: it is only read.
    pub fn open(store: &Path, zone: Tz) -> Result<Source, Failure> {
        if !store.exists() {
            return Err(Failure::new(format!("there is no store at {}", store.display()))
                .hint("pult import makes one; --store names another"));
        }
        Ok(Source { store: Store::open_shared(store)?, zone })
    }
}

/// All that a report reads comes from here.
pub fn ask(source: &Source, request: Request) -> Result<Reply, Refusal> {
    let Source { store, zone } = source;
    // A filter that is passed over would make every figure wrong.
    if filter(&request).is_some_and(|filter| !filter.text.is_empty() || !filter.number.is_empty()) {
        return Err(Refusal::Store("it does not search comments and numbers".into()));
    }
    match request {
        Request::Directories => Ok(Reply::Directories(Box::new(store.read(directories::all)?))),
        Request::Report(query) => {
            Ok(Reply::Report(Box::new(store.read(|connection| report::table(connection, &query, *zone))?)))
        }
        Request::Drill { figure: Figure { query, path, .. }, offset, limit } => {
            let page = offset..offset.saturating_add(limit);
            let read = |connection: &_| report::calls(connection, &query, &path, page, *zone);
            let (rows, total) = store.read(read)?;
            Ok(Reply::Calls { rows, total: Some(total) })
        }
        _ => Err(Refusal::NotFound),
    }
}

fn filter(request: &Request) -> Option<&Filter> {
    match request {
        Request::Report(query) => Some(&query.filter),
        Request::Drill { figure, .. } => Some(&figure.query.filter),
        _ => None,
    }
}
