//! One conversation with the other side, made of legs, and the snapshot the desk sees of it.

use std::time::Duration;

use super::leg::{At, Leg, Side};
use super::talk::Conversation;
use super::{Legs, verdict};
use crate::domain::call::{CallKey, Direction, Phase, Snapshot};
use crate::domain::phone::{Phone, Remote};
use crate::telephony::asterisk::NAME;

/// What the ids of a desk's own click-to-call legs begin with; other programs' Originates lack it.
pub const OWN_LEG: &str = "click-";

#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// The Linkedid it began with.
    pub id: String,
    /// In the order they came.
    pub leg_ids: Vec<String>,
    pub started: At,
    /// When the other side first heard ringing or a queue's music.
    pub asked_from: Option<At>,
    pub queue: Option<String>,
    pub line: Option<String>,
    /// Whom a click-to-call is for, before anything outside was dialled.
    pub wanted: Option<Phone>,
    pub conversation: Conversation,
    /// A leg of it dialled somebody: without that a call among our own phones is none.
    pub dialled: bool,
    /// First seen in a list: the times are bounds, until the PBX tells better.
    pub restored: bool,
    /// Wait and talk as the PBX itself counted them, for restored calls.
    pub told: Option<(Duration, Duration)>,
    pub recording: Option<String>,
    pub ended: Option<At>,
    /// What the desk was told last.
    pub published: Option<Snapshot>,
}

impl Call {
    pub fn new(id: String, at: At) -> Call {
        Call {
            id,
            leg_ids: Vec::new(),
            started: at,
            asked_from: None,
            queue: None,
            line: None,
            wanted: None,
            conversation: Conversation::default(),
            dialled: false,
            restored: false,
            told: None,
            recording: None,
            ended: None,
            published: None,
        }
    }

    pub fn key(&self) -> CallKey {
        CallKey { provider: NAME.to_owned(), id: self.id.clone() }
    }

    pub fn legs<'a>(&'a self, legs: &'a Legs) -> impl Iterator<Item = &'a Leg> {
        self.leg_ids.iter().filter_map(|id| legs.get(id))
    }

