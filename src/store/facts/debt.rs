//! What became of a missed call: the first talk with the person or the number decides.

use chrono::TimeDelta;

use super::settle::Settling;
use crate::domain::call::{CallResult, Direction};
use crate::domain::fact::{CALL_BACK_AT_MOST, CALL_BACK_IN_TIME, Debt};

impl Settling<'_> {
    /// `None` of a call that was not missed.
    pub(super) fn debt(&self, place: usize) -> Option<Debt> {
        (self.cases[place].told.result == CallResult::Missed).then(|| match self.reached(place) {
            Some(talk) => self.closed(place, talk),
            None if self.later(place).any(|call| self.is_attempt(call)) => Debt::Attempted,
            None => Debt::Open,
        })
    }

    fn closed(&self, missed: usize, talk: usize) -> Debt {
        let (missed, talk) = (self.cases[missed].told, self.cases[talk].told);
        let waited = talk.started_at - missed.ended_at.unwrap_or(missed.started_at);
        match talk.direction {
            Direction::Outgoing if waited <= delta(CALL_BACK_IN_TIME) => Debt::CalledBackInTime,
            Direction::Outgoing => Debt::CalledBackLate,
            _ => Debt::CameThrough,
        }
    }

    fn reached(&self, place: usize) -> Option<usize> {
        self.later(place).filter(|call| self.cases[*call].told.answered()).min()
    }

    fn is_attempt(&self, place: usize) -> bool {
        self.cases[place].told.direction == Direction::Outgoing
    }

    /// Later calls of the number or the person, while the debt can be paid; each number's and person's in order.
    fn later(&self, place: usize) -> impl Iterator<Item = usize> {
        let case = &self.cases[place];
        let by_phone = case.told.phone.map(|phone| self.by_phone.after(phone, place + 1));
        let by_person = case.person.map(|person| self.by_person.after(person, place + 1));
        let (start, until) = (case.told.started_at, case.told.started_at + delta(CALL_BACK_AT_MOST));
        let in_time = move |call: &usize| self.cases[*call].told.started_at <= until;
        let by_phone = by_phone.into_iter().flatten().take_while(in_time);
        let by_person = by_person.into_iter().flatten().take_while(in_time);
        by_phone.chain(by_person).filter(move |call| self.cases[*call].told.started_at > start)
    }
}

fn delta(duration: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
