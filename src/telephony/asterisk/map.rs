//! Messages with their times to whole calls: the state of the PBX as far as a call desk needs it, pure.
//!
//! A call is the set of legs that share a Linkedid. Who talks with whom is read from the bridges alone: no
//! single event says it reliably, and a caller can forge events but no bridge with two channels in it. Knows
//! no socket and no clock; ids of ended calls are remembered so that nothing comes back to life.

mod bridges;
mod call;
mod dials;
mod ends;
pub(super) mod fields;
mod leg;
mod listing;
mod lists;
mod memory;
mod talk;
mod transfers;
mod verdict;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::call::Call;
pub use self::call::OWN_LEG;
use self::leg::Leg;
pub(super) use self::leg::{At, Side, endpoint, side};
pub use self::listing::List;
use self::listing::Listing;
use self::memory::Memory;
pub(super) use self::talk::span;
use super::wire::Message;
use crate::domain::call::CallKey;
use crate::domain::phone::Phone;
use crate::domain::text;
use crate::telephony::Event;

/// By Uniqueid.
type Legs = HashMap<String, Leg>;

const WITHOUT_SNAPSHOT: [&str; 2] = ["Cdr", "QueueEntry"];

pub struct Map {
    trunks: Vec<String>,
    legs: Legs,
    calls: BTreeMap<String, Call>,
    /// Linkedids of merged calls, and the calls they are part of now.
    merged: HashMap<String, String>,
    buried: Memory,
    listing: Listing,
    /// Numbers of our own click-to-calls by the id we gave the operator's leg.
    ordered: HashMap<String, Ordered>,
    touched: BTreeSet<String>,
    events: Vec<Event>,
}

/// A click-to-call whose first leg is still to come.
struct Ordered {
    number: Phone,
    moment: u64,
}

impl Map {
    /// `trunks`: names of the endpoints through which the outside comes.
    pub fn new(trunks: Vec<String>) -> Map {
        Map {
            trunks,
            legs: Legs::new(),
            calls: BTreeMap::new(),
            merged: HashMap::new(),
            buried: Memory::default(),
            listing: Listing::default(),
            ordered: HashMap::new(),
            touched: BTreeSet::new(),
            events: Vec::new(),
        }
    }

    /// What this message changes. `at` is when it arrived; the PBX's own stamp is better where there is one.
    pub fn apply(&mut self, message: &Message, at: At) -> Vec<Event> {
        let at = fields::timestamp(message).unwrap_or(at);
        if let Some((id, part)) = self.listing.part(message) {
            self.list(id, part, message, at);
        } else if message.is_live() {
            self.live(message, at);
        }
        self.publish(at)
    }

    /// The operator's leg of a click-to-call will have this Uniqueid.
    pub fn ordered(&mut self, uniqueid: String, number: Phone) {
        let ordered = Ordered { number, moment: self.listing.next_moment() };
        self.ordered.insert(uniqueid, ordered);
    }

    /// The order came to nothing: no such leg will appear.
    pub fn withdrawn(&mut self, uniqueid: &str) {
        self.ordered.remove(uniqueid);
    }

    /// Name of the channel by which a running call is hung up or handed on: the other side's.
    pub fn channel_of(&self, key: &CallKey) -> Option<&str> {
        let call = self.calls.get(&key.id).filter(|call| call.ended.is_none())?;
        let anchor = call.anchor(&self.legs).filter(|leg| leg.is_live());
        let running = || call.legs(&self.legs).find(|leg| leg.is_person() && leg.is_live());
        anchor.or_else(running).map(|leg| leg.channel.as_str())
    }

    fn live(&mut self, message: &Message, at: At) {
        let event = message.event().unwrap_or_default().to_ascii_lowercase();
        if event == "newchannel" {
            return self.introduce(message, at);
        }
        self.follow(message, "");
        self.follow(message, "Dest");
        match event.as_str() {
            "newstate" => self.change_state(message),
            "newcallerid" => self.note_presentation(message),
            "dialbegin" => self.begin_dial(message, at),
            "dialstate" => self.ring(message),
            "dialend" => self.end_dial(message, at),
            "originateresponse" => self.note_originate(message),
            "queuecallerjoin" => self.join_queue(message, at),
            "agentcomplete" => self.note_agent_complete(message),
            "bridgeenter" => self.enter_bridge(message, at),
            "bridgeleave" => self.leave_bridge(message, at),
            "bridgemerge" => self.merge_bridges(message, at),
            "hold" => self.hold(message, at),
            "unhold" => self.unhold(message, at),
            "blindtransfer" => self.blind_transfer(message, at),
            "attendedtransfer" => self.attended_transfer(message, at),
            "hanguprequest" => self.note_hangup_request(message),
            "hangup" => self.hang_up(message, at),
            "cdr" => self.note_cdr(message),
            _ => {}
        }
    }

