//! One call with all that bears on its figures, and which deeds are its own.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::load::Loaded;
use crate::domain::call::CallResult;
use crate::domain::id::{CallId, PersonId};
use crate::domain::link::{Deed, Talk, owner};
use crate::domain::money::Money;
use crate::domain::outcome::{Facts, Outcome};
use crate::domain::report::CallRow;

pub(super) struct Fact {
    /// With `outcome` and `money` once the deeds are settled.
    pub row: CallRow,
    /// The local day it began.
    pub day: NaiveDate,
    /// Counted; the others only compete for deeds.
    pub in_scope: bool,
    /// Stands in patient statistics.
    pub counts: bool,
    pub about: Option<PersonId>,
    /// Who shares the number, when it is not known which of them it was.
    pub owners: Vec<PersonId>,
    pub talk: Option<Talk>,
    pub already_booked: bool,
    pub booked: bool,
    pub moved: bool,
    pub cancelled: bool,
    /// A visit booked in this call was held.
    pub held: bool,
}

/// Something done with a visit, and what came of the visit.
pub(super) struct Deal {
    pub deed: Deed,
    pub at: DateTime<Utc>,
    pub patient: PersonId,
    pub parent: Option<PersonId>,
    pub held: bool,
    pub money: Money,
}

impl Fact {
    pub fn is_with(&self, person: PersonId) -> bool {
        self.row.person == Some(person) || self.about == Some(person)
    }

    /// Whose call it is, for the schedule.
    fn patients(&self) -> impl Iterator<Item = PersonId> {
        self.row.person.into_iter().chain(self.about).chain(self.owners.iter().copied())
    }

    fn outcome(&self) -> Option<Outcome> {
        let Fact { counts, booked, moved, cancelled, already_booked, .. } = *self;
        let answered = self.row.result == CallResult::Answered;
        let direction = self.row.direction;
        Facts { direction, answered, counts, booked, moved, cancelled, already_booked }.outcome()
    }
}

/// Gives every deed to the call that owns it, then every call its outcome; answers the calls in scope.
pub(super) fn settle(loaded: Loaded) -> Vec<Fact> {
    let Loaded { mut facts, deals } = loaded;
    let talks = Talks::of(&facts);
    let places: HashMap<CallId, usize> =
        facts.iter().enumerate().map(|(place, fact)| (fact.row.id, place)).collect();
    for deal in &deals {
        let owner = owner(deal.deed, deal.at, &talks.with(deal)).and_then(|call| places.get(&call));
        if let Some(place) = owner {
            facts[*place].own(deal);
        }
    }
    facts.retain(|fact| fact.in_scope);
    for fact in &mut facts {
        fact.row.outcome = fact.outcome();
    }
    facts
}

impl Fact {
    fn own(&mut self, deal: &Deal) {
        match deal.deed {
            Deed::Booked => {
                self.booked = true;
                self.held |= deal.held;
                self.row.money = self.row.money + deal.money;
            }
            Deed::Moved => self.moved = true,
            Deed::Cancelled => self.cancelled = true,
        }
    }
}

/// Talks of patient calls by the person they were with or about.
struct Talks {
    of_person: HashMap<PersonId, Vec<Talk>>,
    /// Those in which nobody was named as the one it is about: a parent may have spoken for a child.
    of_parent: HashMap<PersonId, Vec<Talk>>,
}

impl Talks {
    fn of(facts: &[Fact]) -> Talks {
        let mut talks = Talks { of_person: HashMap::new(), of_parent: HashMap::new() };
        for fact in facts.iter().filter(|fact| fact.counts) {
            let Some(talk) = fact.talk else { continue };
            for person in fact.patients() {
                talks.of_person.entry(person).or_default().push(talk);
                if fact.about.is_none() {
                    talks.of_parent.entry(person).or_default().push(talk);
                }
            }
        }
        talks
    }

    fn with(&self, deal: &Deal) -> Vec<Talk> {
        let own = self.of_person.get(&deal.patient);
        let parents = deal.parent.and_then(|parent| self.of_parent.get(&parent));
        own.into_iter().chain(parents).flatten().copied().collect()
    }
}
