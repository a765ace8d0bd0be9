//! What happens to a clinic after it was opened: one change after another, each of a kind that bears on facts.

use std::time::Duration;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use pult::domain::call::CallKey;
use pult::domain::clinic::{CallRecord, LineRecord, VisitRecord};
use pult::domain::id::CallerTypeId;
use pult::domain::phone::Phone;
use pult::domain::wrapup::Fields;
use pult::store::clinic::{Records, put};
use pult::store::{Author, Error, calls, people, wrapups};

use crate::clinic::{Clinic, NUMBERS, at, moment, numbered, random_call, random_visit};

pub const COMMENTS: [&str; 4] = ["", "зуб болит", "ёлка", "Больница, зубы"];
const PEOPLE: [&str; 5] = ["p1", "p2", "child", "e1", "e2"];

#[derive(Clone, Debug)]
pub enum Step {
    /// A call ends that was not here, or more is known of one that was.
    Call(u8, Box<CallRecord>),
    Save(u8, Said),
    Undo(u8),
    Merge(u8, u8),
    Phone(usize, usize),
    Visit(u8, Box<VisitRecord>),
    /// The line leads to another channel and branch, or to none.
    Line(usize, u8),
    /// Whatever else may be written, as SQL; a person's or a call's place in it is filled in.
    Sql(&'static str, usize, u8),
}

#[derive(Clone, Debug)]
pub struct Said {
    who: Option<usize>,
    about: Option<usize>,
    caller_type: Option<u8>,
    comment: usize,
    minutes: i64,
}

/// `:person` is an id, `:call` a provider's id.
const STATEMENTS: [&str; 17] = [
    "DELETE FROM person_phones WHERE person = :person",
    "UPDATE people SET parent = NULL WHERE id = :person",
    "UPDATE people SET parent = (SELECT id FROM people WHERE code = 'p2') WHERE id = :person AND code <> 'p2'",
    "UPDATE people SET kind = CASE kind WHEN 'patient' THEN 'counterparty' ELSE 'patient' END WHERE id = :person",
    "DELETE FROM visits WHERE patient = :person AND code < 'v5'",
    "DELETE FROM visit_events WHERE kind = 'cancelled' AND visit IN (SELECT id FROM visits WHERE patient = :person)",
    "UPDATE visits SET patient = coalesce((SELECT id FROM people WHERE code = 'p2'), patient) WHERE patient = :person",
    "UPDATE visits SET stage = 'held', money = 700, speciality = 'Хирург' WHERE patient = :person",
    "UPDATE calls SET recording = 'a.mp3' WHERE provider_id = :call",
    "UPDATE calls SET mute = 1 - mute WHERE provider_id = :call",
    "UPDATE calls SET channel = (SELECT min(id) FROM channels) WHERE provider_id = :call",
    "UPDATE calls SET channel = NULL WHERE provider_id = :call",
    "UPDATE calls SET phone = 79420000003, other = NULL WHERE provider_id = :call",
    "INSERT OR REPLACE INTO call_transfers SELECT id, 0, 'blind', '102', 60000, 0, NULL FROM calls WHERE provider_id = :call AND result = 'answered'",
    "UPDATE calls SET started_at = started_at + 3600000 WHERE provider_id = :call",
    "UPDATE caller_types SET counts = 1 - counts WHERE name = 'Сотрудник'",
    "DELETE FROM lines WHERE number = '74950000001'",
];

/// A call and what hangs on it leave the file.
const NO_CALL: &str = "
    DELETE FROM drafts WHERE call IN (SELECT id FROM calls WHERE provider_id = :call);
    DELETE FROM wrapups WHERE call IN (SELECT id FROM calls WHERE provider_id = :call);
    UPDATE people SET remembered_by = NULL WHERE remembered_by IN (SELECT id FROM calls WHERE provider_id = :call);
    DELETE FROM calls WHERE provider_id = :call";

/// A person who asked to be forgotten.
const NO_PERSON: &str = "
    DELETE FROM visits WHERE patient = :person;
    UPDATE wrapups SET who = NULL WHERE who = :person;
    UPDATE wrapups SET about = NULL WHERE about = :person;
    UPDATE drafts SET who = NULL, about = NULL WHERE :person IN (who, about);
    UPDATE calls SET person = NULL WHERE person = :person;
    UPDATE people SET parent = NULL WHERE parent = :person;
    DELETE FROM employees WHERE person = :person;
    DELETE FROM people WHERE id = :person";

/// Each with what is asked after it.
pub fn steps() -> impl Strategy<Value = Vec<(Step, usize)>> {
    let person = 0..PEOPLE.len();
    let step = prop_oneof![
        4 => (0u8..24, random_call()).prop_map(|(id, call)| Step::Call(id, Box::new(call))),
        4 => (0u8..18, said()).prop_map(|(call, said)| Step::Save(call, said)),
        2 => (0u8..18).prop_map(Step::Undo),
        1 => (0u8..24, 0u8..18).prop_map(|(gone, into)| Step::Merge(gone, into)),
        2 => (person.clone(), 0..NUMBERS.len()).prop_map(|(person, number)| Step::Phone(person, number)),
        3 => (0u8..12, random_visit()).prop_map(|(id, visit)| Step::Visit(id, Box::new(visit))),
        2 => (0usize..2, 0u8..3).prop_map(|(line, channel)| Step::Line(line, channel)),
        5 => (prop::sample::select(&STATEMENTS[..]), person.clone(), 0u8..18)
            .prop_map(|(sql, person, call)| Step::Sql(sql, person, call)),
        2 => (person, 0u8..18).prop_map(|(person, call)| Step::Sql(NO_PERSON, person, call)),
        1 => (0u8..18).prop_map(|call| Step::Sql(NO_CALL, 0, call)),
    ];
    prop::collection::vec((step, any::<usize>()), 3..10)
}

fn said() -> impl Strategy<Value = Said> {
    (
        prop::option::of(0..PEOPLE.len()),
        prop::option::weighted(0.3, 0..PEOPLE.len()),
        prop::option::of(1u8..8),
        0..COMMENTS.len(),
        moment(),
    )
        .prop_map(|(who, about, caller_type, comment, minutes)| Said {
            who,
            about,
            caller_type,
            comment,
            minutes,
        })
}

impl Step {
    /// What does not fit (somebody is gone, nothing is left to undo) is refused and changes nothing.
    pub fn take(self, clinic: &Clinic) {
        let done = match self {
            Step::Call(id, mut call) => {
                call.snapshot.key.id = format!("c{id}");
                import(clinic, Records::Calls(numbered([*call])))
            }
            Step::Visit(id, mut visit) => {
                visit.code = format!("v{id}");
                import(clinic, Records::Visits(numbered([*visit])))
            }
            Step::Line(line, channel) => import(clinic, Records::Lines(numbered([moved(line, channel)]))),
            Step::Save(call, said) => said.save(clinic, call),
            Step::Undo(call) => undo(clinic, call),
            Step::Merge(gone, into) => merge(clinic, gone, into),
            Step::Phone(person, number) => add_phone(clinic, person, number),
            Step::Sql(sql, person, call) => run(clinic, sql, person, call),
        };
        let fits = matches!(done, Ok(()) | Err(Error::Refused(_) | Error::NotFound | Error::NothingToUndo));
        assert!(fits, "{done:?}");
    }
}

fn author(at: DateTime<Utc>) -> Author {
    Author { employee: None, at }
}

fn import(clinic: &Clinic, records: Records) -> Result<(), Error> {
    clinic.store.write(move |tx| put(tx, &records, &author(at(0)), &mut || ()).map(drop))
}

fn moved(line: usize, channel: u8) -> LineRecord {
    LineRecord {
        number: ["74950000001", "74950000002"][line].into(),
        name: String::new(),
        channel: (channel > 0).then(|| format!("Канал {channel}")),
        script: String::new(),
        branch: (channel > 1).then(|| "Центр".into()),
        address: String::new(),
    }
}

fn key(call: u8) -> CallKey {
    CallKey { provider: "test".into(), id: format!("c{call}") }
}

fn undo(clinic: &Clinic, call: u8) -> Result<(), Error> {
    clinic.store.write(move |tx| {
        let call = calls::id_of(tx, &key(call))?.ok_or(Error::NotFound)?;
        wrapups::undo(tx, call, &author(at(6_000))).map(drop)
    })
}

fn merge(clinic: &Clinic, gone: u8, into: u8) -> Result<(), Error> {
    if gone == into {
        return Ok(());
    }
    clinic.store.write(move |tx| calls::merge(tx, &key(gone), &key(into), &author(at(0))).map(drop))
}

fn add_phone(clinic: &Clinic, person: usize, number: usize) -> Result<(), Error> {
    let Some(person) = clinic.find(PEOPLE[person]) else { return Ok(()) };
    clinic.store.write(move |tx| people::add_phone(tx, person, Phone(NUMBERS[number]), false, &author(at(0))))
}

fn run(clinic: &Clinic, sql: &'static str, person: usize, call: u8) -> Result<(), Error> {
    let person =
        clinic.find(PEOPLE[person]).map_or_else(|| "NULL".into(), |id| format!("x'{}'", id.0.simple()));
    let sql = sql.replace(":person", &person).replace(":call", &format!("'c{call}'"));
    clinic.store.write(move |tx| Ok(tx.execute_batch(&sql)?))
}

impl Said {
    fn save(self, clinic: &Clinic, call: u8) -> Result<(), Error> {
        let person = |place: Option<usize>| place.and_then(|place| clinic.find(PEOPLE[place]));
        let types = 0x018C_C251_F400_7000_8000_0000_0000_0000_u128;
        let fields = Fields {
            who: person(self.who),
            who_text: String::new(),
            about: person(self.about),
            caller_type: self
                .caller_type
                .map(|number| CallerTypeId(uuid::Uuid::from_u128(types + u128::from(number)))),
            topic: Some(clinic.topic("Гигиена")).filter(|_| self.comment > 1),
            comment: COMMENTS[self.comment].into(),
        };
        let author = Author { employee: clinic.find("e2"), at: at(self.minutes) + Duration::from_secs(7) };
        clinic.store.write(move |tx| {
            let call = calls::id_of(tx, &key(call))?.ok_or(Error::NotFound)?;
            wrapups::save(tx, call, &fields, &author).map(drop)
        })
    }
}