    /// The leg a message speaks of. Of several ids in one message (a caller forged some) the one that goes with
    /// the channel's name is meant; one that was never introduced is nobody's. Where the PBX names a leg it
    /// writes its whole snapshot, records and queue entries apart; a forged event rarely has room for one.
    fn leg_of(&self, message: &Message, prefix: &str) -> Option<String> {
        let bare = message.event().is_some_and(|event| WITHOUT_SNAPSHOT.contains(&event));
        if !bare && message.get(&format!("{prefix}ChannelState")).is_none() {
            return None;
        }
        let channel = message.get(&format!("{prefix}Channel"))?;
        // While a call is picked up, channels change their names for a moment.
        let channel = channel.split('<').next().unwrap_or(channel);
        let names = |id: &&str| self.legs.get(*id).is_some_and(|leg| leg.channel == channel);
        message.all(&format!("{prefix}Uniqueid")).find(names).map(str::to_owned)
    }

    fn introduce(&mut self, message: &Message, at: At) {
        // Nothing that a caller writes stands behind the ids of this event: the last are the PBX's.
        let ids = (message.all("Uniqueid").last(), message.all("Linkedid").last());
        let (Some(id), Some(linked), Some(channel)) = (ids.0, ids.1, message.get("Channel")) else { return };
        let call = self.resolve(linked);
        let known = self.legs.contains_key(id) || self.buried.contains(id) || self.buried.contains(&call);
        if known || message.get("ChannelState").is_none() {
            return;
        }
        self.admit(id, Leg::new(message, leg::side(channel, &self.trunks), call, at));
    }

    fn admit(&mut self, id: &str, mut leg: Leg) {
        leg.since = self.listing.next_moment();
        let call =
            self.calls.entry(leg.call.clone()).or_insert_with(|| Call::new(leg.call.clone(), leg.created));
        call.leg_ids.push(id.to_owned());
        if leg.side == Side::Outside && leg.arrived && call.line.is_none() {
            call.line = fields::line(&leg.exten);
        }
        if let Some(ordered) = self.ordered.remove(id) {
            call.wanted = Some(ordered.number);
        }
        self.touched.insert(leg.call.clone());
        self.legs.insert(id.to_owned(), leg);
    }

    fn resolve(&self, linked: &str) -> String {
        self.merged.get(linked).cloned().unwrap_or_else(|| linked.to_owned())
    }

    /// Linkedids change without a word: the next event of the leg simply has another. What was missing of
    /// numbers and names is taken from any event.
    fn follow(&mut self, message: &Message, prefix: &str) {
        let Some(id) = self.leg_of(message, prefix) else { return };
        let Some(leg) = self.legs.get_mut(&id) else { return };
        let field = |name: &str| message.known(&format!("{prefix}{name}")).map(str::to_owned);
        leg.number = leg.number.take().or_else(|| field("CallerIDNum"));
        leg.connected = leg.connected.take().or_else(|| field("ConnectedLineNum"));
        if prefix.is_empty() && leg.name.is_none() {
            leg.name = fields::caller_name(message);
        }
        self.touched.insert(leg.call.clone());
        let header = format!("{prefix}Linkedid");
        let mut linked = message.all(&header);
        if let (Some(linked), None) = (linked.next(), linked.next()) {
            self.move_leg(&id, &self.resolve(linked));
        }
    }

    fn change_state(&mut self, message: &Message) {
        if let Some(leg) = self.leg_of(message, "").and_then(|id| self.legs.get_mut(&id)) {
            leg.set_state(message.get("ChannelState"));
        }
    }

    fn note_presentation(&mut self, message: &Message) {
        let hidden = message.trailing("CID-CallingPres").is_some_and(|text| text.contains("Prohibited"));
        if let Some(leg) = self.leg_of(message, "").and_then(|id| self.legs.get_mut(&id)) {
            leg.hidden |= hidden && leg.arrived && leg.side == Side::Outside;
        }
    }

    fn note_hangup_request(&mut self, message: &Message) {
        if let Some(leg) = self.leg_of(message, "").and_then(|id| self.legs.get_mut(&id)) {
            leg.hung_up_itself = true;
        }
    }

    fn hang_up(&mut self, message: &Message, at: At) {
        let Some(id) = self.leg_of(message, "") else { return };
        if let Some(leg) = self.legs.get_mut(&id).filter(|leg| leg.is_live()) {
            leg.cause = message.number("Cause");
        }
        self.end_leg(&id, at);
        self.regroup(at);
    }

    /// The recording's name, and for calls found in a list the PBX's own count. Rows are no calls: one call has many.
    fn note_cdr(&mut self, message: &Message) {
        let Some(call) = self.leg_of(message, "").and_then(|id| self.call_of_leg(&id)) else { return };
        if let Some(file) = message.trailing("RecordingFile") {
            call.recording.get_or_insert_with(|| text::clean(file));
        }
        if let Some(did) = message.trailing("Did").filter(|_| call.line.is_none()) {
            call.line = fields::line(did);
        }
        self.note_counted(message);
    }

    fn call_of_leg(&mut self, id: &str) -> Option<&mut Call> {
        let call = self.legs.get(id)?.call.clone();
        self.calls.get_mut(&call)
    }
}

#[cfg(test)]
mod tests;
