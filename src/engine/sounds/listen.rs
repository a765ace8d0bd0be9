//! A recording for somebody's ears: found, fetched at once where need be, and written down in the journal.

use std::time::Duration;

use tokio::sync::oneshot;

use super::asked::not_recorded;
use super::fetch::Outcome;
use super::fetching::Wish;
use super::{Heard, Keeper, Sounds};
use crate::domain::desk::Refusal;
use crate::domain::id::CallId;
use crate::domain::recording::{Absence, Sound};
use crate::engine::{Engine, Operator};
use crate::store::recordings::{self, Kept};
use crate::store::{Author, Error, journal};

/// How long a listener waits for a recording that is not here yet.
const PATIENCE: Duration = Duration::from_secs(15);

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

    async fn hear(&self, operator: &Operator, call: CallId, deed: &'static str) -> Result<Heard, Refusal> {
        let none = Refusal::NoRecording(Absence::NotKept);
        let Sounds { keeper, wishes, .. } = self.sounds.as_ref().ok_or(none)?;
        let mut kept = keeper.look(call).await?;
        if kept.file.is_none() {
            keeper.fetchable(&kept)?;
            let (done, outcome) = oneshot::channel();
            let fetched = async {
                wishes.send(Wish { call, done }).await.ok()?;
                outcome.await.ok()
            };
            let outcome = tokio::time::timeout(PATIENCE, fetched).await.ok().flatten();
            kept = keeper.look(call).await?;
            if kept.file.is_none() {
                return Err(Refusal::NoRecording(keeper.why_not(&kept, outcome)));
            }
        }
        keeper.hand_out(kept, (operator, call, deed)).await
    }
}

impl Keeper {
    /// What is known now; a file that is gone is awaited again.
    async fn look(&self, call: CallId) -> Result<Kept, Refusal> {
        let kept = self.blocking(move |keeper| {
            let kept =
                keeper.scribe.store.read(|conn| recordings::find(conn, call))?.ok_or(Error::NotFound)?;
            match &kept.file {
                Some(file) if !keeper.folder().path(&file.name).is_file() => {
                    keeper.write(move |tx, author| recordings::missing(tx, call, author))?;
                    keeper.scribe.store.read(|conn| recordings::find(conn, call))?.ok_or(Error::NotFound)
                }
                _ => Ok(kept),
            }
        });
        Ok(kept.await?)
    }

    /// Asked for by hand, a recording that was lost is tried once more.
    fn fetchable(&self, kept: &Kept) -> Result<(), Refusal> {
        let wanted = kept.wanted.as_ref().ok_or_else(not_recorded)?;
        let young = wanted.called_at >= self.kept_since() || kept.held;
        let refused = match &kept.state {
            Sound::Awaited | Sound::Lost { .. } if kept.provider != self.source.provider() => {
                Absence::NotFetchedFrom(kept.provider.clone())
            }
            Sound::Awaited | Sound::Lost { .. } if young => return Ok(()),
            Sound::Awaited | Sound::Lost { .. } => Absence::TooOld(self.keeping.days),
            _ => self.why_not(kept, None),
        };
        Err(Refusal::NoRecording(refused))
    }

    fn why_not(&self, kept: &Kept, outcome: Option<Outcome>) -> Absence {
        match &kept.state {
            Sound::Silent => Absence::Silent,
            Sound::Deleted { at } => Absence::Deleted(*at),
            Sound::Lost { reason } => reason.clone(),
            Sound::Here { .. } => Absence::FileGone,
            Sound::Awaited => match (outcome, &kept.reason) {
                (Some(Outcome::NoRoom), _) => Absence::NoRoom,
                (Some(Outcome::Refused), _) => Absence::DiskRefused,
                (_, Some(reason)) => reason.clone(),
                (_, None) => Absence::OnItsWay,
            },
        }
    }

    /// Nobody hears anything that the journal does not know of.
    async fn hand_out(
        &self,
        kept: Kept,
        (operator, call, deed): (&Operator, CallId, &'static str),
    ) -> Result<Heard, Refusal> {
        let file = kept.file.ok_or_else(not_recorded)?;
        let employee = operator.employee;
        let noted = self.blocking(move |keeper| {
            let author = Author { employee, at: keeper.scribe.now() };
            keeper.scribe.store.write(move |tx| journal::note(tx, deed, &call.0.to_string(), &author))
        });
        noted.await?;
        Ok(Heard { call, path: self.folder().path(&file.name), form: file.form })
    }
}
