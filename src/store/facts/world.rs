//! What calls are judged by: people with their numbers and visits, our lines, caller types. Either all there is, or
//! only whom a few calls concern.

mod load;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::domain::directory::CallerType;
use crate::domain::id::{BranchId, CallId, CallerTypeId, ChannelId, PersonId};
use crate::domain::link::Deed;
use crate::domain::money::Money;
use crate::domain::person::PersonKind;
use crate::domain::phone::Phone;

pub(super) use load::Scope;

/// A person's place in this world.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Who(u32);

#[derive(Default)]
pub(super) struct World {
    places: HashMap<PersonId, Who>,
    people: Vec<Known>,
    owners: HashMap<Phone, Vec<Who>>,
    /// Those of one patient next to each other.
    visits: Vec<Seen>,
    /// In order of time.
    deals: Vec<Deal>,
    transfers: HashMap<CallId, Duration>,
    lines: HashMap<String, LineOf>,
    types: Vec<CallerType>,
}

pub(super) struct Known {
    /// In this machine's store.
    pub number: u32,
    pub kind: PersonKind,
    pub parent: Option<Who>,
    visits: Range<usize>,
}

/// A visit as calls see it.
pub(super) struct Seen {
    pub patient: Who,
    pub starts_at: DateTime<Utc>,
    pub held: bool,
    pub money: Money,
    pub speciality: Arc<str>,
    first_booked: DateTime<Utc>,
    first_cancelled: DateTime<Utc>,
}

/// Something done with a visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deal {
    pub at: DateTime<Utc>,
    pub deed: Deed,
    visit: u32,
}

/// Where a line of ours leads: to a channel and a branch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct LineOf {
    pub channel: Option<ChannelId>,
    pub branch: Option<BranchId>,
}

impl Seen {
    /// Whether it stood in the schedule then, still to come.
    fn lay_ahead(&self, at: DateTime<Utc>) -> bool {
        self.first_booked <= at && at < self.starts_at && at < self.first_cancelled
    }

    fn was_held_before(&self, at: DateTime<Utc>) -> bool {
        self.held && self.starts_at < at
    }
}

impl World {
    pub fn who(&self, person: PersonId) -> Option<Who> {
        self.places.get(&person).copied()
    }

    pub fn known(&self, who: Who) -> &Known {
        &self.people[who.0 as usize]
    }

    pub fn owners(&self, phone: Phone) -> &[Who] {
        self.owners.get(&phone).map_or(&[], Vec::as_slice)
    }

    pub fn visit(&self, deal: &Deal) -> &Seen {
        &self.visits[deal.visit as usize]
    }

    fn visits(&self, patient: Who) -> &[Seen] {
        &self.visits[self.known(patient).visits.clone()]
    }

    pub fn visit_lay_ahead(&self, patient: Who, at: DateTime<Utc>) -> bool {
        self.visits(patient).iter().any(|visit| visit.lay_ahead(at))
    }

    /// Whether the patient had been here.
    pub fn knew(&self, patient: Who, at: DateTime<Utc>) -> bool {
        self.visits(patient).iter().any(|visit| visit.was_held_before(at))
    }

    pub fn deals(&self, between: Range<DateTime<Utc>>) -> &[Deal] {
        let place = |at| self.deals.partition_point(|deal| deal.at < at);
        let (from, to) = (place(between.start), place(between.end));
        &self.deals[from..to.max(from)]
    }

    pub fn transfers(&self, call: CallId) -> Duration {
        self.transfers.get(&call).copied().unwrap_or_default()
    }

    pub fn line(&self, line: Option<&str>) -> LineOf {
        line.and_then(|line| self.lines.get(line)).copied().unwrap_or_default()
    }

    pub fn type_set_by(&self, kind: PersonKind) -> Option<&CallerType> {
        self.types.iter().find(|entry| entry.sets_itself_for == Some(kind))
    }

    pub fn caller_type(&self, id: CallerTypeId) -> Option<&CallerType> {
        self.types.iter().find(|entry| entry.id == id)
    }
}
