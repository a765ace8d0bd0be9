//! Requests of a desk, answered from the store. Runs on a blocking thread.

use super::figures::Figures;
use super::teller::Teller;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::id::{CallId, PersonId};
use crate::domain::period::{day_of, day_start};
use crate::domain::phone::Phone;
use crate::store::{Author, Error, Store, calls, cursors, directories, leads, people, search};

/// Choices a search offers at most.
const FOUND_AT_MOST: usize = 20;
/// Forms of one number that are worth reading.
const LEADS_AT_MOST: usize = 10;

/// One request with all that its answer needs.
pub(super) struct Asked {
    pub figures: Figures,
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
            Request::Report(query) => self.figures.report(&query),
            Request::Drill { figure, offset, limit } => self.figures.drill(&figure, offset, limit),
            Request::Size(figure) => self.figures.size(&figure),
            Request::Explain(figure) => self.figures.explain(&figure),
            Request::Links(call) => self.figures.links(call),
            Request::Metrics { query, norms } => self.figures.metrics(&query, &norms),
            Request::History(person) => self.figures.history(person),
            Request::Views => self.views(),
            Request::SaveView(view) => self.save_view(view),
            Request::ForgetView { name } => self.forget_view(name),
            Request::Recall { name } => self.recall(&name),
            Request::Remember { name, value } => self.remember(name, value),
            Request::NoteExport(export) => self.note_export(&export),
            Request::Gaps(period) => self.figures.gaps(period),
            Request::Sources => Ok(Reply::Sources(self.store().read(cursors::sources)?)),
            Request::Leads(phone) => self.leads(phone),
            Request::Recording(call) => self.recording(call),
            Request::MarkRecording { call, at, note } => self.mark_recording(call, at, &note),
            Request::UnmarkRecording(mark) => self.unmark_recording(mark),
            Request::HoldRecording { call, held } => self.hold_recording(call, held),
            Request::Dial(_)
            | Request::HangUp(_)
            | Request::Transfer { .. }
            | Request::Hold(_)
            | Request::Unhold(_)
            | Request::Consult { .. }
            | Request::HandOver(_)
            | Request::TakeBack(_)
            | Request::Tag { .. }
            | Request::PlayOnPhone(_) => Err(Refusal::ProviderDown),
        }
    }

    pub(super) fn store(&self) -> &Store {
        &self.figures.store
    }

    fn board(&self) -> Result<Reply, Refusal> {
        let since = day_start(day_of(self.author.at, self.figures.zone), self.figures.zone);
        Ok(Reply::Board(self.store().read(|conn| calls::board(conn, since))?))
    }

    fn directories(&self) -> Result<Reply, Refusal> {
        Ok(Reply::Directories(Box::new(self.store().read(directories::all)?)))
    }

    fn open(&self, call: CallId) -> Result<Reply, Refusal> {
        let opened = self.store().read(|conn| calls::open(conn, call))?;
        opened.map(|call| Reply::Opened(Box::new(call))).ok_or(Refusal::NotFound)
    }

    fn card(&self, person: PersonId) -> Result<Reply, Refusal> {
        let (now, today) = (self.author.at, day_of(self.author.at, self.figures.zone));
        let card = self.store().read(|conn| people::card(conn, person, now, today))?;
        card.map(|card| Reply::Card(Box::new(card))).ok_or(Refusal::NotFound)
    }

    fn leads(&self, phone: Phone) -> Result<Reply, Refusal> {
        Ok(Reply::Leads(self.store().read(|conn| leads::by_phone(conn, phone, LEADS_AT_MOST))?))
    }

    fn search(&self, text: &str) -> Result<Reply, Refusal> {
        Ok(Reply::Found(self.store().read(|conn| search::people(conn, text, FOUND_AT_MOST))?))
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
