//! Requests that change the store: each is one durable write, then told to every desk.

use chrono::TimeDelta;
use uuid::Uuid;

use super::answer::Asked;
use crate::domain::call::by_hand::BY_HAND;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use crate::domain::desk::{ManualCall, NamedView, Refusal, Reply};
use crate::domain::export::Export;
use crate::domain::id::{CallId, PersonId};
use crate::domain::phone::Phone;
use crate::domain::wrapup::Fields;
use crate::store::{calls, directories, drafts, gaps, journal, memory, people, views, wrapups};

/// The least that the store tells apart.
const MOMENT: TimeDelta = TimeDelta::milliseconds(1);

impl Asked {
    pub(super) fn keep_draft(&self, call: CallId, fields: Fields) -> Result<Reply, Refusal> {
        let author = self.author;
        self.store().write(move |tx| drafts::keep(tx, call, &fields, &author))?;
        Ok(Reply::DraftKept)
    }

    pub(super) fn save(&self, call: CallId, fields: Fields) -> Result<Reply, Refusal> {
        if !fields.missing(&self.store().read(directories::all)?).is_empty() {
            return Err(Refusal::Incomplete);
        }
        let author = self.author;
        let saved = self.store().write(move |tx| wrapups::save(tx, call, &fields, &author))?;
        self.teller.calls(&[call]);
        Ok(Reply::Saved(Box::new(saved)))
    }

    pub(super) fn undo_save(&self, call: CallId) -> Result<Reply, Refusal> {
        let author = self.author;
        let (wrapup, fields) = self.store().write(move |tx| wrapups::undo(tx, call, &author))?;
        self.teller.calls(&[call]);
        Ok(Reply::Undone { wrapup: wrapup.map(Box::new), fields: Box::new(fields) })
    }

    pub(super) fn log_by_hand(&self, manual: &ManualCall) -> Result<Reply, Refusal> {
        let snapshot = manual_snapshot(manual);
        let author = self.author;
        let (call, matched) = self.store().write(move |tx| {
            let call = calls::record(tx, &snapshot, &author)?.id;
            let mut matched = vec![];
            for gap in gaps::touching(tx, &(snapshot.started_at..snapshot.started_at + MOMENT))? {
                matched.extend(calls::match_by_hand(tx, &gap, &author)?);
            }
            Ok((call, matched))
        })?;
        // The record may have brought the real call already: then that one is meant.
        let real =
            matched.iter().find(|matched| matched.by_hand == call).map_or(call, |matched| matched.real);
        let others = matched.iter().filter(|matched| matched.by_hand != call);
        self.teller.gone(&others.clone().map(|matched| matched.by_hand).collect::<Vec<_>>());
        self.teller.calls(&others.map(|matched| matched.real).chain([real]).collect::<Vec<_>>());
        Ok(Reply::Logged(real))
    }

    pub(super) fn note_export(&self, export: &Export) -> Result<Reply, Refusal> {
        let (said, author) = (export.said(), self.author);
        self.store().write(move |tx| journal::note(tx, "export", &said, &author))?;
        Ok(Reply::Done)
    }

    pub(super) fn add_phone(&self, person: PersonId, phone: Phone, primary: bool) -> Result<Reply, Refusal> {
        let author = self.author;
        self.store().write(move |tx| {
            people::add_phone(tx, person, phone, primary, &author)?;
            journal::note(tx, "person.phone", &person.0.to_string(), &author)
        })?;
        self.teller.person(person);
        Ok(Reply::Done)
    }

    pub(super) fn views(&self) -> Result<Reply, Refusal> {
        Ok(Reply::Views(self.store().read(views::list)?))
    }

    pub(super) fn save_view(&self, view: NamedView) -> Result<Reply, Refusal> {
        let author = self.author;
        self.store().write(move |tx| views::save(tx, &view, &author))?;
        Ok(Reply::Done)
    }

    pub(super) fn forget_view(&self, name: String) -> Result<Reply, Refusal> {
        self.store().write(move |tx| views::forget(tx, &name))?;
        Ok(Reply::Done)
    }

    pub(super) fn recall(&self, name: &str) -> Result<Reply, Refusal> {
        let employee = self.author.employee;
        Ok(Reply::Recalled(self.store().read(|conn| memory::recall(conn, employee, name))?))
    }

    pub(super) fn remember(&self, name: String, value: String) -> Result<Reply, Refusal> {
        let author = self.author;
        self.store().write(move |tx| memory::remember(tx, &name, &value, &author))?;
        Ok(Reply::Done)
    }
}

fn manual_snapshot(manual: &ManualCall) -> Snapshot {
    Snapshot {
        key: CallKey { provider: BY_HAND.into(), id: Uuid::now_v7().to_string() },
        direction: manual.direction,
        remote: manual.remote.clone(),
        name: None,
        line: None,
        queue: None,
        phase: Phase::Ended,
        result: Some(match (manual.answered, manual.direction) {
            (true, _) => CallResult::Answered,
            (false, Direction::Incoming) => CallResult::Missed,
            (false, _) => CallResult::NoAnswer,
        }),
        agent: None,
        holder: None,
        ringing: vec![],
        started_at: manual.started_at,
        answered_at: manual.answered.then_some(manual.started_at),
        ended_at: chrono::Duration::from_std(manual.talk).ok().map(|talk| manual.started_at + talk),
        wait: std::time::Duration::ZERO,
        talk: if manual.answered { manual.talk } else { std::time::Duration::ZERO },
        hold: std::time::Duration::ZERO,
        transfers: vec![],
        recording: None,
        advert: None,
        tags: vec![],
        settled: false,
    }
}
