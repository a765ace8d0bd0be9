//! Requests of a desk, answered from the store. Runs on a blocking thread.

use chrono_tz::Tz;

use super::teller::Teller;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::id::{CallId, PersonId};
use crate::domain::period::{day_of, day_start};
use crate::domain::report::{Group, Query};
use crate::store::{Author, Error, Store, calls, directories, people, report, search};

/// Choices a search offers at most.
const FOUND_AT_MOST: usize = 20;

/// One request with all that its answer needs.
pub(super) struct Asked {
    pub store: Store,
    pub zone: Tz,
    /// Who asks, and when.
    pub author: Author,
    pub teller: Teller,
}

impl Asked {
    pub fn answer(self, request: Request) -> Result<Reply, Refusal> {
        match request {
            Request::Board => self.board(),
            Request::Directories => self.directories(),
            Request::Open(call) => self.open(call),
            Request::Card(person) => self.card(person),
            Request::Search { text } => self.search(&text),
            Request::KeepDraft { call, fields } => self.keep_draft(call, fields),
            Request::Save { call, fields } => self.save(call, fields),
            Request::UndoSave(call) => self.undo_save(call),
            Request::LogByHand(manual) => self.log_by_hand(&manual),
            Request::AddPhone { person, phone, primary } => self.add_phone(person, phone, primary),
            Request::Report(query) => self.report(&query),
            Request::Drill { figure, offset, limit } => {
                self.drill(&figure.query, &figure.path, offset..offset + limit)
            }
            Request::Size(_)
            | Request::Explain(_)
            | Request::Links(_)
            | Request::Metrics { .. }
            | Request::Views
            | Request::SaveView(_)
            | Request::ForgetView { .. }
            | Request::Recall { .. }
            | Request::Remember { .. } => Err(Refusal::NotFound),
            Request::History(person) => self.history(person),
            Request::NoteExport(export) => self.note_export(&export),
            Request::Dial(_) | Request::HangUp(_) | Request::Transfer { .. } => Err(Refusal::ProviderDown),
        }
    }

    fn board(&self) -> Result<Reply, Refusal> {
        let since = day_start(day_of(self.author.at, self.zone), self.zone);
        Ok(Reply::Board(self.store.read(|conn| calls::board(conn, since))?))
    }

    fn directories(&self) -> Result<Reply, Refusal> {
        Ok(Reply::Directories(Box::new(self.store.read(directories::all)?)))
    }

    fn open(&self, call: CallId) -> Result<Reply, Refusal> {
        let opened = self.store.read(|conn| calls::open(conn, call))?;
        opened.map(|call| Reply::Opened(Box::new(call))).ok_or(Refusal::NotFound)
    }

    fn card(&self, person: PersonId) -> Result<Reply, Refusal> {
        let (now, today) = (self.author.at, day_of(self.author.at, self.zone));
        let card = self.store.read(|conn| people::card(conn, person, now, today))?;
        card.map(|card| Reply::Card(Box::new(card))).ok_or(Refusal::NotFound)
    }

    fn search(&self, text: &str) -> Result<Reply, Refusal> {
        Ok(Reply::Found(self.store.read(|conn| search::people(conn, text, FOUND_AT_MOST))?))
    }

    fn report(&self, query: &Query) -> Result<Reply, Refusal> {
        let table = self.store.read(|conn| report::table(conn, query, self.zone))?;
        Ok(Reply::Report(Box::new(table)))
    }

    fn drill(&self, query: &Query, path: &[Group], page: std::ops::Range<usize>) -> Result<Reply, Refusal> {
        let (rows, total) = self.store.read(|conn| report::calls(conn, query, path, page, self.zone))?;
        Ok(Reply::Calls { rows, total: Some(total) })
    }

    fn history(&self, person: PersonId) -> Result<Reply, Refusal> {
        let rows = self.store.read(|conn| report::history(conn, person, self.zone))?;
        Ok(Reply::Calls { total: Some(rows.len()), rows })
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        match error {
            Error::NotFound => Refusal::NotFound,
            Error::NothingToUndo => Refusal::NothingToUndo,
            other => Refusal::Store(other.to_string()),
        }
    }
}
