//! From calls to facts: every deed goes to the call that owns it, every call gets its outcome, its party, its debt.
//!
//! Pure. Calls near the edges are judged rightly only if their neighbours were told too: who reads them sees to that.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::case::Case;
use super::places::Places;
use super::told::Told;
use super::world::{Deal, Who, World};
use crate::domain::fact::{Fact, WRAP_UP_AT_MOST};
use crate::domain::link::{Deed, Talk, owner};
use crate::domain::money::Money;
use crate::domain::outcome::Facts;
use crate::domain::phone::Phone;

pub(super) struct Settling<'a> {
    pub(super) world: &'a World,
    pub(super) zone: Tz,
    /// In the order of time.
    pub(super) cases: Vec<Case<'a>>,
    pub(super) by_phone: Places<Phone>,
    pub(super) by_person: Places<Who>,
    own: Vec<Own<'a>>,
}

/// What was done with visits in one call.
#[derive(Clone, Default)]
struct Own<'a> {
    /// When and with what doctor's speciality, of the earliest.
    booked: Option<(DateTime<Utc>, &'a Arc<str>)>,
    moved: bool,
    cancelled: bool,
    held: bool,
    money: Money,
}

impl<'a> Settling<'a> {
    /// `told` in the order of time; `deals` are all that may belong to one of them.
    pub fn new(told: &'a [Told], world: &'a World, deals: &'a [Deal], zone: Tz) -> Settling<'a> {
        let cases: Vec<Case> = told.iter().map(|told| Case::of(told, world)).collect();
        let places = || cases.iter().enumerate();
        let by_phone = Places::of(places().filter_map(|(place, case)| Some((case.told.phone?, place))));
        let by_person = Places::of(places().filter_map(|(place, case)| Some((case.person?, place))));
        let own = vec![Own::default(); cases.len()];
        let mut settling = Settling { world, zone, cases, by_phone, by_person, own };
        for (deal, place) in settling.owned(deals) {
            settling.own[place].add(deal, world);
        }
        settling
    }

    /// Deeds with the places of the calls that own them.
    pub fn owned(&self, deals: &'a [Deal]) -> Vec<(&'a Deal, usize)> {
        let talks = self.cases.iter().enumerate().filter(|(_, case)| case.talk().is_some());
        let talks =
            Places::of(talks.flat_map(|(place, case)| case.patients().map(move |patient| (patient, place))));
        deals.iter().filter_map(|deal| Some((deal, self.owner(deal, &talks)?))).collect()
    }

    /// The patient's own talks, and the parent's in which nobody was named as the one it is about: the parent may have
    /// spoken for the child.
    fn owner(&self, deal: &Deal, talks: &Places<Who>) -> Option<usize> {
        let patient = self.world.visit(deal).patient;
        let parents = self.world.known(patient).parent.map(|parent| talks.with(parent)).into_iter().flatten();
        let parents = parents.filter(|place| self.cases[*place].told.about().is_none());
        let places: Vec<usize> = talks.with(patient).chain(parents).collect();
        let near: Vec<Talk> = places.iter().filter_map(|place| self.cases[*place].talk()).collect();
        let owner = owner(deal.deed, deal.at, &near)?;
        places.into_iter().find(|place| self.cases[*place].told.id == owner)
    }

    /// Calls with somebody or about them, oldest first.
    pub fn places_with(&self, who: Who) -> impl Iterator<Item = usize> {
        let theirs = move |case: &Case| case.person == Some(who) || case.told.about() == Some(who);
        self.cases.iter().enumerate().filter(move |(_, case)| theirs(case)).map(|(place, _)| place)
    }

    pub fn fact(&self, place: usize) -> Fact {
        let case = &self.cases[place];
        let told = case.told;
        let own = &self.own[place];
        let line = self.world.line(told.line.as_deref());
        let said = told.said.as_ref();
        let booked = own.booked.is_some();
        let outcome = Facts {
            direction: told.direction,
            answered: told.answered(),
            counts: case.counts,
            booked,
            moved: own.moved,
            cancelled: own.cancelled,
            already_booked: case.already_booked(self.world),
        };
        Fact {
            number: told.number,
            started_at: told.started_at,
            party: self.party(place),
            employee: said.and_then(|said| said.employee),
            topic: said.and_then(|said| said.topic),
            caller_type: case.caller_type,
            line: told.line.clone(),
            channel: told.channel.or(line.channel),
            own_channel: told.channel.is_some(),
            branch: line.branch,
            speciality: own.booked.map(|(_, name)| name.clone()).filter(|name| !name.is_empty()),
            direction: told.direction,
            result: told.result,
            counts: case.counts,
            outcome: outcome.outcome(),
            booked,
            held: own.held,
            familiarity: case.familiarity(self.world),
            recording: told.recording,
            commented: said.is_some_and(|said| said.commented),
            debt: self.debt(place),
            wait: told.wait,
            talk: told.talk,
            wrap_up: told.wrap_up(),
            money: own.money,
        }
    }
}

impl<'a> Own<'a> {
    fn add(&mut self, deal: &Deal, world: &'a World) {
        let visit = world.visit(deal);
        match deal.deed {
            Deed::Booked => {
                // Of two booked in one instant the first by the alphabet: always the same one.
                let this = (deal.at, &visit.speciality);
                self.booked = Some(self.booked.map_or(this, |first| first.min(this)));
                self.held |= visit.held;
                self.money = self.money + visit.money;
            }
            Deed::Moved => self.moved = true,
            Deed::Cancelled => self.cancelled = true,
        }
    }
}

impl Told {
    /// From the end of a talk to the first save after it.
    fn wrap_up(&self) -> Option<std::time::Duration> {
        let spent = self.saved_at? - self.talked()?.to;
        Some(spent.to_std().unwrap_or_default().min(WRAP_UP_AT_MOST))
    }
}
