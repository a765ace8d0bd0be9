//! What was said of one call so far, and what was last told of it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::call::Call;
use super::word::{What, Word};
use super::{Staff, key};
use crate::domain::call::Snapshot;

/// Words kept of one call; a long one with many transfers has about 60.
const MOST_WORDS: usize = 512;

pub struct Session {
    /// In the provider's order of time.
    words: Vec<Word>,
    pub heard_at: DateTime<Utc>,
    told: Option<Snapshot>,
    /// When it was first missing in a list of what runs.
    missing: Option<DateTime<Utc>>,
}

impl Session {
    pub fn new(now: DateTime<Utc>) -> Session {
        Session { words: Vec::new(), heard_at: now, told: None, missing: None }
    }

    /// Whether this was not said before.
    pub fn add(&mut self, word: Word, now: DateTime<Utc>) -> bool {
        self.heard_at = now;
        if matches!(word.what, What::Listed(_)) {
            self.missing = None;
        }
        if self.words.len() >= MOST_WORDS {
            self.make_room();
        }
        let place = self.words.partition_point(|known| known.order(&word).is_lt());
        let has_room = self.words.len() < MOST_WORDS || word.what == What::Gone;
        if !has_room || self.is_known(&word, place) {
            return false;
        }
        self.words.insert(place, word);
        true
    }

    /// Of phones that ring and ring, the first ring is not needed any more; what comes after it is.
    fn make_room(&mut self) {
        if let Some(place) = self.words.iter().position(Word::is_passing) {
            self.words.remove(place);
        }
    }

    /// A list that says what the one before said is nothing new either.
    fn is_known(&self, word: &Word, place: usize) -> bool {
        let listed = |known: &&Word| matches!(known.what, What::Listed(_));
        match word.what {
            What::Listed(_) => {
                self.words[..place].iter().rfind(listed).is_some_and(|known| known.what == word.what)
            }
            _ => self.words.contains(word),
        }
    }

    /// Over without a word, when it is missing in a second list: the first may have been made before it began.
    pub fn is_missed_in_list(&mut self, asked: DateTime<Utc>) -> bool {
        if !self.is_running() || self.heard_at >= asked {
            return false;
        }
        let before = self.missing.is_some_and(|first| first < asked);
        self.missing.get_or_insert(asked);
        before
    }

    /// The call as it stands, where that differs from what was told before.
    pub fn news(&mut self, id: &str, staff: &Staff, zone: Tz) -> Option<Snapshot> {
        let mut call = Call::new(staff, zone);
        for word in &self.words {
            call.take(word);
        }
        let snapshot = call.snapshot(key(id))?;
        if self.told.as_ref() == Some(&snapshot) {
            return None;
        }
        self.told = Some(snapshot.clone());
        Some(snapshot)
    }

    pub fn is_running(&self) -> bool {
        self.told.as_ref().is_some_and(Snapshot::is_live)
    }

    pub fn has_notice(&self) -> bool {
        self.words.iter().any(|word| matches!(word.what, What::Notice(_)))
    }
}
