//! Reads a world: everybody at once, or some by name.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::thread;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Params, Row};

use super::{Deal, Known, LineOf, Seen, Who, World};
use crate::domain::fact::CallNumber;
use crate::domain::id::{BranchId, CallId, ChannelId, PersonId};
use crate::domain::link::Deed;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::visit::Stage;
use crate::store::{E164, Error, Millis, Span, Text, directories};

const PEOPLE: &str = "SELECT id, number, kind, parent FROM people";
const OWNERS: &str = "SELECT phone, person FROM person_phones";
const TRANSFERS: &str = "SELECT call, talk_ms FROM call_transfers";
/// A visit as many times as something was done with it, one after the other.
const VISITS: &str =
    "SELECT visit.rowid, visit.patient, visit.starts_at, visit.stage, visit.money, visit.speciality,
        deed.kind, deed.at
    FROM visits AS visit LEFT JOIN visit_events AS deed ON deed.visit = visit.id";

/// Whom a few calls concern.
pub struct Scope {
    /// With their parents and children.
    pub people: BTreeSet<PersonId>,
    pub phones: BTreeSet<Phone>,
    pub calls: BTreeSet<CallNumber>,
}

impl World {
    /// Everybody, read by two threads: people by one, what was done with their visits by the other.
    pub fn whole(one: &Connection, other: &mut Connection) -> Result<World, Error> {
        thread::scope(|scope| {
            let visits = scope.spawn(move || {
                let mut visits = Visits::default();
                visits.read(other, VISITS, []).map(|()| visits)
            });
            let mut loading = Loading::new(one)?;
            loading.people(PEOPLE, [])?;
            loading.owners(OWNERS, [])?;
            loading.transfers(TRANSFERS, [])?;
            Ok(loading.finish(visits.join().map_err(|_| Error::Fault)??))
        })
    }

    pub fn around(connection: &Connection, scope: &Scope) -> Result<World, Error> {
        let mut loading = Loading::new(connection)?;
        let mut visits = Visits::default();
        for person in &scope.people {
            loading.people(&format!("{PEOPLE} WHERE id = ?1"), [person.0])?;
            let of_person = format!("{VISITS} WHERE visit.patient = ?1 ORDER BY visit.rowid");
            visits.read(connection, &of_person, [person.0])?;
        }
        for phone in &scope.phones {
            loading.owners(&format!("{OWNERS} WHERE phone = ?1"), [E164(*phone)])?;
        }
        for call in &scope.calls {
            let of_call = format!("{TRANSFERS} WHERE call = (SELECT id FROM calls WHERE number = ?1)");
            loading.transfers(&of_call, [call.0])?;
        }
        Ok(loading.finish(visits))
    }
}

struct Loading<'c> {
    connection: &'c Connection,
    world: World,
    /// As they came: who is named first may be read last.
    parents: Vec<Option<PersonId>>,
}

impl Loading<'_> {
    fn new(connection: &Connection) -> Result<Loading<'_>, Error> {
        let mut lines = connection.prepare_cached("SELECT number, channel, branch FROM lines")?;
        let line = |row: &Row| {
            let channel = row.get::<_, Option<_>>(1)?.map(ChannelId);
            Ok((row.get(0)?, LineOf { channel, branch: row.get::<_, Option<_>>(2)?.map(BranchId) }))
        };
        let world = World {
            lines: lines.query_map([], line)?.collect::<Result<_, _>>()?,
            types: directories::caller_types(connection)?,
            ..World::default()
        };
        Ok(Loading { connection, world, parents: vec![] })
    }

    fn people(&mut self, sql: &str, scope: impl Params) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(scope)?;
        while let Some(row) = rows.next()? {
            self.world.places.insert(PersonId(row.get(0)?), Who(self.world.people.len() as u32));
            self.parents.push(row.get::<_, Option<_>>(3)?.map(PersonId));
            let (number, kind) = (row.get(1)?, row.get::<_, Text<_>>(2)?.0);
            self.world.people.push(Known { number, kind, parent: None, visits: 0..0 });
        }
        Ok(())
    }

    fn owners(&mut self, sql: &str, scope: impl Params) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(scope)?;
        while let Some(row) = rows.next()? {
            if let Some(owner) = self.world.who(PersonId(row.get(1)?)) {
                self.world.owners.entry(row.get::<_, E164>(0)?.0).or_default().push(owner);
            }
        }
        Ok(())
    }

    fn transfers(&mut self, sql: &str, scope: impl Params) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(scope)?;
        while let Some(row) = rows.next()? {
            *self.world.transfers.entry(CallId(row.get(0)?)).or_default() += row.get::<_, Span>(1)?.0;
        }
        Ok(())
    }

    fn finish(self, visits: Visits) -> World {
        let Loading { mut world, parents, .. } = self;
        for (place, parent) in parents.into_iter().enumerate() {
            world.people[place].parent = parent.and_then(|parent| world.who(parent));
        }
        world.add_visits(visits);
        world
    }
}

