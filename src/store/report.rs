//! Calls as a list shows them, and what was done with visits in one: read when somebody looks.

use std::collections::HashMap;

use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::fact::{CallNumber, Fact};
use crate::domain::id::{BranchId, CallId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::link::DeedLink;
use crate::domain::money::Money;
use crate::domain::report::CallRow;
use crate::store::facts::{self, OwnedDeed};
use crate::store::{Columns, Error, Millis, Numbered, Span, Text};

const ROWS: &str = include_str!("report/rows.sql");

/// Details of calls, in the order asked; those that are gone are left out. What is settled among calls (the outcome,
/// money, familiarity, speciality, and whether the call stands for a contact) is left as it is of a call of which
/// nothing came: whoever has the facts fills it in.
pub fn rows(connection: &Connection, calls: &[CallNumber]) -> Result<Vec<(CallNumber, CallRow)>, Error> {
    numbered(connection, calls)
}

/// All calls with a person or about them, newest first, whole.
pub fn history(connection: &Connection, person: PersonId, zone: Tz) -> Result<Vec<CallRow>, Error> {
    let facts = facts::of_person(connection, person, zone)?;
    let calls: Vec<CallNumber> = facts.iter().rev().map(|fact| fact.number).collect();
    let facts: HashMap<CallNumber, Fact> = facts.into_iter().map(|fact| (fact.number, fact)).collect();
    let whole = |(number, row)| match facts.get(&number) {
        Some(fact) => settled(row, fact),
        None => row,
    };
    Ok(numbered(connection, &calls)?.into_iter().map(whole).collect())
}

/// What was done with visits in a call, in the order of time.
pub fn links(connection: &Connection, call: CallId, zone: Tz) -> Result<Vec<DeedLink>, Error> {
    let mut number = connection.prepare_cached("SELECT number FROM calls WHERE id = ?1")?;
    let number = number.query_row([call.0], |row| row.get(0)).optional()?.ok_or(Error::NotFound)?;
    let mut visits = connection.prepare_cached(
        "SELECT starts_at, doctor, speciality, stage, money FROM visits JOIN visit_events ON visit = id
         WHERE patient = (SELECT id FROM people WHERE number = ?1) AND kind = ?2 AND at = ?3 ORDER BY starts_at, id",
    )?;
    let mut links = vec![];
    for deed in facts::owned_by(connection, CallNumber(number), zone)? {
        let found = visits
            .query_map(params![deed.patient, Text(deed.deed), Millis(deed.at)], |row| link(row, deed))?;
        for link in found {
            links.push(link?);
        }
    }
    Ok(links)
}

fn link(row: &Row, owned: OwnedDeed) -> rusqlite::Result<DeedLink> {
    Ok(DeedLink {
        deed: owned.deed,
        at: owned.at,
        talk_from: owned.talk.from,
        talk_to: owned.talk.to,
        starts_at: row.get::<_, Millis>(0)?.0,
        doctor: row.get(1)?,
        speciality: row.get(2)?,
        stage: row.get::<_, Text<_>>(3)?.0,
        money: Money(row.get(4)?),
    })
}

fn settled(row: CallRow, fact: &Fact) -> CallRow {
    CallRow {
        outcome: fact.outcome,
        money: fact.money,
        familiarity: fact.familiarity,
        speciality: fact.speciality.as_deref().map(str::to_owned),
        ..row
    }
}

fn numbered(connection: &Connection, calls: &[CallNumber]) -> Result<Vec<(CallNumber, CallRow)>, Error> {
    let mut statement = connection.prepare_cached(ROWS)?;
    let rows = statement.query_map([Numbered(calls)], |row| {
        let mut columns = Columns::of(row);
        Ok((CallNumber(columns.take()?), call_row(&mut columns)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// From the call's id on.
fn call_row(columns: &mut Columns) -> rusqlite::Result<CallRow> {
    Ok(CallRow {
        id: CallId(columns.take()?),
        started_at: columns.take::<Millis>()?.0,
        direction: columns.take::<Text<_>>()?.0,
        remote: columns.remote()?,
        person: columns.id(PersonId)?,
        person_name: columns.take()?,
        line: columns.take()?,
        channel: columns.id(ChannelId)?,
        branch: columns.id(BranchId)?,
        result: columns.take::<Text<_>>()?.0,
        outcome: None,
        employee: columns.id(PersonId)?,
        agent: columns.take()?,
        caller_type: columns.id(CallerTypeId)?,
        topic: columns.id(TopicId)?,
        wait: columns.take::<Span>()?.0,
        talk: columns.take::<Span>()?.0,
        recording: columns.take()?,
        comment: columns.take()?,
        wrapped: columns.take()?,
        money: Money(0),
        familiarity: None,
        speciality: None,
        stands: true,
    })
}
