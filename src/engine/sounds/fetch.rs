//! One recording from the provider into the folder: streamed beside its place, judged, on the disk, then renamed, then
//! written down. Whatever breaks off on the way leaves nothing but a file that the next start removes or takes in.

use std::fs::File;
use std::io::ErrorKind;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempPath;
use tokio::io::AsyncWriteExt as _;

use super::Keeper;
use super::folder;
use super::judged::{Judged, judge};
use crate::domain::id::CallId;
use crate::domain::recording::Absence;
use crate::domain::text::clean;
use crate::store::Error;
use crate::store::recordings::{self, Kept, Later, SoundFile, Wanted};
use crate::telephony::FetchError;

/// How long one recording may take.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// Between two looks at the free room while a recording comes.
const GLANCE: Duration = Duration::from_millis(250);
/// After the first answer that it is not ready; each further pause is twice as long, the last one 17 hours.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);
const TRIES: u32 = 13;
/// A call so long ago has had its time: asked for once more, and no oftener.
const OLD: TimeDelta = TimeDelta::days(2);
/// Before a provider that could not be reached is asked for the same recording.
const UNREACHABLE_PAUSE: TimeDelta = TimeDelta::minutes(5);

/// What became of a try, as far as the other tries are concerned. What is known of the recording stands in the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// The provider answered.
    Told,
    Unreachable,
    NoRoom,
    /// The disk or the store refuses for another reason.
    Refused,
}

/// What follows for a recording from a try that failed.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Verdict {
    Again(Later),
    Lost(Absence),
    /// Nothing: it was not the recording's fault.
    Untouched(Outcome),
}

impl Keeper {
    /// No two of these run for one call.
    pub(super) async fn fetch(self, call: CallId) -> Outcome {
        self.try_fetch(call).await.unwrap_or_else(|error| refused(&error))
    }

    async fn try_fetch(&self, call: CallId) -> Result<Outcome, Error> {
        let kept = self
            .blocking(move |keeper| keeper.scribe.store.read(|conn| recordings::find(conn, call)))
            .await?;
        // It may have come since somebody wished for it.
        let Some(wanted) = kept.filter(Kept::may_come).and_then(|kept| kept.wanted) else {
            return Ok(Outcome::Told);
        };
        let taken = tokio::select! {
            taken = self.take(&wanted) => taken,
            () = self.until_no_room() => Err(FetchError::Disk(ErrorKind::StorageFull.into())),
        };
        let settled = self.blocking(move |keeper| match taken.and_then(|came| keeper.put(came, &wanted)) {
            Ok(outcome) => Ok(outcome),
            Err(error) => keeper.put_off(&wanted, &error),
        });
        settled.await
    }

    /// All of it, on the disk, under no name yet.
    async fn take(&self, wanted: &Wanted) -> Result<TempPath, FetchError> {
        let (file, came) = self.folder().begin()?;
        let mut file = tokio::fs::File::from_std(file);
        let fetched = self.source.fetch(&wanted.recording, &mut file, self.keeping.at_most);
        let late = |_| FetchError::Unreachable(format!("no end within {} s", PATIENCE.as_secs()));
        tokio::time::timeout(PATIENCE, fetched).await.map_err(late)??;
        file.flush().await?;
        file.sync_all().await?;
        Ok(came)
    }

