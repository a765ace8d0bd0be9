//! Ringing: dials, queues and click-to-calls.

use std::time::Duration;

use super::leg::{At, Dialled, Leg};
use super::{Map, fields};
use crate::domain::phone::Phone;
use crate::domain::text;
use crate::telephony::asterisk::wire::Message;

impl Leg {
    /// Channel states: 4 rings the PBX, 5 is rung, 6 is up.
    pub(super) fn set_state(&mut self, state: Option<&str>) {
        if self.is_live() {
            self.up |= state == Some("6");
            self.ringing = state == Some("5");
        }
    }
}

impl Map {
    /// The first leg of an Originate is dialled by nobody: that event has no channel of its own.
    pub(super) fn begin_dial(&mut self, message: &Message, at: At) {
        let Some(id) = self.leg_of(message, "Dest") else { return };
        let by = self.leg_of(message, "");
        let Some(leg) = self.legs.get_mut(&id) else { return };
        let string = message.trailing("DialString").unwrap_or_default().to_owned();
        leg.dialled.get_or_insert(Dialled { string, by: by.clone(), ended: None });
        leg.originated |= message.get("Channel").is_none();
        let party = leg.is_person().then(|| leg.party());
        let Some(caller) = by else { return };
        let for_other_side = self.dials_for_other_side(&caller);
        let Some(call) = self.call_of_leg(&caller) else { return };
        call.dialled = true;
        call.asked_from.get_or_insert(at);
        let was_left = call.conversation.first().is_some() && call.conversation.current().is_none();
        if let Some(party) = party.filter(|_| was_left && for_other_side) {
            call.conversation.imply(&party, at);
        }
    }

    /// Whether the other side itself is being brought to somebody, directly or through Local halves: an agent
    /// who dials a colleague to consult is not that.
    fn dials_for_other_side(&self, id: &str) -> bool {
        let Some(leg) = self.legs.get(id) else { return false };
        let is_other_side = self.calls.get(&leg.call).and_then(|call| call.anchor_id(&self.legs)) == Some(id);
        let half =
            |other: &&Leg| leg.pair().is_some() && other.pair() == leg.pair() && other.channel != leg.channel;
        let by = || self.legs.values().find(half)?.dialled.as_ref()?.by.as_deref();
        is_other_side || by().is_some_and(|by| by != id && self.dials_for_other_side(by))
    }

    pub(super) fn ring(&mut self, message: &Message) {
        let rings = message.trailing("DialStatus") == Some("RINGING");
        if let Some(leg) = self.leg_of(message, "Dest").and_then(|id| self.legs.get_mut(&id)) {
            leg.ringing |= rings && leg.is_live() && !leg.up;
        }
    }

    /// The first end counts: the losers of a group are cancelled twice.
    pub(super) fn end_dial(&mut self, message: &Message, at: At) {
        let status = message.trailing("DialStatus").unwrap_or_default().to_owned();
        if let Some(leg) = self.leg_of(message, "Dest").and_then(|id| self.legs.get_mut(&id)) {
            leg.ringing = false;
            if let Some(dialled) = &mut leg.dialled {
                dialled.ended.get_or_insert((at, status));
            }
        }
    }

    /// The only event that tells whom an operator who never picked up was to be connected with. On failure it
    /// names the endpoint instead of the channel.
    pub(super) fn note_originate(&mut self, message: &Message) {
        let Some(id) = message.get("Uniqueid") else { return };
        let Some(leg) = self.legs.get(id).filter(|leg| leg.originated) else { return };
        if let (Some(call), Some(number)) =
            (self.calls.get_mut(&leg.call), message.trailing("Exten").and_then(Phone::parse))
        {
            call.wanted.get_or_insert(number);
            self.touched.insert(call.id.clone());
        }
    }

    pub(super) fn join_queue(&mut self, message: &Message, at: At) {
        let queue = message.trailing("Queue").map(text::clean);
        let Some(call) = self.leg_of(message, "").and_then(|id| self.call_of_leg(&id)) else { return };
        call.asked_from.get_or_insert(at);
        if call.conversation.first().is_none() {
            call.queue = queue;
        }
    }

    /// Whole seconds, and after a transfer too many: only for calls whose beginning we did not see.
    pub(super) fn note_agent_complete(&mut self, message: &Message) {
        let Some(call) = self.leg_of(message, "").and_then(|id| self.call_of_leg(&id)) else { return };
        if let (true, Some(wait), Some(talk)) =
            (call.restored, fields::seconds(message, "HoldTime"), fields::seconds(message, "TalkTime"))
        {
            call.told.get_or_insert((wait, talk));
        }
    }

    /// A Cdr of a plain Dial counts ringing and talk apart; one of a queue that was answered first does not.
    pub(super) fn note_counted(&mut self, message: &Message) {
        let Some(counted) = dial_and_talk(message) else { return };
        let Some(leg) = self.leg_of(message, "").and_then(|id| self.legs.get(&id)) else { return };
        let Some(call) = self.calls.get_mut(&leg.call).filter(|call| call.restored) else { return };
        let talked = call.conversation.first().and_then(|talk| self.legs.get(&talk.leg));
        let named = [message.get("Channel"), message.trailing("DestinationChannel")];
        if talked.is_some_and(|leg| named.contains(&Some(&leg.channel))) {
            call.told.get_or_insert(counted);
        }
    }

    /// `Wait` of a queue's entry is when the caller joined, for calls whose beginning we did not see.
    pub(super) fn note_queue_entry(&mut self, message: &Message, at: At) {
        let waited = message.number("Wait");
        // First of all its fields: what a caller writes stands behind it.
        let queue = message.known("Queue").map(text::clean);
        let Some(call) = self.leg_of(message, "").and_then(|id| self.call_of_leg(&id)) else { return };
        if let Some(waited) = waited.filter(|_| call.restored) {
            call.asked_from = Some(fields::before(at, waited));
            call.queue = queue;
        }
    }

    /// The number dialled at first, which the current extension of a restored leg no longer tells.
    pub(super) fn note_status(&mut self, message: &Message) {
        let line = message.trailing("DNID").and_then(fields::line);
        let Some(id) = self.leg_of(message, "") else { return };
        let arrived = self.legs.get(&id).is_some_and(|leg| leg.arrived);
        if let Some(call) = self.call_of_leg(&id).filter(|call| call.restored && arrived) {
            call.line = line.or(call.line.take());
        }
    }
}

fn dial_and_talk(message: &Message) -> Option<(Duration, Duration)> {
    let is = |name, value| message.trailing(name) == Some(value);
    let (all, talk) = (fields::seconds(message, "Duration")?, fields::seconds(message, "BillableSeconds")?);
    let counted = (all.saturating_sub(talk), talk);
    (is("LastApplication", "Dial") && is("Disposition", "ANSWERED")).then_some(counted)
}
