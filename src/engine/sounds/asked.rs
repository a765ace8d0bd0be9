//! What desks ask about recordings besides hearing them.

use std::time::Duration;

use crate::domain::desk::{Refusal, Reply};
use crate::domain::id::{CallId, MarkId};
use crate::domain::recording::Absence;
use crate::domain::text::clean;
use crate::engine::answer::Asked;
use crate::store::{journal, recordings};

impl Asked {
    pub(in crate::engine) fn recording(&self, call: CallId) -> Result<Reply, Refusal> {
        let recording = self.store().read(|conn| recordings::get(conn, call))?;
        recording.map(|recording| Reply::Recording(Box::new(recording))).ok_or_else(not_recorded)
    }

    pub(in crate::engine) fn mark_recording(
        &self,
        call: CallId,
        at: Duration,
        note: &str,
    ) -> Result<Reply, Refusal> {
        self.recording(call)?;
        let (note, author) = (clean(note), self.author);
        self.store().write(move |tx| recordings::mark(tx, call, (at, &note), &author))?;
        self.told(call)
    }

    pub(in crate::engine) fn unmark_recording(&self, mark: MarkId) -> Result<Reply, Refusal> {
        let author = self.author;
        let call = self.store().write(move |tx| recordings::unmark(tx, mark, &author))?;
        self.told(call)
    }

    /// What was deleted cannot be held any more.
    pub(in crate::engine) fn hold_recording(&self, call: CallId, held: bool) -> Result<Reply, Refusal> {
        self.recording(call)?;
        let author = self.author;
        self.store().write(move |tx| {
            if recordings::hold(tx, call, held, &author)? {
                let deed = if held { "recording.hold" } else { "recording.release" };
                journal::note(tx, deed, &call.0.to_string(), &author)?;
            }
            Ok(())
        })?;
        self.told(call)
    }

    /// Answers with what is known now, and tells the others to look.
    fn told(&self, call: CallId) -> Result<Reply, Refusal> {
        self.teller.recordings(&[call]);
        self.recording(call)
    }
}

pub(super) fn not_recorded() -> Refusal {
    Refusal::NoRecording(Absence::NotRecorded)
}