    async fn until_no_room(&self) {
        while self.has_room().await {
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Where nobody can tell, the disk itself will.
    pub(super) async fn has_room(&self) -> bool {
        let room = self.blocking(|keeper| Ok((keeper.keeping.room)(&keeper.keeping.folder))).await;
        match room {
            Ok(Ok(free)) => free > self.keeping.reserve,
            Ok(Err(error)) => {
                tracing::debug!(%error, "the free room cannot be told");
                true
            }
            Err(_) => true,
        }
    }

    /// What came gets its place and its row, in this order. Blocks.
    fn put(&self, came: TempPath, wanted: &Wanted) -> Result<Outcome, FetchError> {
        let mut file = File::open(&came)?;
        let bytes = file.metadata()?.len();
        if bytes > self.keeping.at_most {
            return Err(FetchError::TooLarge(self.keeping.at_most));
        }
        match judge(&mut file)? {
            Judged::NoSound => Err(FetchError::NoSound(format!("{bytes} bytes of something else"))),
            Judged::Silent => Ok(self.hush(wanted.call)),
            Judged::Sound(form) => {
                let name = folder::name(wanted.call, wanted.called_at, form);
                self.folder().settle(came, &name)?;
                Ok(self.take_in(wanted.call, SoundFile { name, form, bytes }))
            }
        }
    }

    /// A file that the store does not take is removed.
    pub(super) fn take_in(&self, call: CallId, file: SoundFile) -> Outcome {
        let name = file.name.clone();
        let arrived = self.write(move |tx, author| recordings::arrived(tx, call, &file, author));
        if arrived.is_err() {
            self.remove(&name);
        }
        self.scribe.teller.recordings(&[call]);
        arrived.map_or_else(|error| refused(&error), |()| Outcome::Told)
    }

    fn hush(&self, call: CallId) -> Outcome {
        let silent = self.write(move |tx, author| recordings::silent(tx, call, author));
        self.scribe.teller.muted(&[call]);
        silent.map_or_else(|error| refused(&error), |()| Outcome::Told)
    }

    fn put_off(&self, wanted: &Wanted, error: &FetchError) -> Result<Outcome, Error> {
        let call = wanted.call;
        tracing::debug!(%error, call = %call.0, "a recording was not fetched");
        match verdict(error, wanted, self.scribe.now()) {
            Verdict::Untouched(outcome) => return Ok(outcome),
            Verdict::Lost(reason) => {
                self.write(move |tx, author| recordings::lost(tx, call, &reason, author))?;
                self.scribe.teller.muted(&[call]);
            }
            Verdict::Again(later) => {
                self.write(move |tx, author| recordings::put_off(tx, call, &later, author))?;
                self.scribe.teller.recordings(&[call]);
            }
        }
        Ok(if matches!(error, FetchError::Unreachable(_)) { Outcome::Unreachable } else { Outcome::Told })
    }
}

fn refused(error: &Error) -> Outcome {
    tracing::warn!(%error, "what became of a recording could not be written down");
    Outcome::Refused
}

/// What may come is waited for with growing pauses; a provider that cannot be reached costs a recording no try.
fn verdict(error: &FetchError, wanted: &Wanted, now: DateTime<Utc>) -> Verdict {
    let reason = match why(error) {
        Ok(reason) => reason,
        Err(outcome) => return Verdict::Untouched(outcome),
    };
    match error {
        FetchError::NotReady | FetchError::NoSound(_) | FetchError::Refused(_) => {
            let old = now - wanted.called_at > OLD;
            let tries = 1 + if old { wanted.tries.max(TRIES - 2) } else { wanted.tries };
            match tries {
                TRIES.. => Verdict::Lost(reason),
                _ => Verdict::Again(Later { at: now + FIRST_PAUSE * (1 << (tries - 1)), tries, reason }),
            }
        }
        FetchError::Unreachable(_) => {
            Verdict::Again(Later { at: now + UNREACHABLE_PAUSE, tries: wanted.tries, reason })
        }
        FetchError::Gone(_) | FetchError::TooLarge(_) | FetchError::Disk(_) => Verdict::Lost(reason),
    }
}

/// `Err`: it was not the recording's fault.
fn why(error: &FetchError) -> Result<Absence, Outcome> {
    match error {
        FetchError::NotReady => Ok(Absence::NotReady),
        FetchError::Unreachable(how) => Ok(Absence::Unreachable(clean(how))),
        FetchError::Refused(how) => Ok(Absence::Refused(clean(how))),
        FetchError::Gone(how) => Ok(Absence::Gone(clean(how))),
        FetchError::NoSound(what) => Ok(Absence::NoSound(clean(what))),
        FetchError::TooLarge(most) => Ok(Absence::TooLarge(*most)),
        FetchError::Disk(error) => Err(match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Outcome::NoRoom,
            _ => Outcome::Refused,
        }),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn after(error: &FetchError, tries: u32, age: TimeDelta) -> Verdict {
        let call = CallId(Uuid::nil());
        let wanted = Wanted { call, recording: "r".into(), called_at: NOW - age, tries };
        verdict(error, &wanted, NOW)
    }

    /// How long until the next try, and the tries by then.
    fn again(error: &FetchError, tries: u32, age: TimeDelta) -> Option<(TimeDelta, u32)> {
        match after(error, tries, age) {
            Verdict::Again(later) => Some((later.at - NOW, later.tries)),
            _ => None,
        }
    }

    #[test]
    fn pauses_grow_to_most_of_a_day_and_end() {
        let hour = TimeDelta::hours(1);
        let pauses: Vec<_> = (0..13).map(|tries| again(&FetchError::NotReady, tries, hour)).collect();
        assert_eq!(pauses[0], Some((TimeDelta::seconds(30), 1)));
        assert_eq!(pauses[3], Some((TimeDelta::minutes(4), 4)));
        assert_eq!(pauses[11], Some((TimeDelta::minutes(17 * 60 + 4), 12)));
        assert_eq!(pauses[12], None);
        assert!(matches!(after(&FetchError::NotReady, 12, hour), Verdict::Lost(_)));
    }

    #[test]
    fn a_call_of_long_ago_is_asked_for_once_more() {
        let month = TimeDelta::days(30);
        assert_eq!(again(&FetchError::NotReady, 0, month), Some((TimeDelta::minutes(17 * 60 + 4), 12)));
        assert_eq!(again(&FetchError::NotReady, 12, month), None);
    }

    #[test]
    fn only_what_the_provider_answers_counts() {
        let unreachable = FetchError::Unreachable("no route".into());
        assert_eq!(again(&unreachable, 12, OLD * 2), Some((UNREACHABLE_PAUSE, 12)));
        assert!(matches!(after(&FetchError::Gone("410".into()), 0, OLD), Verdict::Lost(_)));
        assert!(again(&FetchError::Refused("403".into()), 0, TimeDelta::hours(1)).is_some());
        let full = FetchError::Disk(ErrorKind::StorageFull.into());
        assert_eq!(after(&full, 3, OLD), Verdict::Untouched(Outcome::NoRoom));
    }
}
