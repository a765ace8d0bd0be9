//! Who is connected with whom: bridges, joined to each other by Local pairs, and hold.

use std::collections::HashSet;

use super::call::Call;
use super::leg::{At, Leg, Side};
use super::{Legs, Map};
use crate::domain::call::Direction;
use crate::telephony::asterisk::wire::Message;

impl Map {
    pub(super) fn enter_bridge(&mut self, message: &Message, at: At) {
        let Some(leg) = self.leg_of(message, "").and_then(|id| self.legs.get_mut(&id)) else { return };
        if leg.is_live() {
            leg.bridge = message.get("BridgeUniqueid").map(str::to_owned);
            leg.ringing = false;
        }
        self.regroup(at);
    }

    /// A leg may enter its next bridge before it is said to leave the last.
    pub(super) fn leave_bridge(&mut self, message: &Message, at: At) {
        let bridge = message.get("BridgeUniqueid");
        let Some(leg) = self.leg_of(message, "").and_then(|id| self.legs.get_mut(&id)) else { return };
        if leg.bridge.as_deref() == bridge {
            leg.bridge = None;
        }
        self.regroup(at);
    }

    pub(super) fn merge_bridges(&mut self, message: &Message, at: At) {
        let (from, to) = (message.get("FromBridgeUniqueid"), message.get("ToBridgeUniqueid"));
        let moved = |leg: &&mut Leg| leg.bridge.is_some() && leg.bridge.as_deref() == from;
        for leg in self.legs.values_mut().filter(moved) {
            leg.bridge = to.map(str::to_owned);
        }
        self.regroup(at);
    }

    /// Only the party that talks can put the other side on hold. Music alone is no hold: queues play it too.
    pub(super) fn hold(&mut self, message: &Message, at: At) {
        if let Some(call) = self.held_call(message) {
            call.conversation.hold(at);
        }
    }

    pub(super) fn unhold(&mut self, message: &Message, at: At) {
        if let Some(call) = self.held_call(message) {
            call.conversation.resume(at);
        }
    }

    fn held_call(&mut self, message: &Message) -> Option<&mut Call> {
        let id = self.leg_of(message, "")?;
        let legs = &self.legs;
        self.calls.values_mut().find(|call| {
            let talks = call.conversation.current().is_some_and(|talk| talk.leg == id);
            let inside = || call.direction(legs) == Direction::Internal;
            talks || (call.conversation.current().is_some() && call.anchor_id(legs) == Some(&id) && inside())
        })
    }

    /// Opens and closes talks after any change of bridges or legs.
    pub(super) fn regroup(&mut self, at: At) {
        for call in self.calls.values_mut().filter(|call| call.ended.is_none()) {
            let now = call.conversation.current().map(|talk| talk.leg.as_str());
            let next = partner(call, &self.legs);
            if now == next.as_deref() {
                continue;
            }
            self.touched.insert(call.id.clone());
            match next.and_then(|id| Some((self.legs.get(&id)?.party(), id))) {
                Some((party, id)) => call.conversation.meet(party, id, at),
                None => call.conversation.part(at),
            }
        }
    }
}

/// The leg of the person the other side is connected with: whoever it was stays it while they are.
fn partner(call: &Call, legs: &Legs) -> Option<String> {
    let anchor_id = call.anchor_id(legs)?;
    let anchor = legs.get(anchor_id)?;
    let reached = reach(anchor_id, anchor, legs);
    let fits = |id: &&str| legs.get(*id).is_some_and(|leg| *id != anchor_id && can_be_partner(leg, anchor));
    let current = call.conversation.current().map(|talk| talk.leg.as_str());
    let oldest =
        || reached.iter().copied().filter(fits).min_by_key(|id| (legs.get(*id).map(|leg| leg.created), *id));
    current.filter(|id| reached.contains(id)).or_else(oldest).map(str::to_owned)
}

/// Two outside lines talk with each other when a call is forwarded or handed out: then the later one stands
/// in for us.
fn can_be_partner(leg: &Leg, anchor: &Leg) -> bool {
    match leg.side {
        Side::Inside => true,
        Side::Outside => (leg.created, leg.since) > (anchor.created, anchor.since),
        Side::Plumbing => false,
    }
}

/// Every leg connected with this one, through any number of Local pairs.
pub(super) fn reach<'a>(id: &'a str, leg: &'a Leg, legs: &'a Legs) -> HashSet<&'a str> {
    let mut reached = HashSet::from([id]);
    let mut open = vec![leg];
    while let Some(from) = open.pop() {
        for (id, leg) in legs.iter().filter(|(_, leg)| are_joined(from, leg)) {
            if reached.insert(id) {
                open.push(leg);
            }
        }
    }
    reached
}

fn are_joined(a: &Leg, b: &Leg) -> bool {
    let bridged = a.bridge.is_some() && a.bridge == b.bridge;
    let paired = a.pair().is_some() && a.pair() == b.pair();
    a.is_live() && b.is_live() && (bridged || paired)
}
