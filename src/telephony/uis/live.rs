//! One call of all that is said about it: notifications, lists of running calls, our own orders.
//!
//! Keeps per call what was said, in the provider's order of time, and reads the whole anew whenever something is
//! added: late, doubled and missing words change nothing that they should not. Pure: time comes in, snapshots go
//! out. None of them is settled; that is for the provider's own record.

mod call;
mod ear;
mod listed;
mod session;
mod talk;
mod word;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

pub use ear::Ear;
pub use listed::{Leg, LegState, ListedCall};
pub use word::Dialled;

use self::session::Session;
use self::word::{What, Word};
use super::NAME;
use super::notice::Notice;
use crate::domain::call::{CallKey, Snapshot};

/// A call that is over is remembered for what comes late (its recording, tags); one that nobody speaks of is not a call.
const REMEMBERED: TimeDelta = TimeDelta::hours(12);
/// Calls remembered at once; a network of clinics has 2,000 in a day.
const MOST_SESSIONS: usize = 20_000;

/// Extensions by the provider's ids of employees.
pub type Staff = HashMap<String, String>;

pub struct Live {
    zone: Tz,
    staff: Staff,
    sessions: BTreeMap<String, Session>,
}

impl Live {
    /// `zone`: in which the provider writes its times.
    pub fn new(zone: Tz) -> Live {
        Live { zone, staff: Staff::new(), sessions: BTreeMap::new() }
    }

    /// What the account says of itself, once it does.
    pub fn meet(&mut self, zone: Tz, staff: Staff) {
        self.zone = zone;
        self.staff = staff;
    }

    /// What a notification changes; `None`: nothing, or it speaks of no call.
    pub fn hear(&mut self, notice: Notice, now: DateTime<Utc>) -> Option<Snapshot> {
        let id = notice.session()?.to_owned();
        let at = notice.at(self.zone).unwrap_or(now);
        self.add(id, Word { at, what: What::Notice(Box::new(notice)) }, now)
    }

    /// A call that we placed; it rings the operator's own phone.
    pub fn dialled(&mut self, id: String, dialled: Dialled, now: DateTime<Utc>) -> Option<Snapshot> {
        self.add(id, Word { at: now, what: What::Dialled(dialled) }, now)
    }

    /// The calls that run, as asked for at `asked`: what they change, and what is over since.
    pub fn list(&mut self, calls: &[ListedCall], asked: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Snapshot> {
        let mut news = Vec::new();
        for call in calls {
            let word = Word { at: asked, what: What::Listed(Box::new(call.clone())) };
            news.extend(self.add(call.id.clone(), word, now));
        }
        let absent = |id: &str| !calls.iter().any(|call| call.id == id);
        for (id, session) in self.sessions.iter_mut().filter(|(id, _)| absent(id)) {
            if session.is_missed_in_list(asked) {
                let _ = session.add(Word { at: asked, what: What::Gone }, now);
                news.extend(session.news(id, &self.staff, self.zone));
            }
        }
        news
    }

    /// All calls that are not over, as far as is known.
    pub fn running(&self) -> Vec<CallKey> {
        let running = self.sessions.iter().filter(|(_, session)| session.is_running());
        running.map(|(id, _)| key(id)).collect()
    }

    pub fn is_anything_live(&self) -> bool {
        self.sessions.values().any(Session::is_running)
    }

    pub fn has_heard_of(&self, id: &str) -> bool {
        self.sessions.get(id).is_some_and(Session::has_notice)
    }

    pub fn forget(&mut self, now: DateTime<Utc>) {
        self.sessions.retain(|_, session| now - session.heard_at < REMEMBERED);
        while self.sessions.len() > MOST_SESSIONS {
            let oldest = self.sessions.iter().min_by_key(|(_, session)| session.heard_at);
            let Some(id) = oldest.map(|(id, _)| id.clone()) else { return };
            self.sessions.remove(&id);
        }
    }

    fn add(&mut self, id: String, word: Word, now: DateTime<Utc>) -> Option<Snapshot> {
        if !self.sessions.contains_key(&id) && self.sessions.len() >= MOST_SESSIONS {
            self.forget(now);
        }
        let session = self.sessions.entry(id.clone()).or_insert_with(|| Session::new(now));
        let fresh = session.add(word, now);
        fresh.then(|| session.news(&id, &self.staff, self.zone)).flatten()
    }
}

fn key(id: &str) -> CallKey {
    CallKey { provider: NAME.into(), id: id.into() }
}
