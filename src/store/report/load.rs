//! Reads the calls of a scope and what was done with visits near them.
//!
//! Around a period calls are read a day further on both sides: they are counted nowhere, but a booking may be
//! nearer to one of them.

use chrono::TimeDelta;
use chrono_tz::Tz;
use rusqlite::{Connection, Params, Row, params};

use super::fact::{Deal, Fact};
use super::rows::call_row;
use crate::domain::call::{CallResult, Direction};
use crate::domain::directory::CallerType;
use crate::domain::id::PersonId;
use crate::domain::link::{Deed, Talk};
use crate::domain::money::Money;
use crate::domain::period::{Period, day_of};
use crate::domain::visit::Stage;
use crate::store::{Columns, E164, Error, Millis, Text};

const CALLS: &str = include_str!("calls.sql");
const DEEDS: &str = include_str!("deeds.sql");

/// Longer than any talk.
const MARGIN: TimeDelta = TimeDelta::days(1);

/// Calls, oldest first, and deeds.
pub(super) struct Loaded {
    pub facts: Vec<Fact>,
    pub deals: Vec<Deal>,
}

pub(super) fn period(connection: &Connection, period: Period, zone: Tz) -> Result<Loaded, Error> {
    let (from, to) = period.instants(zone);
    let around = params![Millis(from - MARGIN), Millis(to + MARGIN)];
    let mut facts = facts(
        connection,
        &format!(
            "{CALLS} AND call.started_at >= ?1 AND call.started_at < ?2 ORDER BY call.started_at, call.id"
        ),
        around,
        zone,
    )?;
    for fact in &mut facts {
        fact.in_scope = (from..to).contains(&fact.row.started_at);
    }
    let deals = deals(connection, &format!("{DEEDS} WHERE deed.at >= ?1 AND deed.at < ?2"), around)?;
    Ok(Loaded { facts, deals })
}

fn facts(connection: &Connection, sql: &str, scope: impl Params, zone: Tz) -> Result<Vec<Fact>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut facts = statement.query_map(scope, |row| fact(row, zone))?.collect::<Result<Vec<_>, _>>()?;
    let mut owners = connection.prepare_cached("SELECT person FROM person_phones WHERE phone = ?1")?;
    for fact in facts.iter_mut().filter(|fact| fact.row.person.is_none()) {
        if let Some(phone) = fact.row.remote.phone() {
            let people = owners.query_map([E164(phone)], |row| row.get(0).map(PersonId))?;
            fact.owners = people.collect::<Result<_, _>>()?;
        }
    }
    Ok(facts)
}

fn fact(row: &Row, zone: Tz) -> rusqlite::Result<Fact> {
    let mut columns = Columns::of(row);
    let call = call_row(&mut columns)?;
    let (answered_at, ended_at): (Option<Millis>, Option<Millis>) = (columns.take()?, columns.take()?);
    let about = columns.id(PersonId)?;
    let counts: bool = columns.take()?;
    let visit_ahead: bool = columns.take()?;
    let refused = call.direction == Direction::Incoming && call.result == CallResult::Rejected;
    let talked = answered_at.zip(ended_at).filter(|_| call.result == CallResult::Answered);
    Ok(Fact {
        day: day_of(call.started_at, zone),
        in_scope: true,
        counts: counts && !refused,
        about,
        owners: vec![],
        talk: talked.map(|(from, to)| Talk { call: call.id, from: from.0, to: to.0 }),
        already_booked: CallerType::says_booked(call.caller_type, visit_ahead),
        booked: false,
        moved: false,
        cancelled: false,
        held: false,
        row: call,
    })
}

fn deals(connection: &Connection, sql: &str, scope: impl Params) -> Result<Vec<Deal>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let deals = statement.query_map(scope, |row| {
        let held = row.get::<_, Text<Stage>>(4)?.0 == Stage::Held;
        Ok(Deal {
            deed: row.get::<_, Text<Deed>>(0)?.0,
            at: row.get::<_, Millis>(1)?.0,
            patient: PersonId(row.get(2)?),
            parent: row.get::<_, Option<_>>(3)?.map(PersonId),
            held,
            money: if held { Money(row.get(5)?) } else { Money(0) },
        })
    })?;
    Ok(deals.collect::<Result<_, _>>()?)
}
