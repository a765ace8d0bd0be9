//! What a list of running calls shows of one.

use chrono::{DateTime, Utc};

use super::Call;
use super::learnt::{cleaned, line};
use crate::domain::call::Direction;
use crate::telephony::uis::live::listed::{Leg, LegState, ListedCall};
use crate::telephony::uis::live::talk::Who;
use crate::telephony::uis::map::time;

impl Call<'_> {
    pub(super) fn see(&mut self, listed: &ListedCall, at: DateTime<Utc>) {
        self.direction = listed.direction.or(self.direction);
        self.contact = listed.contact.as_deref().and_then(cleaned).or(self.contact.take());
        self.line = listed.line.as_deref().and_then(line).or(self.line.take());
        let start = listed.start_time.as_deref().and_then(|text| time::moment(text, self.zone));
        self.began.told = self.began.told.or(start);
        self.tags = listed.tags.iter().filter_map(|tag| cleaned(tag)).collect();
        if self.end.is_none() {
            self.see_legs(&listed.legs, at);
        }
    }

    fn see_legs(&mut self, legs: &[Leg], at: DateTime<Utc>) {
        let ours = |state| legs.iter().filter(move |leg| leg.is_operator && leg.state == state);
        let is = |state| legs.iter().any(|leg| leg.state == state);
        let reached = !legs.iter().any(|leg| !leg.is_operator && leg.state == LegState::Ringing);
        if self.direction == Some(Direction::Outgoing) {
            let first = legs.iter().find(|leg| leg.is_operator && leg.employee.is_some());
            self.caller.learn(first.map(|leg| self.at(leg)).unwrap_or_default());
        }
        self.ringing = ours(LegState::Ringing).map(|leg| self.at(leg)).collect();
        if let Some(leg) = ours(LegState::Talking).next().filter(|_| reached) {
            let who = self.at(leg);
            if !self.is_talking_with(&who) {
                self.talks.begin(who, at);
            }
        }
        self.consulted |= is(LegState::Consulting);
        self.hold(is(LegState::Held) || is(LegState::Consulting), at);
    }

    fn at(&self, leg: &Leg) -> Who {
        let extension = leg.employee.as_ref().and_then(|id| self.staff.get(id).cloned());
        Who { id: leg.employee.clone(), extension }
    }
}
