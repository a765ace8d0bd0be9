//! What is over: told once more, then forgotten but for its ids, so that a day leaves nothing behind.

use chrono::TimeDelta;

use super::Map;
use super::call::Call;
use super::leg::At;
use crate::telephony::Event;

/// How long an ended call still takes corrections: the last Cdr comes up to a second after the hang-up.
const AFTERMATH: TimeDelta = TimeDelta::seconds(30);

impl Map {
    /// Forgets calls that ended long enough ago.
    pub fn tick(&mut self, now: At) {
        self.bury(|ended| now - ended > AFTERMATH);
    }

    /// Nothing more will come: what still runs ends with what is known.
    pub fn close(&mut self, at: At) -> Vec<Event> {
        let running: Vec<String> =
            self.legs.iter().filter(|(_, leg)| leg.is_live()).map(|(id, _)| id.clone()).collect();
        for id in running {
            self.end_leg(&id, at);
        }
        self.regroup(at);
        self.publish(at)
    }

    pub(super) fn end_leg(&mut self, id: &str, at: At) {
        if let Some(leg) = self.legs.get_mut(id).filter(|leg| leg.is_live()) {
            leg.ended = Some(at);
            leg.bridge = None;
            leg.ringing = false;
            self.touched.insert(leg.call.clone());
        }
    }

    /// Ends what is over and tells what changed.
    pub(super) fn publish(&mut self, at: At) -> Vec<Event> {
        for id in std::mem::take(&mut self.touched) {
            let Some(call) = self.calls.get_mut(&id) else { continue };
            if call.ended.is_none() {
                call.ended = call.end(&self.legs, at);
                call.ended.iter().for_each(|&at| call.conversation.part(at));
            }
            let snapshot = call.snapshot(&self.legs);
            if let Some(news) = snapshot.filter(|news| call.published.as_ref() != Some(news)) {
                call.published = Some(news.clone());
                self.events.push(Event::Call(Box::new(news)));
            }
        }
        std::mem::take(&mut self.events)
    }

    /// Their ids are kept: nothing of what is over comes back to life.
    pub(super) fn bury(&mut self, is_old: impl Fn(At) -> bool) {
        let old = |call: &Call| call.ended.is_some_and(&is_old);
        let ids: Vec<String> = self.calls.values().filter(|c| old(c)).map(|c| c.id.clone()).collect();
        for id in ids {
            let Some(call) = self.calls.remove(&id) else { continue };
            for leg in &call.leg_ids {
                self.legs.remove(leg);
                self.buried.keep(leg.clone());
            }
            let parts = self.merged.extract_if(|_, into| *into == id).map(|(part, _)| part);
            parts.chain([id.clone()]).for_each(|id| self.buried.keep(id));
        }
    }
}
