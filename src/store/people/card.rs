//! The sidebar's content: one person, whole.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::domain::id::{BranchId, FamilyId, PersonId, TaskId, VisitId};
use crate::domain::money::Money;
use crate::domain::person::{Card, PersonBrief, PersonPhone, Policy};
use crate::domain::visit::{Attendance, Task, Visit};

use super::{brief, briefs};
use crate::store::{Day, E164, Error, Millis, Text};

/// `now` decides which visits are to come; the clinic's day of it, which policy is in force.
pub fn card(
    connection: &Connection,
    id: PersonId,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Option<Card>, Error> {
    let Some(about) = brief(connection, id)? else { return Ok(None) };
    let rest = rest(connection, id)?;
    let relatives = relatives(connection, id)?;
    let visits = visits(connection, id)?;
    let attendance = Attendance::of(&visits, now);
    Ok(Some(Card {
        id,
        kind: about.kind,
        name: about.name,
        born: about.born,
        phones: phones(connection, id)?,
        parent: rest.parent.map(|parent| brief(connection, parent)).transpose()?.flatten(),
        family: rest.family,
        family_total: match relatives.is_empty() {
            true => None,
            false => Some(family_total(connection, rest.family)?),
        },
        relatives,
        account: rest.account,
        treatment_total: rest.treatment_total,
        insured_total: rest.insured_total,
        policy: policy(connection, id, today)?,
        comment: rest.comment,
        extra_comment: rest.extra_comment,
        visits_kept: attendance.kept,
        visits_due: attendance.due,
        last_visit: attendance.last,
        future_visits: visits.into_iter().filter(|visit| visit.is_to_come(now)).collect(),
        tasks: open_tasks(connection, id)?,
    }))
}

/// What stands in the person's own row and account beside the brief.
struct Rest {
    parent: Option<PersonId>,
    family: Option<FamilyId>,
    comment: String,
    extra_comment: String,
    account: Money,
    treatment_total: Money,
    insured_total: Money,
}

fn rest(connection: &Connection, id: PersonId) -> Result<Rest, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT parent, family, comment, extra_comment, coalesce(balance, 0), coalesce(treatment_total, 0),
             coalesce(insured_total, 0)
         FROM people LEFT JOIN accounts ON accounts.person = people.id WHERE id = ?1",
    )?;
    Ok(statement.query_row([id.0], |row| {
        Ok(Rest {
            parent: row.get::<_, Option<_>>(0)?.map(PersonId),
            family: row.get::<_, Option<_>>(1)?.map(FamilyId),
            comment: row.get(2)?,
            extra_comment: row.get(3)?,
            account: Money(row.get(4)?),
            treatment_total: Money(row.get(5)?),
            insured_total: Money(row.get(6)?),
        })
    })?)
}

fn phones(connection: &Connection, id: PersonId) -> Result<Vec<PersonPhone>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT phone, is_primary FROM person_phones WHERE person = ?1 ORDER BY is_primary DESC, changed_at, phone",
    )?;
    let phones = statement
        .query_map([id.0], |row| Ok(PersonPhone { phone: row.get::<_, E164>(0)?.0, primary: row.get(1)? }))?;
    Ok(phones.collect::<Result<_, _>>()?)
}

fn relatives(connection: &Connection, id: PersonId) -> Result<Vec<PersonBrief>, Error> {
    briefs(
        connection,
        "WHERE family = (SELECT family FROM people WHERE id = ?1) AND id <> ?1 ORDER BY born, name",
        [id.0],
    )
}

fn family_total(connection: &Connection, family: Option<FamilyId>) -> Result<Money, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(treatment_total), 0)
         FROM people JOIN accounts ON accounts.person = people.id WHERE family = ?1",
    )?;
    Ok(statement.query_row([family.map(|family| family.0)], |row| row.get(0)).map(Money)?)
}

/// One in force before any other, the one that lasts longest first.
fn policy(connection: &Connection, id: PersonId, today: NaiveDate) -> Result<Option<Policy>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT insurer, number, from_day, until_day FROM policies WHERE person = ?1
         ORDER BY ?2 BETWEEN from_day AND until_day DESC, until_day DESC LIMIT 1",
    )?;
    let policy = statement.query_row(rusqlite::params![id.0, Day(today)], |row| {
        Ok(Policy {
            insurer: row.get(0)?,
            number: row.get(1)?,
            from: row.get::<_, Day>(2)?.0,
            until: row.get::<_, Day>(3)?.0,
        })
    });
    Ok(policy.optional()?)
}

/// All visits, soonest first.
fn visits(connection: &Connection, patient: PersonId) -> Result<Vec<Visit>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, patient, branch, doctor, speciality, starts_at, minutes, stage, money, comment,
             (SELECT min(at) FROM visit_events WHERE visit = id AND kind = 'booked') AS booked_at,
             (SELECT max(at) FROM visit_events WHERE visit = id AND kind = 'moved') AS moved_at,
             (SELECT max(at) FROM visit_events WHERE visit = id AND kind = 'cancelled') AS cancelled_at,
             changed_at
         FROM visits WHERE patient = ?1 ORDER BY starts_at",
    )?;
    Ok(statement.query_map([patient.0], visit)?.collect::<Result<_, _>>()?)
}

fn visit(row: &Row) -> rusqlite::Result<Visit> {
    let instant =
        |column: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<Millis>>(column)?.map(|at| at.0));
    Ok(Visit {
        id: VisitId(row.get("id")?),
        patient: PersonId(row.get("patient")?),
        branch: row.get::<_, Option<_>>("branch")?.map(BranchId),
        doctor: row.get("doctor")?,
        speciality: row.get("speciality")?,
        starts_at: row.get::<_, Millis>("starts_at")?.0,
        minutes: row.get("minutes")?,
        stage: row.get::<_, Text<_>>("stage")?.0,
        // Where the clinic's system did not say when it was booked, it was when we first heard of it.
        booked_at: match instant("booked_at")? {
            Some(at) => at,
            None => row.get::<_, Millis>("changed_at")?.0,
        },
        moved_at: instant("moved_at")?,
        cancelled_at: instant("cancelled_at")?,
        money: Money(row.get("money")?),
        comment: row.get("comment")?,
    })
}

fn open_tasks(connection: &Connection, person: PersonId) -> Result<Vec<Task>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, text, due_at FROM tasks WHERE person = ?1 AND done_at IS NULL ORDER BY due_at, id",
    )?;
    let tasks = statement.query_map([person.0], |row| {
        Ok(Task {
            id: TaskId(row.get(0)?),
            person,
            text: row.get(1)?,
            due_at: row.get::<_, Millis>(2)?.0,
            done_at: None,
        })
    })?;
    Ok(tasks.collect::<Result<_, _>>()?)
}
