//! Whether the provider is heard, and since when not: what becomes a gap, and when it ends.
//!
//! The provider's link and our own running make one gap, however often either breaks in it; our deafness to its
//! notifications makes another, because the link may be well meanwhile.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Transaction;

use crate::domain::desk::Link;
use crate::domain::gap::{Cause, Gap, Restored};
use crate::domain::reason::Reason;
use crate::store::{Author, Error, cursors, gaps};
use crate::telephony::Hearing;

#[derive(Clone)]
pub struct Ear {
    provider: String,
    /// Whether the provider keeps a record of calls that we can read.
    has_record: bool,
    /// Silence up to this is none.
    allowed: Duration,
    link: LinkHeard,
    deaf: bool,
    /// When the provider was last heard before the break, until it lists what runs after it.
    lost_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkHeard {
    /// Nothing was said of it since we run, and no gap lasts.
    Unsaid,
    Up,
    /// A gap lasts.
    Lost,
}

impl Ear {
    pub fn of(provider: &str, has_record: bool, allowed: Duration) -> Ear {
        let provider = provider.to_owned();
        Ear { provider, has_record, allowed, link: LinkHeard::Unsaid, deaf: false, lost_at: None }
    }

    pub fn hears(&self) -> bool {
        self.link == LinkHeard::Up
    }

    /// We run again. A gap that lasted when we ended lasts on; without one, having been away for long is one.
    pub fn wake(&mut self, tx: &Transaction<'_>, author: &Author) -> Result<Option<Gap>, Error> {
        self.lost_at = self.heard_until(tx)?;
        if let Some(gap) = self.lasting(tx, |cause| cause != Cause::Listener)?.first() {
            self.lost_at = Some(gap.began_at);
            self.link = LinkHeard::Lost;
            return Ok(None);
        }
        self.miss(tx, Cause::Ourselves, author)
    }

    /// A gap where nothing was heard for longer than is allowed. A clock that went back says nothing of how long it was.
    fn miss(&mut self, tx: &Transaction<'_>, cause: Cause, author: &Author) -> Result<Option<Gap>, Error> {
        let away = |heard: &DateTime<Utc>| (author.at - heard).to_std().is_ok_and(|away| away > self.allowed);
        match self.heard_until(tx)?.filter(away) {
            Some(heard) => {
                self.link = LinkHeard::Lost;
                self.begin(tx, (cause, "".into()), heard, author)
            }
            None => Ok(None),
        }
    }

    /// The gaps that this begins or ends.
    pub fn follow_link(
        &mut self,
        tx: &Transaction<'_>,
        link: &Link,
        author: &Author,
    ) -> Result<Vec<Gap>, Error> {
        match link {
            Link::Down { since, reason } if self.link != LinkHeard::Lost => {
                let began = self.heard_until(tx)?.map_or(*since, |heard| heard.min(*since));
                self.link = LinkHeard::Lost;
                self.lost_at = Some(began);
                Ok(self.begin(tx, (Cause::Provider, reason.clone()), began, author)?.into_iter().collect())
            }
            Link::Up { since } => {
                // After a start it let us wait, and never said that it was down.
                if self.link == LinkHeard::Unsaid {
                    self.miss(tx, Cause::Provider, author)?;
                }
                self.link = LinkHeard::Up;
                // Whoever is deaf says so again; what was said before we ran is of no account.
                let deaf = self.deaf;
                let ended = self.end(tx, |cause| cause != Cause::Listener || !deaf, *since, author)?;
                self.mark(tx, author)?;
                Ok(ended)
            }
            Link::Down { .. } | Link::Absent | Link::Connecting => Ok(vec![]),
        }
    }

    /// As [`Ear::follow_link`].
    pub fn follow_hearing(
        &mut self,
        tx: &Transaction<'_>,
        hearing: &Hearing,
        author: &Author,
    ) -> Result<Vec<Gap>, Error> {
        let is_listener = |cause| cause == Cause::Listener;
        self.deaf = matches!(hearing, Hearing::Deaf { .. });
        match hearing {
            Hearing::Well => self.end(tx, is_listener, author.at, author),
            Hearing::Deaf { .. } if !self.lasting(tx, is_listener)?.is_empty() => Ok(vec![]),
            Hearing::Deaf { since, reason } => {
                Ok(self.begin(tx, (Cause::Listener, reason.clone()), *since, author)?.into_iter().collect())
            }
        }
    }

    /// Says that until now we heard; not while a gap lasts.
    pub fn mark(&self, tx: &Transaction<'_>, author: &Author) -> Result<(), Error> {
        match self.link {
            LinkHeard::Lost => Ok(()),
            _ => cursors::set(tx, &self.cursor(), &author.at.to_rfc3339(), author),
        }
    }

    /// Until when the calls that a list does not name were certainly heard.
    pub fn heard_before_list(&mut self, tx: &Transaction<'_>) -> Result<Option<DateTime<Utc>>, Error> {
        match self.lost_at.take() {
            Some(lost) => Ok(Some(lost)),
            None => self.heard_until(tx),
        }
    }

    fn heard_until(&self, tx: &Transaction<'_>) -> Result<Option<DateTime<Utc>>, Error> {
        Ok(cursors::get(tx, &self.cursor())?.and_then(|text| text.parse().ok()))
    }

    fn cursor(&self) -> String {
        format!("{}.heard_until", self.provider)
    }

    fn lasting(&self, tx: &Transaction<'_>, of: impl Fn(Cause) -> bool) -> Result<Vec<Gap>, Error> {
        let lasting = gaps::lasting(tx, &self.provider)?;
        Ok(lasting.into_iter().filter(|gap| of(gap.cause)).collect())
    }

    fn begin(
        &self,
        tx: &Transaction<'_>,
        (cause, reason): (Cause, Reason),
        began_at: DateTime<Utc>,
        author: &Author,
    ) -> Result<Option<Gap>, Error> {
        let gap = Gap {
            source: self.provider.clone(),
            cause,
            reason,
            began_at,
            ended_at: None,
            restored: Restored::Pending,
        };
        gaps::begin(tx, &gap, author)?;
        gaps::get(tx, &self.provider, began_at)
    }

    fn end(
        &self,
        tx: &Transaction<'_>,
        of: impl Fn(Cause) -> bool,
        at: DateTime<Utc>,
        author: &Author,
    ) -> Result<Vec<Gap>, Error> {
        let mut ended = vec![];
        for gap in self.lasting(tx, of)? {
            gaps::end(tx, &gap, at, author)?;
            if !self.has_record {
                gaps::restored(tx, &gap, Restored::Unknown, author)?;
            }
            ended.extend(gaps::get(tx, &gap.source, gap.began_at)?);
        }
        Ok(ended)
    }
}
