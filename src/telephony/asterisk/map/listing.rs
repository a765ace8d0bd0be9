//! The lists we ask the PBX for: which of them an ActionID stands for, and what came of it.
//!
//! Queue entries and states carry a caller's raw number before our own ActionID, so the id alone proves
//! nothing: an answer must also be of the list that was asked for.

use std::collections::{HashMap, HashSet};

use super::leg::At;
use crate::telephony::asterisk::wire::Message;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    Channels,
    /// The channels again: it needs another privilege, and only here stands the line that was dialled.
    States,
    /// What the queues know of waiting.
    Queues,
}

impl List {
    pub const ALL: [List; 3] = [List::Channels, List::States, List::Queues];

    pub fn action(self) -> &'static str {
        match self {
            List::Channels => "CoreShowChannels",
            List::States => "Status",
            List::Queues => "QueueStatus",
        }
    }

    /// Which list this response says will follow.
    pub fn announced(response: &Message) -> Option<List> {
        let said = response.get("Message").filter(|_| response.response() == Some("Success"))?;
        match said {
            "Channels will follow" => Some(List::Channels),
            "Channel status will follow" => Some(List::States),
            "Queue status will follow" => Some(List::Queues),
            _ => None,
        }
    }

    fn part(self, event: &str) -> Option<Part> {
        match (self, event.to_ascii_lowercase().as_str()) {
            (List::Channels, "coreshowchannel") => Some(Part::Channel),
            (List::States, "status") => Some(Part::State),
            (List::Queues, "queueentry") => Some(Part::Waiting),
            (List::Channels, "coreshowchannelscomplete") | (List::States, "statuscomplete") => {
                Some(Part::AllChannels)
            }
            (List::Queues, "queuestatuscomplete") => Some(Part::AllQueues),
            _ => None,
        }
    }
}

/// What a message is in the list it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Channel,
    State,
    Waiting,
    AllChannels,
    AllQueues,
}

/// A list on its way.
pub struct Asked {
    pub list: List,
    /// Legs that were known before this moment and are not listed are gone.
    pub moment: u64,
    /// Uniqueids so far.
    pub listed: HashSet<String>,
}

#[derive(Default)]
pub struct Listing {
    /// Counts what happens: tells which leg was known before a list was asked for.
    moment: u64,
    asked: HashMap<String, Asked>,
    pub connected: bool,
    /// When the present connection was made.
    pub since: u64,
    /// When the last connection was lost: until then we know that what ran, ran.
    pub lost: Option<At>,
    /// The first list of channels was refused: the second is the last to tell what runs.
    pub channels_refused: bool,
}

impl Listing {
    /// Id and part of the list of ours that this message belongs to. Whichever ActionID is one of ours was
    /// written by the PBX: nobody outside knows them, and he may have put one of his own before it.
    pub fn part<'a>(&self, message: &'a Message) -> Option<(&'a str, Part)> {
        let event = message.event()?;
        message.all("ActionID").find_map(|id| Some((id, self.asked.get(id)?.list.part(event)?)))
    }

    pub fn ask(&mut self, id: &str, list: List) {
        let moment = self.next_moment();
        self.asked.insert(id.to_owned(), Asked { list, moment, listed: HashSet::new() });
    }

    /// One more channel is in the list.
    pub fn note(&mut self, id: &str, channel: &str) {
        if let Some(asked) = self.asked.get_mut(id) {
            asked.listed.insert(channel.to_owned());
        }
    }

    /// The list is complete or refused: its id means nothing any more.
    pub fn close(&mut self, id: &str) -> Option<Asked> {
        self.asked.remove(id)
    }

    pub fn begin(&mut self) {
        self.asked.clear();
        self.connected = true;
        self.channels_refused = false;
        self.since = self.next_moment();
    }

    pub fn next_moment(&mut self) -> u64 {
        self.moment += 1;
        self.moment
    }

    #[cfg(test)]
    pub fn open(&self) -> usize {
        self.asked.len()
    }
}
