//! Recorded connections to calls: the code that runs live, fed from a file.

mod clock;

use chrono::{DateTime, Utc};

pub use self::clock::LogClock;

use super::map::{List, Map};
use super::wire::{Decoder, Message};
use crate::domain::call::Snapshot;
use crate::telephony::Event;

/// Several connections of one story, one after the other.
pub struct Replay {
    map: Map,
    decoder: Decoder,
    calls: Vec<Snapshot>,
    last: DateTime<Utc>,
}

impl Replay {
    pub fn new(trunks: Vec<String>) -> Replay {
        let map = Map::new(trunks);
        Replay { map, decoder: Decoder::default(), calls: Vec::new(), last: DateTime::UNIX_EPOCH }
    }

    /// The next bytes belong to a new connection; the one before, if any, was lost.
    pub fn connect(&mut self) {
        self.map.disconnected(self.last);
        self.map.connected();
        self.decoder = Decoder::default();
    }

    /// `clock` tells when a message arrived.
    pub fn feed(&mut self, bytes: &[u8], mut clock: impl FnMut(&Message) -> DateTime<Utc>) {
        for message in self.decoder.feed(bytes) {
            self.last = clock(&message);
            // Whoever recorded this asked for the lists; what they asked is only known from the answers.
            if let (Some(list), Some(id)) = (List::announced(&message), message.action_id()) {
                self.map.expect_list(id, list);
            }
            let events = self.map.apply(&message, self.last);
            self.note(events);
        }
    }

    /// The calls in the order they began; what still ran ends here.
    pub fn finish(mut self) -> Vec<Snapshot> {
        let events = self.map.close(self.last);
        self.note(events);
        self.calls.sort_by_key(|call| call.started_at);
        self.calls
    }

    fn note(&mut self, events: Vec<Event>) {
        for event in events {
            match event {
                Event::Call(snapshot) => match self.calls.iter_mut().find(|call| call.key == snapshot.key) {
                    Some(call) => *call = *snapshot,
                    None => self.calls.push(*snapshot),
                },
                Event::Merged { gone, .. } => self.calls.retain(|call| call.key != gone),
                Event::Live { .. } | Event::Link(_) => {}
            }
        }
    }
}
