//! Rows of the channel event log as the messages that the manager interface sent at that time.
//!
//! What the log does not say is known from the story's other rows: a leg that somebody dialled is called an outgoing
//! line sooner or later, and the leg that gave the call its Linkedid dialled it. Music that begins for a leg in a
//! conversation is a hold.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::row::Cel;
use crate::domain::phone::Phone;
use crate::telephony::asterisk::wire::Message;

/// What the applications of a leg that the PBX dialled say in the place of their data.
const OUTGOING: &str = "(Outgoing Line)";
const RING: &str = "4";
const DOWN: &str = "0";
const UP: &str = "6";

type Headers = Vec<(String, String)>;

pub struct Script<'r> {
    story: Vec<&'r Cel>,
    /// Uniqueids of legs that the PBX dialled.
    dialled: HashSet<&'r str>,
    /// Channel names by Uniqueid, of legs that were introduced.
    channels: HashMap<&'r str, &'r str>,
    bridged: HashSet<&'r str>,
    held: HashSet<&'r str>,
}

impl<'r> Script<'r> {
    pub fn of(story: &[&'r Cel]) -> Script<'r> {
        let tells_data = story.iter().any(|row| !row.data.is_empty());
        let unnamed = |row: &Cel| row.event == "CHAN_START" && matches!(row.exten.as_str(), "" | "s");
        let is_dialled = |row: &&&Cel| if tells_data { row.data == OUTGOING } else { unnamed(row) };
        Script {
            story: story.to_vec(),
            dialled: story.iter().filter(is_dialled).map(|row| row.id.as_str()).collect(),
            channels: HashMap::new(),
            bridged: HashSet::new(),
            held: HashSet::new(),
        }
    }

    /// Older servers write no streams; then nothing is known of holds.
    pub fn knows_hold(&self) -> bool {
        self.story.iter().any(|row| row.event == "STREAM_BEGIN")
    }

    pub fn messages(&mut self, row: &'r Cel) -> Vec<Message> {
        let extra = serde_json::from_str(&row.extra).unwrap_or(Value::Null);
        let mut messages = match row.event.as_str() {
            "CHAN_START" => self.start(row),
            "ANSWER" => self.answer(row),
            "BRIDGE_ENTER" | "BRIDGE_EXIT" => self.bridge(row, &extra),
            "STREAM_BEGIN" if extra.get("class").is_some() => self.hold(row),
            "STREAM_END" if self.held.remove(row.id.as_str()) => self.others(row, "Unhold"),
            "BLINDTRANSFER" => vec![blind_transfer(row, &extra)],
            "ATTENDEDTRANSFER" => vec![attended_transfer(row, &extra)],
            "HANGUP" => self.hang_up(row, &extra),
            _ => Vec::new(),
        };
        if row.app == "Queue" && row.event != "HANGUP" {
            let queue = row.data.split(',').next().unwrap_or_default();
            messages.insert(0, message("QueueCallerJoin", leg(row, UP), [("Queue", queue)]));
        }
        messages
    }

    fn start(&mut self, row: &'r Cel) -> Vec<Message> {
        self.channels.insert(&row.id, &row.channel);
        let is_dialled = self.dialled.contains(row.id.as_str());
        let state = if is_dialled { DOWN } else { RING };
        let mut messages = vec![message("Newchannel", leg(row, state), [])];
        if is_dialled {
            let string = self.dial_string(row);
            let headers = dialling(self.dialler(row), row).into_iter().chain(dialled(row));
            messages.push(message("DialBegin", headers.collect(), [("DialString", string.as_str())]));
        }
        messages
    }

    /// Nobody dialled the first leg of an Originate.
    fn dialler(&self, row: &Cel) -> Option<&'r str> {
        let originated = row.id == row.call
            || self.story.iter().any(|other| other.id == row.id && other.app == "AppDial2");
        (!originated).then(|| self.channels.get(row.call.as_str()).copied().unwrap_or("?"))
    }

    /// The number that was dialled outside: where a leg says whom its Dial reached, else what the dialled leg is called
    /// later on.
    fn dial_string(&self, row: &Cel) -> String {
        let data = self.story.iter().filter(|other| other.peer == row.channel && other.app == "Dial");
        let told = data.flat_map(|other| other.data.split([',', '&', '@', '/']));
        let own = self.story.iter().filter(|other| other.id == row.id);
        let later = own.flat_map(|other| [other.exten.as_str(), other.number.as_str()]);
        told.chain(later).find(|text| Phone::parse(text).is_some()).unwrap_or_default().to_owned()
    }

    fn answer(&self, row: &Cel) -> Vec<Message> {
        let mut messages = vec![message("Newstate", leg(row, UP), [("ConnectedLineNum", self.wanted(row))])];
        messages.extend(self.end_dial(row, "ANSWER"));
        messages
    }

    /// Our Originate shows the operator whom it is for in the place of the operator's own number.
    fn wanted<'a>(&self, row: &'a Cel) -> &'a str {
        if self.dialled.contains(row.id.as_str()) && self.dialler(row).is_none() { &row.number } else { "" }
    }

    fn end_dial(&self, row: &Cel, status: &str) -> Option<Message> {
        let is_dialled = self.dialled.contains(row.id.as_str());
        is_dialled.then(|| message("DialEnd", dialled(row), [("DialStatus", status)]))
    }

    fn bridge(&mut self, row: &'r Cel, extra: &Value) -> Vec<Message> {
        let Some(bridge) = extra.get("bridge_id").and_then(Value::as_str) else { return Vec::new() };
        let event = if row.event == "BRIDGE_ENTER" {
            self.bridged.insert(&row.id);
            "BridgeEnter"
        } else {
            self.bridged.remove(row.id.as_str());
            "BridgeLeave"
        };
        vec![message(event, leg(row, UP), [("BridgeUniqueid", bridge)])]
    }

    fn hold(&mut self, row: &'r Cel) -> Vec<Message> {
        if !self.bridged.contains(row.id.as_str()) {
            return Vec::new();
        }
        self.held.insert(&row.id);
        self.others(row, "Hold")
    }

    /// Said of everybody who may be the one that holds: the map knows who talks.
    fn others(&self, row: &Cel, event: &str) -> Vec<Message> {
        let others = self.bridged.iter().filter(|id| **id != row.id);
        let named = others.filter_map(|id| Some((*id, *self.channels.get(id)?)));
        named.map(|(id, channel)| message(event, names("", channel, id).collect(), [])).collect()
    }

    fn hang_up(&mut self, row: &'r Cel, extra: &Value) -> Vec<Message> {
        self.bridged.remove(row.id.as_str());
        let source = extra.get("hangupsource").and_then(Value::as_str);
        let by_itself = source == Some(row.channel.as_str()) && !row.channel.is_empty();
        let request = by_itself.then(|| message("HangupRequest", leg(row, UP), []));
        let cause = extra.get("hangupcause").and_then(Value::as_u64).map(|cause| cause.to_string());
        let mut end = leg(row, UP);
        end.extend(cause.map(|cause| ("Cause".to_owned(), cause)));
        let wanted = [("ConnectedLineNum", self.wanted(row))];
        let status = self.end_dial(row, "");
        request.into_iter().chain(status).chain([message("Hangup", end, wanted)]).collect()
    }
}

