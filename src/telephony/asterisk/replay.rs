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
    events: Vec<Event>,
    last: DateTime<Utc>,
}

impl Replay {
    pub fn new(trunks: Vec<String>) -> Replay {
        let map = Map::new(trunks);
        Replay { map, decoder: Decoder::default(), events: Vec::new(), last: DateTime::UNIX_EPOCH }
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
            self.events.extend(self.map.apply(&message, self.last));
        }
    }

    /// All that a desk would have been told, in that order; what still ran ends here.
    pub fn events(mut self) -> Vec<Event> {
        self.events.extend(self.map.close(self.last));
        self.events
    }

    /// The calls in the order they began, as they were told last.
    pub fn finish(self) -> Vec<Snapshot> {
        let mut calls: Vec<Snapshot> = Vec::new();
        for event in self.events() {
            match event {
                Event::Call(snapshot) => match calls.iter_mut().find(|call| call.key == snapshot.key) {
                    Some(call) => *call = *snapshot,
                    None => calls.push(*snapshot),
                },
                Event::Merged { gone, .. } => calls.retain(|call| call.key != gone),
                _ => {}
            }
        }
        calls.sort_by_key(|call| call.started_at);
        calls
    }
}
