//! A small PBX on paper: events written as the real one writes them, with only the fields that matter.

use std::collections::HashMap;
use std::fmt::Write;

use chrono::{DateTime, TimeDelta};

use crate::domain::call::{CallKey, Snapshot};
use crate::telephony::Event;
use crate::telephony::asterisk::map::leg::At;
use crate::telephony::asterisk::map::{List, Map};
use crate::telephony::asterisk::wire::Decoder;

/// Fields of a snapshot that these stories do not need, but the wire does.
const PADDING: [&str; 8] = [
    "CallerIDNum",
    "CallerIDName",
    "ConnectedLineNum",
    "ConnectedLineName",
    "AccountCode",
    "Context",
    "Exten",
    "Priority",
];

pub struct Scene {
    pub map: Map,
    decoder: Decoder,
    now: At,
    /// Channel and Linkedid by leg.
    legs: HashMap<&'static str, (&'static str, &'static str)>,
    pub events: Vec<Event>,
}

impl Scene {
    pub fn new() -> Scene {
        Scene {
            map: Map::new(vec!["trunk".to_owned()]),
            decoder: Decoder::default(),
            now: DateTime::UNIX_EPOCH,
            legs: HashMap::new(),
            events: Vec::new(),
        }
    }

    pub fn at(&mut self, seconds: i64) -> &mut Scene {
        self.now = DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        self
    }

    /// A channel that came to the PBX.
    pub fn arrives(
        &mut self,
        id: &'static str,
        channel: &'static str,
        number: &str,
        exten: &str,
    ) -> &mut Scene {
        self.legs.insert(id, (channel, id));
        self.say(
            "Newchannel",
            &[("", id)],
            &[("ChannelState", "4"), ("CallerIDNum", number), ("Exten", exten)],
        )
    }

    /// A channel the PBX made for a call.
    pub fn made(&mut self, id: &'static str, channel: &'static str, call: &'static str) -> &mut Scene {
        self.legs.insert(id, (channel, call));
        self.say("Newchannel", &[("", id)], &[("ChannelState", "0"), ("Exten", "s")])
    }

    pub fn dials(&mut self, from: &'static str, to: &'static str, string: &str) -> &mut Scene {
        self.say("DialBegin", &[("", from), ("Dest", to)], &[("DialString", string)]);
        self.say("Newstate", &[("", to)], &[("ChannelState", "5")])
    }

    pub fn dial_ends(&mut self, from: &'static str, to: &'static str, status: &str) -> &mut Scene {
        self.say("DialEnd", &[("", from), ("Dest", to)], &[("DialStatus", status)])
    }

    pub fn enters(&mut self, bridge: &str, legs: &[&'static str]) -> &mut Scene {
        legs.iter().for_each(|leg| {
            self.say("BridgeEnter", &[("", leg)], &[("BridgeUniqueid", bridge)]);
        });
        self
    }

    pub fn leaves(&mut self, bridge: &str, legs: &[&'static str]) -> &mut Scene {
        legs.iter().for_each(|leg| {
            self.say("BridgeLeave", &[("", leg)], &[("BridgeUniqueid", bridge)]);
        });
        self
    }

    pub fn hangs_up(&mut self, legs: &[&'static str], cause: &str) -> &mut Scene {
        legs.iter().for_each(|leg| {
            self.say("Hangup", &[("", leg)], &[("Cause", cause)]);
        });
        self
    }

    /// The next events of the leg will carry another Linkedid.
    pub fn relinks(&mut self, id: &'static str, linked: &'static str) -> &mut Scene {
        if let Some(leg) = self.legs.get_mut(id) {
            leg.1 = linked;
        }
        self
    }

    pub fn say(&mut self, event: &str, legs: &[(&str, &'static str)], fields: &[(&str, &str)]) -> &mut Scene {
        let mut text = format!("Event: {event}\r\nPrivilege: call,all\r\n");
        for (prefix, id) in legs {
            let (channel, linked) = self.legs[id];
            let _ = write!(text, "{prefix}Channel: {channel}\r\n");
            let state =
                fields.iter().find(|(name, _)| *name == "ChannelState").map_or("6", |(_, state)| state);
            let _ = write!(text, "{prefix}ChannelState: {state}\r\n");
            let given = |name: &str| prefix.is_empty() && fields.iter().any(|(field, _)| *field == name);
            PADDING.iter().filter(|name| !given(name)).for_each(|name| {
                let _ = write!(text, "{prefix}{name}: \r\n");
            });
            let _ = write!(text, "{prefix}Uniqueid: {id}\r\n{prefix}Linkedid: {linked}\r\n");
        }
        fields.iter().for_each(|(name, value)| {
            let _ = write!(text, "{name}: {value}\r\n");
        });
        self.hears(&(text + "\r\n"))
    }

    pub fn hears(&mut self, text: &str) -> &mut Scene {
        for message in self.decoder.feed(text.as_bytes()) {
            let news = self.map.apply(&message, self.now);
            self.events.extend(news);
        }
        self
    }

    pub fn asks(&mut self, id: &str, list: List) -> &mut Scene {
        self.map.expect_list(id, list);
        self
    }

    /// The connection is lost and made again.
    pub fn connects(&mut self, seconds: i64) -> &mut Scene {
        self.at(seconds);
        self.map.disconnected(self.now);
        self.map.connected();
        self
    }

    pub fn refuses(&mut self, id: &str) -> &mut Scene {
        let news = self.map.refused(id, self.now);
        self.events.extend(news);
        self
    }

    pub fn refuses_lists(&mut self) -> &mut Scene {
        for (id, list) in ["c", "s", "q"].into_iter().zip(List::ALL) {
            self.asks(id, list);
        }
        self.refuses("c").refuses("s").refuses("q")
    }

    /// What the desk was last told runs.
    pub fn live(&self) -> Option<Vec<CallKey>> {
        self.events.iter().rev().find_map(|event| match event {
            Event::Live { calls, .. } => Some(calls.clone()),
            _ => None,
        })
    }

    /// How many times the desk was told what runs.
    pub fn lives(&self) -> usize {
        self.events.iter().filter(|event| matches!(event, Event::Live { .. })).count()
    }

    /// An answered call from outside: `trunk` talks with the phone from second 2 on, in bridge `a`.
    pub fn talk(trunk: &'static str, phone: &'static str) -> Scene {
        let mut scene = Scene::new();
        scene.at(0).arrives(trunk, "PJSIP/trunk-1", "+79161234567", "74950000001");
        scene.made(phone, "PJSIP/101-2", trunk).dials(trunk, phone, "PJSIP/101");
        scene.at(2).dial_ends(trunk, phone, "ANSWER").enters("a", &[phone, trunk]);
        scene
    }

    /// What the desk sees now: the last snapshot of each call that is not part of another.
    pub fn calls(&self) -> Vec<Snapshot> {
        let mut calls: Vec<Snapshot> = Vec::new();
        for event in &self.events {
            match event {
                Event::Call(news) => {
                    calls.retain(|call| call.key != news.key);
                    calls.push(*news.clone());
                }
                Event::Merged { gone, .. } => calls.retain(|call| call.key != *gone),
                _ => {}
            }
        }
        calls
    }

    /// The only call.
    pub fn call(&self) -> Snapshot {
        let mut calls = self.calls();
        assert_eq!(calls.len(), 1, "{calls:#?}");
        calls.remove(0)
    }
}