fn blind_transfer(row: &Cel, extra: &Value) -> Message {
    let to = extra.get("extension").and_then(Value::as_str).unwrap_or_default();
    let by = names("Transferer", &row.channel, &row.id);
    message("BlindTransfer", by.collect(), [("Result", "Success"), ("Extension", to)])
}

fn attended_transfer(row: &Cel, extra: &Value) -> Message {
    let text = |key: &str| extra.get(key).and_then(Value::as_str).unwrap_or_default();
    let other = |prefix, key: &str| {
        names(prefix, text(&format!("{key}_name")), text(&format!("{key}_uniqueid"))).collect::<Headers>()
    };
    let mut headers: Headers = names("OrigTransferer", &row.channel, &row.id).collect();
    headers.extend(other("SecondTransferer", "channel2"));
    headers.extend(other("Transferee", "transferee_channel"));
    headers.extend(other("TransferTarget", "transfer_target_channel"));
    message("AttendedTransfer", headers, [("Result", "Success")])
}

fn message<const N: usize>(event: &str, headers: Headers, more: [(&str, &str); N]) -> Message {
    let opening = [("Event", event), ("Privilege", "call,all")];
    let more = more.into_iter().filter(|(_, value)| !value.is_empty());
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Message::of(opening.into_iter().map(own).chain(headers).chain(more.map(own)))
}

/// The snapshot of a leg, as every message of it carries one.
fn leg(row: &Cel, state: &str) -> Headers {
    let mut headers: Headers = names("", &row.channel, &row.id).collect();
    let said = [("Linkedid", &row.call), ("CallerIDNum", &row.number), ("Exten", &row.exten)];
    headers.extend(said.map(|(name, value)| (name.to_owned(), value.clone())));
    headers.push(("CallerIDName".to_owned(), escaped(&row.name)));
    headers
        .iter_mut()
        .filter(|(name, _)| name == "ChannelState")
        .for_each(|(_, value)| *value = state.into());
    headers
}

fn names(prefix: &str, channel: &str, id: &str) -> impl Iterator<Item = (String, String)> {
    [("Channel", channel), ("ChannelState", UP), ("Uniqueid", id)]
        .map(|(name, value)| (format!("{prefix}{name}"), value.to_owned()))
        .into_iter()
}

fn dialled(row: &Cel) -> Headers {
    let linked = ("DestLinkedid".to_owned(), row.call.clone());
    names("Dest", &row.channel, &row.id).chain([linked]).collect()
}

fn dialling(channel: Option<&str>, row: &Cel) -> Headers {
    channel.map(|channel| names("", channel, &row.call).collect()).unwrap_or_default()
}

/// Names are escaped in messages and not in the log.
fn escaped(name: &str) -> String {
    name.replace('\\', r"\\").replace('"', "\\\"")
}
