//! What the desk has asked and still waits for, and the effects of the event under way.
//!
//! A reply finds its request by the ticket; a request that was superseded is forgotten, so its late reply
//! finds nothing and is dropped.

use std::mem::{discriminant, take};

use crate::domain::desk::Request;

use super::event::{Effect, Ticket};
use super::state::View;

#[derive(Debug)]
struct Awaited {
    ticket: Ticket,
    asker: View,
    request: Request,
}

#[derive(Debug, Default)]
pub struct Asking {
    last: u64,
    awaited: Vec<Awaited>,
    effects: Vec<Effect>,
}

impl Asking {
    /// The desk proper asks; every such request is answered for itself.
    pub fn ask(&mut self, request: Request) {
        self.ask_for(View::Desk, request);
    }

    /// `asker` is given the reply.
    pub fn ask_for(&mut self, asker: View, request: Request) {
        self.last += 1;
        let ticket = Ticket(self.last);
        self.awaited.push(Awaited { ticket, asker, request: request.clone() });
        self.effects.push(Effect::Ask { ticket, request });
    }

    /// Supersedes what `asker` asked of the same kind: only the newest answer counts.
    pub fn ask_latest(&mut self, asker: View, request: Request) {
        self.forget(asker, &request);
        self.ask_for(asker, request);
    }

    fn forget(&mut self, asker: View, like: &Request) {
        self.awaited
            .retain(|awaited| awaited.asker != asker || discriminant(&awaited.request) != discriminant(like));
    }

    /// Who waits for this ticket and what was asked; `None` for a reply nobody waits for any more.
    pub fn settle(&mut self, ticket: Ticket) -> Option<(View, Request)> {
        let place = self.awaited.iter().position(|awaited| awaited.ticket == ticket)?;
        let awaited = self.awaited.remove(place);
        Some((awaited.asker, awaited.request))
    }

    pub fn awaits(&self, matches: impl Fn(&Request) -> bool) -> bool {
        self.awaited.iter().any(|awaited| matches(&awaited.request))
    }

    pub fn tell(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub fn take_effects(&mut self) -> Vec<Effect> {
        take(&mut self.effects)
    }
}
