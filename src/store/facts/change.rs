//! The facts that may have changed since a moment of the log, settled anew among their neighbours.

use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension};

use super::bulk::MARGIN;
use super::near::{self, Calls, Near};
use super::settle::Settling;
use super::told::{CALLS, IN_ORDER, Teller, Told};
use super::world::{Scope, World};
use super::{Changes, Since, log};
use crate::domain::fact::{CallNumber, Fact};
use crate::domain::id::{BranchId, ChannelId};
use crate::store::{Error, Numbered};

/// What came after `seq`, and the `seq` as of which that is all.
pub fn since(connection: &Connection, zone: Tz, seq: u64) -> Result<Since, Error> {
    let stamp = log::stamp(connection)?;
    let Some(touched) = log::after(connection, seq, stamp)? else {
        return Ok(Since { stamp, changes: Changes::Everything });
    };
    let mut concerned = near::touched(connection, &touched)?;
    concerned.append(&mut around(connection, &concerned)?);
    let ring = Ring::about(connection, &concerned)?;
    let counted: Calls = ring.told.iter().map(|told| told.number).collect();
    let lines = touched.lines.iter().map(|line| line_of(connection, line)).collect::<Result<_, _>>()?;
    let gone = touched.calls.difference(&counted).copied().collect();
    let changes = Changes::Some { facts: ring.facts(&concerned, zone), gone, lines };
    Ok(Since { stamp, changes })
}

fn around(connection: &Connection, calls: &Calls) -> Result<Calls, Error> {
    let mut near = Near::of(connection, calls)?;
    near.add_kin()?;
    near.calls()
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
        let mut ring = kin.calls()?;
        ring.extend(calls);
        let near = Near::of(connection, &ring)?;
        let people = kin.people.into_keys().chain(near.people.into_keys()).collect();
        let scope = Scope { people, phones: near.phones.into_keys().collect(), calls: ring };
        let world = World::around(connection, &scope)?;
        let told = told(connection, &world, &scope.calls)?;
        Ok(Ring { told, world })
    }

    pub fn settling(&self, zone: Tz) -> Settling<'_> {
        let deals = match (self.told.first(), self.told.last()) {
            (Some(first), Some(last)) => {
                self.world.deals(first.started_at - MARGIN..last.started_at + MARGIN)
            }
            _ => &[],
        };
        Settling::new(&self.told, &self.world, deals, zone)
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
    let mut statement = connection.prepare_cached(&format!(
        "{CALLS} AND call.number IN (SELECT value FROM json_each(?1)) {IN_ORDER}"
    ))?;
    Teller::new(world).tell(statement.query([Numbered(&calls)])?)
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
