//! One call with what its own row and people say of it; what came of it depends on other calls and is settled with
//! them.

use chrono::{DateTime, Utc};

use super::told::Told;
use super::world::{Who, World};
use crate::domain::call::{CallResult, Direction};
use crate::domain::directory::CallerType;
use crate::domain::id::CallerTypeId;
use crate::domain::link::Talk;
use crate::domain::person::PersonKind;
use crate::domain::report::Familiarity;

pub(super) struct Case<'a> {
    pub told: &'a Told,
    /// With whom: as said, else the only one who has the number.
    pub person: Option<Who>,
    /// Who shares the number, when it is not known which of them it was.
    pub owners: &'a [Who],
    pub caller_type: Option<CallerTypeId>,
    /// Stands in patient statistics.
    pub counts: bool,
}

impl<'a> Case<'a> {
    pub fn of(told: &'a Told, world: &'a World) -> Case<'a> {
        let mut owners = match (told.named, told.phone) {
            (None, Some(phone)) => world.owners(phone),
            _ => &[],
        };
        let mut person = told.named;
        if let [only] = owners {
            (person, owners) = (Some(*only), &[]);
        }
        let kind = person.map(|person| world.known(person).kind);
        let own_type = kind.and_then(|kind| world.type_set_by(kind));
        let said_type = told.said.as_ref().and_then(|said| said.caller_type);
        let decides = said_type.and_then(|said| world.caller_type(said)).or(own_type);
        let refused = told.direction == Direction::Incoming && told.result == CallResult::Rejected;
        let patient = || kind.is_none_or(|kind| kind == PersonKind::Patient);
        Case {
            told,
            person,
            owners,
            caller_type: said_type.or(own_type.map(|own| own.id)),
            counts: decides.map_or_else(patient, |decides| decides.counts) && !refused,
        }
    }

    /// Whose call it is, for the schedule.
    pub fn patients(&self) -> impl Iterator<Item = Who> {
        self.person.into_iter().chain(self.told.about()).chain(self.owners.iter().copied())
    }

    /// A talk that may own what was done with visits.
    pub fn talk(&self) -> Option<Talk> {
        self.told.talked().filter(|_| self.counts)
    }

    pub fn already_booked(&self, world: &World) -> bool {
        let ahead = || self.patient().is_some_and(|who| world.visit_lay_ahead(who, self.started_at()));
        CallerType::says_booked(self.caller_type, self.told.answered_at.is_some() && ahead())
    }

    pub fn familiarity(&self, world: &World) -> Option<Familiarity> {
        let known = || self.patient().is_some_and(|who| world.knew(who, self.started_at()));
        self.counts.then(|| if known() { Familiarity::Known } else { Familiarity::New })
    }

    fn patient(&self) -> Option<Who> {
        self.told.about().or(self.person)
    }

    fn started_at(&self) -> DateTime<Utc> {
        self.told.started_at
    }
}
