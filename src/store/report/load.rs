//! Reads the calls of a scope and what was done with visits near them.
//!
//! Around a period calls are read a day further on both sides: they are counted nowhere, but a booking may be
//! nearer to one of them.

use chrono::TimeDelta;
use chrono_tz::Tz;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Params, Row, params};

use super::fact::{Deal, Fact};
use crate::domain::call::{CallResult, Direction};
use crate::domain::directory::CallerType;
use crate::domain::id::{BranchId, CallId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::link::{Deed, Talk};
use crate::domain::money::Money;
use crate::domain::period::{Period, day_of};
use crate::domain::phone::Remote;
use crate::domain::report::CallRow;
use crate::domain::visit::Stage;
use crate::store::{E164, Error, Millis, Span, Text};

const CALLS: &str = include_str!("calls.sql");
const DEEDS: &str = include_str!("deeds.sql");
const KIN: &str = include_str!("kin.sql");

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

pub(super) fn person(connection: &Connection, person: PersonId, zone: Tz) -> Result<Loaded, Error> {
    let sql = format!(
        "{KIN} {CALLS} AND call.id IN (
             SELECT id FROM calls WHERE person IN kin
             UNION SELECT id FROM calls
                 WHERE phone IN (SELECT phone FROM person_phones WHERE person_phones.person IN kin)
             UNION SELECT call FROM wrapups WHERE who IN kin
             UNION SELECT call FROM wrapups WHERE about IN kin)
         ORDER BY call.started_at, call.id"
    );
    let mut facts = facts(connection, &sql, [person.0], zone)?;
    for fact in &mut facts {
        fact.in_scope = fact.is_with(person);
    }
    let deals = deals(connection, &format!("{KIN} {DEEDS} WHERE visit.patient IN kin"), [person.0])?;
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
    let (answered_at, ended_at): (Option<Millis>, Option<Millis>) =
        (row.get("answered_at")?, row.get("ended_at")?);
    let call = call_row(row)?;
    let caller_type = call.caller_type;
    let visit_ahead: bool = row.get("visit_ahead")?;
    let refused = call.direction == Direction::Incoming && call.result == CallResult::Rejected;
    Ok(Fact {
        day: day_of(call.started_at, zone),
        in_scope: true,
        counts: row.get::<_, bool>("counts")? && !refused,
        about: row.get::<_, Option<_>>("about")?.map(PersonId),
        owners: vec![],
        talk: answered_at
            .zip(ended_at)
            .filter(|_| call.result == CallResult::Answered)
            .map(|(from, to)| Talk { call: call.id, from: from.0, to: to.0 }),
        already_booked: CallerType::says_booked(caller_type, visit_ahead),
        booked: false,
        moved: false,
        cancelled: false,
        held: false,
        row: call,
    })
}

fn call_row(row: &Row) -> rusqlite::Result<CallRow> {
    Ok(CallRow {
        id: CallId(row.get("id")?),
        started_at: row.get::<_, Millis>("started_at")?.0,
        direction: row.get::<_, Text<_>>("direction")?.0,
        remote: remote(row)?,
        person: row.get::<_, Option<_>>("person")?.map(PersonId),
        person_name: row.get("person_name")?,
        line: row.get("line")?,
        channel: row.get::<_, Option<_>>("channel")?.map(ChannelId),
        branch: row.get::<_, Option<_>>("branch")?.map(BranchId),
        result: row.get::<_, Text<_>>("result")?.0,
        outcome: None,
        employee: row.get::<_, Option<_>>("employee")?.map(PersonId),
        agent: row.get("agent")?,
        caller_type: row.get::<_, Option<_>>("caller_type")?.map(CallerTypeId),
        topic: row.get::<_, Option<_>>("topic")?.map(TopicId),
        wait: row.get::<_, Span>("wait_ms")?.0,
        talk: row.get::<_, Span>("talk_ms")?.0,
        recording: row.get("recording")?,
        comment: row.get("comment")?,
        wrapped: row.get("wrapped")?,
        money: Money(0),
        stands: true,
    })
}

fn remote(row: &Row) -> rusqlite::Result<Remote> {
    let phone: Option<E164> = row.get("phone")?;
    let other: Option<String> = row.get("other")?;
    Ok(phone.map_or_else(|| other.map_or(Remote::Withheld, Remote::Other), |phone| Remote::Number(phone.0)))
}

fn deals(connection: &Connection, sql: &str, scope: impl Params) -> Result<Vec<Deal>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let deals = statement.query_map(scope, |row| {
        let held = row.get::<_, Text<Stage>>(4)?.0 == Stage::Held;
        Ok(Deal {
            deed: row.get::<_, DeedWord>(0)?.0,
            at: row.get::<_, Millis>(1)?.0,
            patient: PersonId(row.get(2)?),
            parent: row.get::<_, Option<_>>(3)?.map(PersonId),
            held,
            money: if held { Money(row.get(5)?) } else { Money(0) },
        })
    })?;
    Ok(deals.collect::<Result<_, _>>()?)
}

struct DeedWord(Deed);

impl FromSql for DeedWord {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<DeedWord> {
        match value.as_str()? {
            "booked" => Ok(DeedWord(Deed::Booked)),
            "moved" => Ok(DeedWord(Deed::Moved)),
            "cancelled" => Ok(DeedWord(Deed::Cancelled)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}
