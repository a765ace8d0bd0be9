//! The facts that may have changed since a moment of the log, settled anew among their neighbours.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, params};

use super::bulk::MARGIN;
use super::log::Touched;
use super::near::{self, Calls, Near};
use super::settle::Settling;
use super::told::{CALLS, IN_ORDER, Teller, Told};
use super::world::{Deal, Scope, World};
use super::{Changes, Since, log};
use crate::domain::fact::{CallNumber, Fact};
use crate::domain::id::{BranchId, ChannelId, PersonId};
use crate::domain::link::{Deed, Talk};
use crate::store::calls::RECORDED;
use crate::store::{Error, Numbered};

/// More calls than that are read with all others sooner than looked for one by one.
const MANY: usize = 50_000;

/// What came after `seq`, and the `seq` as of which that is all.
pub fn since(connection: &Connection, zone: Tz, seq: u64) -> Result<Since, Error> {
    let stamp = log::stamp(connection)?;
    let everything = Since { stamp, changes: Changes::Everything };
    let Some(touched) = log::after(connection, seq, stamp)? else { return Ok(everything) };
    let Some(concerned) = concerned(connection, &touched)? else { return Ok(everything) };
    let ring = Ring::about(connection, &concerned)?;
    let counted: Calls = ring.told.iter().map(|told| told.number).collect();
    let lines = touched.lines.iter().map(|line| line_of(connection, line)).collect::<Result<_, _>>()?;
    let gone = touched.calls.difference(&counted).copied().collect();
    let changes = Changes::Some { facts: ring.facts(&concerned, zone), gone, lines };
    Ok(Since { stamp, changes })
}

/// What was touched and what is near it; `None` of too many.
fn concerned(connection: &Connection, touched: &Touched) -> Result<Option<Calls>, Error> {
    let mut calls = near::touched(connection, touched, MANY)?;
    if calls.len() <= MANY {
        let mut near = Near::of(connection, &calls)?;
        near.add_kin()?;
        calls.append(&mut near.calls(MANY)?);
    }
    Ok(Some(calls).filter(|calls| calls.len() <= MANY))
}

/// Calls with all that bears on them.
pub(super) struct Ring {
    pub told: Vec<Told>,
    pub world: World,
}

impl Ring {
    pub fn about(connection: &Connection, calls: &Calls) -> Result<Ring, Error> {
        let mut kin = Near::of(connection, calls)?;
        kin.add_kin()?;
        let mut ring = kin.calls(usize::MAX)?;
        ring.extend(calls);
        let near = Near::of(connection, &ring)?;
        let people = kin.people.into_keys().chain(near.people.into_keys()).collect();
        let scope = Scope { people, phones: near.phones.into_keys().collect(), calls: ring };
        let world = World::around(connection, &scope)?;
        let told = told(connection, &world, &scope.calls)?;
        Ok(Ring { told, world })
    }

    pub fn settling(&self, zone: Tz) -> Settling<'_> {
        Settling::new(&self.told, &self.world, self.deals(), zone)
    }

    fn deals(&self) -> &[Deal] {
        match (self.told.first(), self.told.last()) {
            (Some(first), Some(last)) => {
                self.world.deals(first.started_at - MARGIN..last.started_at + MARGIN)
            }
            _ => &[],
        }
    }

    /// Of these calls, as far as they have one.
    pub fn facts(&self, calls: &Calls, zone: Tz) -> Vec<Fact> {
        let settling = self.settling(zone);
        let wanted = self.told.iter().enumerate().filter(|(_, told)| calls.contains(&told.number));
        wanted.map(|(place, _)| settling.fact(place)).collect()
    }
}

fn told(connection: &Connection, world: &World, calls: &Calls) -> Result<Vec<Told>, Error> {
    let calls: Vec<CallNumber> = calls.iter().copied().collect();
    let sql = format!(
        "{CALLS} AND number IN (SELECT value FROM json_each(?1)) AND +started_at BETWEEN ?2 AND ?3 {IN_ORDER}"
    );
    let scope = params![Numbered(&calls), RECORDED.start(), RECORDED.end()];
    Teller::new(world).tell(connection, &sql, scope)
}

/// Of all calls with a person or about them, oldest first.
pub(in crate::store) fn of_person(
    connection: &Connection,
    person: PersonId,
    zone: Tz,
) -> Result<Vec<Fact>, Error> {
    let calls = Near::always(connection, person).calls(usize::MAX)?;
    let ring = Ring::about(connection, &calls)?;
    let settling = ring.settling(zone);
    let Some(who) = ring.world.who(person) else { return Ok(vec![]) };
    Ok(settling.places_with(who).map(|place| settling.fact(place)).collect())
}

/// Something done with visits of one patient in one moment of a talk.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::store) struct OwnedDeed {
    pub deed: Deed,
    pub at: DateTime<Utc>,
    /// By their number.
    pub patient: u32,
    pub talk: Talk,
}

/// What belongs to a call, in the order of time; visits of one patient and one moment, together one entry, all do.
pub(in crate::store) fn owned_by(
    connection: &Connection,
    call: CallNumber,
    zone: Tz,
) -> Result<Vec<OwnedDeed>, Error> {
    let ring = Ring::about(connection, &Calls::from([call]))?;
    let settling = ring.settling(zone);
    let owned = settling.owned(ring.deals()).into_iter().filter_map(|(deal, place)| {
        let case = settling.cases.get(place).filter(|case| case.told.number == call)?;
        let patient = ring.world.known(ring.world.visit(deal).patient).number;
        Some(OwnedDeed { deed: deal.deed, at: deal.at, patient, talk: case.talk()? })
    });
    let mut owned: Vec<OwnedDeed> = owned.collect();
    owned.sort_by_key(|owned| (owned.at, owned.patient, owned.deed));
    owned.dedup();
    Ok(owned)
}

/// Where a line leads now; one that is none any more leads nowhere.
fn line_of(
    connection: &Connection,
    line: &str,
) -> Result<(String, Option<ChannelId>, Option<BranchId>), Error> {
    let mut statement = connection.prepare_cached("SELECT channel, branch FROM lines WHERE number = ?1")?;
    let found = statement.query_row([line], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (channel, branch): (Option<_>, Option<_>) = found.unwrap_or_default();
    Ok((line.to_owned(), channel.map(ChannelId), branch.map(BranchId)))
}
