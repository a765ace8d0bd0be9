//! What a group of events changes in the store, in one transaction, and has to be told once that is on the disk.

use rusqlite::Transaction;

use super::ear::Ear;
use super::unlisted::ended_unseen;
use crate::domain::call::{CallKey, Snapshot};
use crate::domain::gap::Gap;
use crate::domain::id::CallId;
use crate::engine::teller::Teller;
use crate::store::{Author, Error, calls, notices, office};
use crate::telephony::Event;

#[derive(Default)]
pub struct Changed {
    calls: Vec<CallId>,
    gone: Vec<CallId>,
    gaps: Vec<Gap>,
    office: bool,
}

impl Changed {
    pub fn take(
        &mut self,
        ear: &mut Ear,
        tx: &Transaction<'_>,
        events: &[Event],
        author: &Author,
    ) -> Result<(), Error> {
        for event in events {
            match event {
                Event::Call(snapshot) => self.record(tx, snapshot, author)?,
                Event::Merged { gone, into } => self.gone.extend(calls::merge(tx, gone, into, author)?),
                Event::Live { provider, calls } => self.end_unlisted(ear, tx, (provider, calls), author)?,
                Event::Link(link) => self.gaps.extend(ear.follow_link(tx, link, author)?),
                Event::Hearing(hearing) => self.gaps.extend(ear.follow_hearing(tx, hearing, author)?),
                Event::Office(known) => self.office |= office::fill_in(tx, known, author)?,
                Event::Unread(notice) => {
                    notices::keep(tx, &notice.provider, (&notice.body, &notice.reason), author)?;
                }
                Event::Receipt(_) => {}
            }
        }
        match events.iter().any(is_word_of_calls) {
            true => ear.mark(tx, author),
            false => Ok(()),
        }
    }

    /// A gap of our own where we were away for long.
    pub fn wake(&mut self, ear: &mut Ear, tx: &Transaction<'_>, author: &Author) -> Result<(), Error> {
        self.gaps.extend(ear.wake(tx, author)?);
        Ok(())
    }

    /// Blocks.
    pub fn tell(&self, teller: &Teller) {
        teller.gone(&self.gone);
        if !self.calls.is_empty() {
            teller.calls(&self.calls);
        }
        teller.gaps(&self.gaps);
        if self.office {
            teller.directories();
        }
    }

    pub fn ended_a_gap(&self) -> bool {
        self.gaps.iter().any(|gap| gap.ended_at.is_some())
    }

    fn record(&mut self, tx: &Transaction<'_>, snapshot: &Snapshot, author: &Author) -> Result<(), Error> {
        let recorded = calls::record(tx, snapshot, author)?;
        if recorded.changed && !self.calls.contains(&recorded.id) {
            self.calls.push(recorded.id);
        }
        Ok(())
    }

    /// Calls we thought live that the provider does not list are over; each ends with what is known of it.
    fn end_unlisted(
        &mut self,
        ear: &mut Ear,
        tx: &Transaction<'_>,
        (provider, listed): (&str, &[CallKey]),
        author: &Author,
    ) -> Result<(), Error> {
        let heard = ear.heard_before_list(tx)?;
        for (_, snapshot) in calls::live(tx)? {
            if snapshot.key.provider == provider && !listed.contains(&snapshot.key) {
                self.record(tx, &ended_unseen(snapshot, heard), author)?;
            }
        }
        Ok(())
    }
}

fn is_word_of_calls(event: &Event) -> bool {
    matches!(event, Event::Call(_) | Event::Merged { .. } | Event::Live { .. })
}