impl World {
    /// Those of people who are here; whose visit is nobody's, it is no call's either.
    fn add_visits(&mut self, visits: Visits) {
        let Visits { seen, patients, mut deals, .. } = visits;
        let mut places = vec![None; seen.len()];
        let known = seen.into_iter().zip(patients).enumerate();
        let known = known.filter_map(|(read, (visit, patient))| {
            Some((Seen { patient: self.who(patient)?, ..visit }, read))
        });
        let mut by_patient: Vec<(Seen, usize)> = known.collect();
        by_patient.sort_unstable_by_key(|(visit, read)| (visit.patient, *read));
        for (place, (visit, read)) in by_patient.iter().enumerate() {
            places[*read] = Some(place as u32);
            let visits = &mut self.people[visit.patient.0 as usize].visits;
            let from = if visits.start == visits.end { place } else { visits.start };
            *visits = from..place + 1;
        }
        deals.retain_mut(|deal| {
            let place = places[deal.visit as usize];
            deal.visit = place.unwrap_or_default();
            place.is_some()
        });
        deals.sort_unstable_by_key(|deal| deal.at);
        self.visits = by_patient.into_iter().map(|(visit, _)| visit).collect();
        self.deals = deals;
    }
}

#[derive(Default)]
struct Visits {
    seen: Vec<Seen>,
    /// Of each of them.
    patients: Vec<PersonId>,
    deals: Vec<Deal>,
    specialities: HashSet<Arc<str>>,
}

impl Visits {
    fn read(&mut self, connection: &Connection, sql: &str, scope: impl Params) -> Result<(), Error> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(scope)?;
        let mut last: Option<i64> = None;
        while let Some(row) = rows.next()? {
            let id = Some(row.get(0)?);
            if id != last {
                let seen = self.visit(row)?;
                self.seen.push(seen);
                self.patients.push(PersonId(row.get(1)?));
                last = id;
            }
            if let (Some(deed), Some(at)) =
                (row.get::<_, Option<Text<Deed>>>(6)?, row.get::<_, Option<Millis>>(7)?)
            {
                self.note(deed.0, at.0);
            }
        }
        Ok(())
    }

    fn visit(&mut self, row: &Row) -> Result<Seen, Error> {
        let held = row.get::<_, Text<Stage>>(3)?.0 == Stage::Held;
        let speciality = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        Ok(Seen {
            // Known when everybody is.
            patient: Who(0),
            starts_at: row.get::<_, Millis>(2)?.0,
            held,
            money: if held { Money(row.get(4)?) } else { Money(0) },
            speciality: self.speciality(speciality),
            first_booked: DateTime::<Utc>::MAX_UTC,
            first_cancelled: DateTime::<Utc>::MAX_UTC,
        })
    }

    fn speciality(&mut self, name: &str) -> Arc<str> {
        match self.specialities.get(name) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = name.into();
                self.specialities.insert(new.clone());
                new
            }
        }
    }

    /// Of the visit read last.
    fn note(&mut self, deed: Deed, at: DateTime<Utc>) {
        let Some(visit) = self.seen.last_mut() else { return };
        match deed {
            Deed::Booked => visit.first_booked = visit.first_booked.min(at),
            Deed::Cancelled => visit.first_cancelled = visit.first_cancelled.min(at),
            Deed::Moved => {}
        }
        self.deals.push(Deal { at, deed, visit: self.seen.len() as u32 - 1 });
    }
}
