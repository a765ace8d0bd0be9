//! Legs that change their call: transfers, pickups, and calls that turn out to be part of others.

use super::Map;
use super::bridges::reach;
use super::leg::{At, Side};
use crate::domain::call::{Direction, TransferKind};
use crate::domain::text;
use crate::telephony::Event;
use crate::telephony::asterisk::wire::Message;

impl Map {
    pub(super) fn blind_transfer(&mut self, message: &Message, at: At) {
        let to = text::clean(message.trailing("Extension").unwrap_or_default());
        let succeeded = message.get("Result") == Some("Success");
        let Some(id) = self.leg_of(message, "Transferer").filter(|_| succeeded) else { return };
        let by_us = self.legs.get(&id).is_some_and(|leg| leg.side == Side::Inside);
        if let Some(call) = self.call_of_leg(&id).filter(|_| by_us) {
            call.conversation.hand_over(TransferKind::Blind, to, at);
            let touched = call.id.clone();
            self.touched.insert(touched);
        }
    }

    /// The consultation looked like a call of its own; now it is part of the one it was about.
    pub(super) fn attended_transfer(&mut self, message: &Message, at: At) {
        if message.get("Result") != Some("Success") {
            return;
        }
        let sides = ["OrigTransferer", "SecondTransferer"];
        let calls: Vec<String> = sides
            .iter()
            .filter_map(|side| Some(self.legs.get(&self.leg_of(message, side)?)?.call.clone()))
            .collect();
        let Some(main) = calls.iter().find(|id| !self.is_internal(id)).or(calls.first()).cloned() else {
            return;
        };
        let to = self.transfer_target(message, &main);
        for consultation in calls {
            if consultation != main && self.is_internal(&consultation) {
                self.merge(&consultation, &main);
            }
        }
        if let Some((call, to)) = self.calls.get_mut(&main).zip(to) {
            call.conversation.hand_over(TransferKind::Attended, to, at);
            self.touched.insert(main);
        }
    }

    /// Whoever has the call now. Where the event names plumbing, the person behind it; where nobody is there
    /// yet, whom the consultation dialled.
    fn transfer_target(&self, message: &Message, main: &str) -> Option<String> {
        let anchor = self.calls.get(main)?.anchor_id(&self.legs)?;
        let leg_of = |side: &str| self.leg_of(message, side);
        let second = leg_of("SecondTransferer");
        let not_them: Vec<String> = [Some(anchor.to_owned()), leg_of("OrigTransferer"), second.clone()]
            .into_iter()
            .flatten()
            .collect();
        let named = ["TransferTarget", "Transferee"].into_iter().filter_map(leg_of).filter(|id| id != anchor);
        let dialled = || self.legs.get(&second?).map(|leg| text::clean(&leg.exten));
        named.into_iter().find_map(|id| self.person_behind(&id, &not_them)).or_else(dialled)
    }

    fn person_behind(&self, id: &str, not_them: &[String]) -> Option<String> {
        let (id, leg) = self.legs.get_key_value(id)?;
        let reached =
            reach(id, leg, &self.legs).into_iter().filter(|id| !not_them.iter().any(|other| other == id));
        let people = reached.filter_map(|id| self.legs.get_key_value(id)).filter(|(_, leg)| leg.is_person());
        people.min_by_key(|(person, leg)| (*person != id, leg.since)).map(|(_, leg)| leg.party())
    }

    fn is_internal(&self, call: &str) -> bool {
        self.calls.get(call).is_some_and(|call| call.direction(&self.legs) == Direction::Internal)
    }

    /// An outside leg stays with its conversation; a call among our own phones goes over as a whole.
    pub(super) fn move_leg(&mut self, id: &str, to: &str) {
        let Some(leg) = self.legs.get(id).filter(|leg| leg.side != Side::Outside && leg.call != to) else {
            return;
        };
        let from = leg.call.clone();
        if !self.calls.contains_key(to) || self.calls.get(&from).is_some_and(|call| call.ended.is_some()) {
            return;
        }
        if self.is_internal(&from) {
            return self.merge(&from, to);
        }
        if let Some(call) = self.calls.get_mut(&from) {
            call.leg_ids.retain(|other| other != id);
        }
        self.adopt(&[id.to_owned()], to);
        self.touched.insert(from);
    }

    fn adopt(&mut self, ids: &[String], into: &str) {
        for id in ids {
            if let Some(leg) = self.legs.get_mut(id) {
                leg.call = into.to_owned();
            }
        }
        if let Some(call) = self.calls.get_mut(into) {
            call.leg_ids.extend_from_slice(ids);
            self.touched.insert(into.to_owned());
        }
    }

    fn merge(&mut self, gone: &str, into: &str) {
        let Some(call) = self.calls.remove(gone) else { return };
        self.adopt(&call.leg_ids, into);
        self.merged
            .values_mut()
            .filter(|target| *target == gone)
            .for_each(|target| *target = into.to_owned());
        self.merged.insert(gone.to_owned(), into.to_owned());
        if let Some((_, survivor)) = call.published.as_ref().zip(self.calls.get(into)) {
            self.events.push(Event::Merged { gone: call.key(), into: survivor.key() });
        }
    }
}
