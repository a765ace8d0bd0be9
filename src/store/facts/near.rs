//! Which calls may bear on which: those of the same number and of the same people, their parents and their children,
//! at about the same time. Rather too many than too few.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, params};

use super::bulk::MARGIN;
use super::log::Touched;
use crate::domain::fact::CallNumber;
use crate::domain::id::PersonId;
use crate::domain::phone::Phone;
use crate::store::{E164, Error, Millis};

pub(super) type Calls = BTreeSet<CallNumber>;

/// From and to, both included.
type Time = (DateTime<Utc>, DateTime<Utc>);

const ALWAYS: Time = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);

/// What is not a call's may be of any time at all.
fn about(at: DateTime<Utc>) -> Time {
    let (from, to) = (at.checked_sub_signed(MARGIN), at.checked_add_signed(MARGIN));
    (from.unwrap_or(ALWAYS.0), to.unwrap_or(ALWAYS.1))
}

/// People and numbers, each with the times at which their calls are meant.
pub(super) struct Near<'c> {
    connection: &'c Connection,
    pub people: BTreeMap<PersonId, Vec<Time>>,
    pub phones: BTreeMap<Phone, Vec<Time>>,
}

/// What was touched itself: the neighbours come on top.
/// Not all when there are more than `most`.
pub(super) fn touched(connection: &Connection, touched: &Touched, most: usize) -> Result<Calls, Error> {
    let (mut near, mut kin) = (Near::new(connection), Near::new(connection));
    for (person, at) in &touched.people {
        match at {
            Some(at) => kin.person(*person, about(*at)),
            None => near.person_and_deeds(*person)?,
        }
    }
    for (phone, at) in &touched.phones {
        near.phones.entry(*phone).or_default().push(at.map_or(ALWAYS, about));
        // A call that left the number left its owners too: their other numbers' calls may have leant on it.
        if let Some(at) = at {
            kin.owners(*phone, about(*at))?;
        }
    }
    kin.add_kin()?;
    let mut calls = touched.calls.clone();
    calls.append(&mut near.calls(most)?);
    calls.append(&mut kin.calls(most)?);
    Ok(calls)
}

impl<'c> Near<'c> {
    fn new(connection: &'c Connection) -> Near<'c> {
        Near { connection, people: BTreeMap::new(), phones: BTreeMap::new() }
    }

    /// All calls there are with one person or about them, and of those who share their numbers.
    pub fn always(connection: &'c Connection, person: PersonId) -> Near<'c> {
        let mut near = Near::new(connection);
        near.person(person, ALWAYS);
        near
    }

    /// Whom these calls concern, and when.
    pub fn of(connection: &'c Connection, calls: &Calls) -> Result<Near<'c>, Error> {
        let mut near = Near::new(connection);
        calls.iter().try_for_each(|call| near.call(*call))?;
        Ok(near)
    }

    fn call(&mut self, call: CallNumber) -> Result<(), Error> {
        let mut find = self
            .connection
            .prepare_cached("SELECT started_at, phone, person FROM calls WHERE number = ?1")?;
        let mut rows = find.query([call.0])?;
        let Some(row) = rows.next()? else { return Ok(()) };
        let time = about(row.get::<_, Millis>(0)?.0);
        if let Some(E164(phone)) = row.get(1)? {
            self.phones.entry(phone).or_default().push(time);
            self.owners(phone, time)?;
        }
        if let Some(person) = row.get(2)? {
            self.person(PersonId(person), time);
        }
        // Those too who were named once and are no more.
        let named = "SELECT who FROM wrapups JOIN calls ON calls.id = call WHERE number = ?1 AND who IS NOT NULL
            UNION SELECT about FROM wrapups JOIN calls ON calls.id = call WHERE number = ?1 AND about IS NOT NULL";
        for person in self.list(named, [call.0])? {
            self.person(PersonId(person), time);
        }
        Ok(())
    }

    fn owners(&mut self, phone: Phone, time: Time) -> Result<(), Error> {
        for owner in self.list("SELECT person FROM person_phones WHERE phone = ?1", [E164(phone)])? {
            self.person(PersonId(owner), time);
        }
        Ok(())
    }

    fn person(&mut self, person: PersonId, time: Time) {
        self.people.entry(person).or_default().push(time);
    }

    /// The person at all times, the parent when something was done with the person's visits: they may have spoken
    /// for them.
    fn person_and_deeds(&mut self, person: PersonId) -> Result<(), Error> {
        self.person(person, ALWAYS);
        let parents =
            self.list("SELECT parent FROM people WHERE id = ?1 AND parent IS NOT NULL", [person.0])?;
        let deeds = "SELECT at FROM visits JOIN visit_events ON visit = id WHERE patient = ?1";
        for parent in parents {
            for Millis(at) in self.list(deeds, [person.0])? {
                self.person(PersonId(parent), about(at));
            }
        }
        Ok(())
    }

    /// Parents and children, at the same times.
    pub fn add_kin(&mut self) -> Result<(), Error> {
        let kin = "SELECT parent FROM people WHERE id = ?1 AND parent IS NOT NULL
            UNION SELECT id FROM people WHERE parent = ?1";
        for (person, times) in self.people.clone() {
            for relative in self.list(kin, [person.0])? {
                self.people.entry(PersonId(relative)).or_default().extend_from_slice(&times);
            }
        }
        Ok(())
    }

    /// Whatever stands in these numbers or people at these times, internal and unfinished calls too. One more than
    /// `most` when there are more.
    pub fn calls(&self, most: usize) -> Result<Calls, Error> {
        let mut phones = self.phones.clone();
        let mut calls = Calls::new();
        for (person, times) in &self.people {
            for E164(phone) in self.list("SELECT phone FROM person_phones WHERE person = ?1", [person.0])? {
                phones.entry(phone).or_default().extend_from_slice(times);
            }
            for (from, to) in merged(times) {
                let time = params![person.0, from.timestamp_millis(), to.timestamp_millis()];
                self.add(&mut calls, most, WITH, time)?;
                self.add(&mut calls, most, ABOUT, time)?;
            }
        }
        for (phone, times) in &phones {
            for (from, to) in merged(times) {
                let time = params![E164(*phone), from.timestamp_millis(), to.timestamp_millis()];
                self.add(&mut calls, most, OF, time)?;
            }
        }
        Ok(calls)
    }

    fn add(&self, calls: &mut Calls, most: usize, sql: &str, parameters: impl Params) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        while calls.len() <= most
            && let Some(row) = rows.next()?
        {
            calls.insert(CallNumber(row.get(0)?));
        }
        Ok(())
    }

    fn list<T: FromSql>(&self, sql: &str, parameters: impl Params) -> Result<Vec<T>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map(parameters, |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

const WITH: &str = "SELECT number FROM calls WHERE person = ?1 AND started_at BETWEEN ?2 AND ?3";
const OF: &str = "SELECT number FROM calls WHERE phone = ?1 AND started_at BETWEEN ?2 AND ?3";
const ABOUT: &str = "SELECT number FROM wrapups CROSS JOIN calls ON calls.id = wrapups.call
    WHERE about = ?1 AND started_at BETWEEN ?2 AND ?3";

/// Those that overlap as one.
fn merged(times: &[Time]) -> Vec<Time> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let mut apart: Vec<Time> = vec![];
    for (from, to) in sorted {
        match apart.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => apart.push((from, to)),
        }
    }
    apart
}