    pub fn anchor<'a>(&self, legs: &'a Legs) -> Option<&'a Leg> {
        self.anchor_id(legs).and_then(|id| legs.get(id))
    }

    /// The leg of the other side: whoever came from outside; else whom we reached or tried to reach outside;
    /// else, among our own phones, the one that placed the call.
    pub fn anchor_id(&self, legs: &Legs) -> Option<&str> {
        let is = |id: &&String, wanted: fn(&Leg) -> bool| legs.get(*id).is_some_and(wanted);
        let mut ids = self.leg_ids.iter();
        let came = ids.clone().find(|id| is(id, |leg| leg.side == Side::Outside && leg.arrived));
        let reached = || ids.clone().find(|id| is(id, |leg| leg.side == Side::Outside && leg.up));
        let tried = || ids.clone().rfind(|id| is(id, |leg| leg.side == Side::Outside));
        let placed = came.or_else(reached).or_else(tried);
        placed.or_else(|| ids.find(|id| is(id, |leg| leg.side == Side::Inside))).map(String::as_str)
    }

    pub fn direction(&self, legs: &Legs) -> Direction {
        match self.anchor(legs) {
            Some(leg) if leg.side == Side::Outside && leg.arrived => Direction::Incoming,
            Some(leg) if leg.side == Side::Outside => Direction::Outgoing,
            _ if self.wanted(legs).is_some() => Direction::Outgoing,
            _ => Direction::Internal,
        }
    }

    /// The number a click-to-call is for: as ordered, or as the operator's phone shows it.
    fn wanted(&self, legs: &Legs) -> Option<Phone> {
        let shown = |leg: &Leg| Phone::parse(leg.connected.as_deref()?);
        self.wanted.or_else(|| self.legs(legs).filter(|leg| leg.originated).find_map(shown))
    }

    /// A phone that dials a feature code, or that an Originate connects to an application, is no call: nobody
    /// was asked for. Nor is the vain attempt of another program that dials by itself: no person made it.
    fn is_call(&self, legs: &Legs) -> bool {
        match self.direction(legs) {
            _ if self.conversation.first().is_some() => true,
            Direction::Internal => self.dialled,
            Direction::Outgoing => !self.is_by_program(legs),
            Direction::Incoming => true,
        }
    }

    fn is_by_program(&self, legs: &Legs) -> bool {
        let originated = |id: &&String| legs.get(*id).is_some_and(|leg| leg.originated);
        self.leg_ids.iter().filter(originated).any(|id| !id.starts_with(OWN_LEG))
    }

    /// Whether the conversation is over, and since when: `now` when all its legs went over to other calls.
    pub fn end(&self, legs: &Legs, now: At) -> Option<At> {
        let anchor = self.anchor(legs);
        let anchored = match self.direction(legs) {
            Direction::Incoming => true,
            Direction::Outgoing => self.conversation.first().is_some(),
            Direction::Internal => false,
        };
        match anchor.filter(|_| anchored) {
            Some(leg) => leg.ended,
            None if self.leg_ids.is_empty() => Some(now),
            None => self.all_gone(legs),
        }
    }

    /// When the last person left; of a call without people, the last leg.
    fn all_gone(&self, legs: &Legs) -> Option<At> {
        let manned = self.legs(legs).any(Leg::is_person);
        let counted = self.legs(legs).filter(|leg| leg.is_person() || !manned).map(|leg| leg.ended);
        counted.collect::<Option<Vec<At>>>().and_then(|ends| ends.into_iter().max())
    }

    pub fn snapshot(&self, legs: &Legs) -> Option<Snapshot> {
        // What the desk was told of once, it must hear the end of.
        if !self.is_call(legs) && self.published.is_none() {
            return None;
        }
        let direction = self.direction(legs);
        let agent = self.agent(direction, legs);
        let answered = self.conversation.first();
        let (wait, talk) = self.told.unwrap_or((verdict::wait(self, legs), self.conversation.talk()));
        Some(Snapshot {
            key: self.key(),
            direction,
            remote: self.remote(direction, legs),
            name: self.name(direction, legs),
            line: self.line.clone().filter(|_| direction == Direction::Incoming),
            queue: self.queue.clone(),
            phase: self.phase(legs),
            result: self.ended.map(|at| verdict::result(self, legs, at)),
            holder: self.holder(legs).or_else(|| agent.clone()),
            agent,
            ringing: if self.ended.is_some() { Vec::new() } else { self.ringing(legs) },
            started_at: self.started,
            answered_at: answered.map(|talk| talk.from),
            ended_at: self.ended,
            wait,
            talk,
            hold: self.conversation.held(),
            transfers: self.conversation.transfers(),
            recording: self.recording.clone().filter(|_| answered.is_some()),
            advert: None,
            tags: vec![],
            settled: false,
        })
    }

    fn remote(&self, direction: Direction, legs: &Legs) -> Remote {
        let anchor = self.anchor(legs);
        match direction {
            Direction::Internal => Remote::Other(self.called_inside(legs).unwrap_or_default()),
            Direction::Incoming => anchor.map_or(Remote::Withheld, Leg::remote),
            Direction::Outgoing => match anchor.filter(|leg| leg.side == Side::Outside).map(Leg::remote) {
                Some(remote @ Remote::Number(_)) => remote,
                dialled => self.wanted(legs).map(Remote::Number).or(dialled).unwrap_or(Remote::Withheld),
            },
        }
    }

    fn called_inside(&self, legs: &Legs) -> Option<String> {
        let called = |leg: &&Leg| leg.side == Side::Inside && leg.dialled.is_some() && !leg.originated;
        let talked = self.conversation.first().map(|talk| talk.party.clone());
        talked.or_else(|| self.legs(legs).find(called).map(Leg::party))
    }

    fn name(&self, direction: Direction, legs: &Legs) -> Option<String> {
        let caller = self.anchor(legs).filter(|leg| direction == Direction::Incoming && !leg.hidden)?;
        caller.name.clone()
    }

    fn agent(&self, direction: Direction, legs: &Legs) -> Option<String> {
        match direction {
            Direction::Incoming => self.conversation.first().map(|talk| talk.party.clone()),
            _ => self.legs(legs).find(|leg| leg.side == Side::Inside).map(Leg::party),
        }
    }

    fn holder(&self, legs: &Legs) -> Option<String> {
        let talk = self.conversation.last()?;
        legs.get(&talk.leg).filter(|leg| leg.side == Side::Inside).map(Leg::party)
    }

    fn ringing(&self, legs: &Legs) -> Vec<String> {
        let mut phones: Vec<String> = self
            .legs(legs)
            .filter(|leg| leg.side == Side::Inside && leg.ringing && leg.is_live())
            .map(Leg::party)
            .collect();
        phones.sort();
        phones.dedup();
        phones
    }

    fn phase(&self, legs: &Legs) -> Phase {
        let rings = |leg: &Leg| leg.is_person() && leg.ringing && leg.is_live();
        match self.conversation.current() {
            _ if self.ended.is_some() => Phase::Ended,
            Some(_) if self.conversation.is_on_hold() => Phase::OnHold,
            Some(_) => Phase::Talking,
            None if self.legs(legs).any(rings) => Phase::Ringing,
            None => Phase::Waiting,
        }
    }
}
