//! Who of ours talked with the other side of one call, when, on hold how long, and how it was handed on.
//!
//! Facts only, in the order they came; what the report wants of them is derived.

use std::time::Duration;

use super::leg::At;
use crate::domain::call::{Transfer, TransferKind};

/// Hold that ends this close to a hand-over led to it; a record in whole seconds may put a second between them.
const SAME_MOMENT: Duration = Duration::from_millis(1000);

#[derive(Clone, PartialEq, Debug)]
pub struct Talk {
    pub party: String,
    /// Id of the party's leg.
    pub leg: String,
    pub from: At,
    pub to: Option<At>,
    /// How many hand-overs came before it.
    turn: usize,
}

#[derive(Clone, PartialEq, Debug)]
struct Hold {
    from: At,
    to: Option<At>,
}

#[derive(Clone, PartialEq, Debug)]
struct HandOver {
    kind: TransferKind,
    to: String,
    at: At,
    /// No event told it: a Redirect, or one whose event is still to come.
    implied: bool,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Conversation {
    talks: Vec<Talk>,
    holds: Vec<Hold>,
    hand_overs: Vec<HandOver>,
}

pub fn span(from: At, to: At) -> Duration {
    (to - from).to_std().unwrap_or_default()
}

impl Conversation {
    pub fn first(&self) -> Option<&Talk> {
        self.talks.first()
    }

    pub fn last(&self) -> Option<&Talk> {
        self.talks.last()
    }

    pub fn current(&self) -> Option<&Talk> {
        self.talks.last().filter(|talk| talk.to.is_none())
    }

    pub fn is_on_hold(&self) -> bool {
        self.holds.last().is_some_and(|hold| hold.to.is_none())
    }

    pub fn meet(&mut self, party: String, leg: String, at: At) {
        self.part(at);
        if self.last().is_some_and(|last| last.party != party) {
            self.imply(&party, at);
        }
        self.talks.push(Talk { party, leg, from: at, to: None, turn: self.hand_overs.len() });
    }

    /// The talk found running `at` that time is older: it may have begun as early as `from`.
    pub fn may_have_begun(&mut self, from: At, at: At) {
        if let [talk] = self.talks.as_mut_slice()
            && talk.from == at
        {
            talk.from = from;
        }
    }

    pub fn part(&mut self, at: At) {
        self.resume(at);
        if let Some(talk) = self.talks.last_mut() {
            talk.to.get_or_insert(at);
        }
    }

    pub fn hold(&mut self, at: At) {
        if self.current().is_some() && !self.is_on_hold() {
            self.holds.push(Hold { from: at, to: None });
        }
    }

    /// An Unhold without a Hold before it is nothing: REFER makes one.
    pub fn resume(&mut self, at: At) {
        if let Some(hold) = self.holds.last_mut() {
            hold.to.get_or_insert(at);
        }
    }

    pub fn hand_over(&mut self, kind: TransferKind, to: String, at: At) {
        match self.hand_overs.last_mut() {
            // The bridges may have told before the event does.
            Some(last) if last.implied && (last.to == to || span(last.at, at) <= SAME_MOMENT) => {
                *last = HandOver { kind, to, at, implied: false };
            }
            _ => self.hand_overs.push(HandOver { kind, to, at, implied: false }),
        }
    }

    /// The other side is brought to somebody else without a word about a transfer: a Redirect does that. Of
    /// several phones that ring, the one that takes it counts.
    pub fn imply(&mut self, to: &str, at: At) {
        let turn = self.last().map_or(0, |last| last.turn);
        match self.hand_overs.get_mut(turn..).and_then(<[HandOver]>::last_mut) {
            Some(last) if last.implied => last.to = to.to_owned(),
            Some(_) => {}
            None => self.hand_overs.push(HandOver {
                kind: TransferKind::Blind,
                to: to.to_owned(),
                at,
                implied: true,
            }),
        }
    }

    /// Talk before the first hand-over.
    pub fn talk(&self) -> Duration {
        self.talk_in(0)
    }

    /// Time on hold, finished holds only.
    pub fn held(&self) -> Duration {
        self.holds.iter().filter_map(|hold| Some(span(hold.from, hold.to?))).sum()
    }

    pub fn transfers(&self) -> Vec<Transfer> {
        let transfer = |(index, over): (usize, &HandOver)| Transfer {
            kind: over.kind,
            to: over.to.clone(),
            talk: self.talk_in(index + 1),
        };
        self.hand_overs.iter().enumerate().map(transfer).collect()
    }

    fn talk_in(&self, turn: usize) -> Duration {
        let talks = self.talks.iter().filter(|talk| talk.turn == turn);
        talks.filter_map(|talk| Some(span(talk.from, self.talked_until(talk)?))).sum()
    }

    /// Holds in the middle belong to the talk. The one in which the agent consulted somebody else, and from
    /// which the caller came out with that somebody, does not.
    fn talked_until(&self, talk: &Talk) -> Option<At> {
        let to = talk.to?;
        let over = self.hand_overs.get(talk.turn);
        let attended =
            over.filter(|over| over.kind == TransferKind::Attended && span(to, over.at) <= SAME_MOMENT);
        let consulting = attended.and_then(|over| {
            self.holds.iter().find(|hold| {
                hold.from >= talk.from && hold.to.is_some_and(|end| span(end, over.at.max(to)) <= SAME_MOMENT)
            })
        });
        Some(consulting.map_or(to, |hold| hold.from))
    }
}
