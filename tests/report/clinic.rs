//! Small random clinics in which everything that can be near everything else is: few people, few numbers, three days,
//! midnight in the middle.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use pult::domain::clinic::{
    CallRecord, LineRecord, Numbered, PersonRecord, TopicRecord, VisitRecord, WrapUpRecord,
};
use pult::domain::id::{PersonId, TopicId};
use pult::domain::money::Money;
use pult::domain::period::Period;
use pult::domain::person::PersonKind;
use pult::domain::phone::{Phone, Remote};
use pult::domain::visit::Stage;
use pult::engine::Figures;
use pult::store::clinic::{Records, put};
use pult::store::{Author, Store, directories};
use rusqlite::OptionalExtension as _;

pub const ZONE: Tz = chrono_tz::Europe::Moscow;

/// Numbers of one person, of a family of two, of nobody, of an employee.
pub const NUMBERS: [u64; 4] = [79_420_000_001, 79_420_000_002, 79_420_000_003, 79_760_000_001];

/// Whom each number belongs to.
pub const PEOPLE: [(&str, PersonKind, &[u64], Option<&str>); 5] = [
    ("p1", PersonKind::Patient, &[NUMBERS[0], NUMBERS[1]], None),
    ("p2", PersonKind::Patient, &[NUMBERS[1]], None),
    ("child", PersonKind::Patient, &[], Some("p1")),
    ("e1", PersonKind::Employee, &[NUMBERS[3]], None),
    ("e2", PersonKind::Employee, &[], None),
];

pub fn period() -> Period {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    Period { from: day(10), to: day(11) }
}

/// Minutes after 21:00 UTC of the ninth: local midnight of the tenth.
pub fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_258_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub calls: Vec<CallRecord>,
    pub visits: Vec<VisitRecord>,
}

pub struct Clinic {
    pub facts: Facts,
    pub store: Store,
    folder: tempfile::TempDir,
}

impl Clinic {
    pub fn open(facts: Facts) -> Clinic {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("clinic.db")).unwrap();
        let clinic = Clinic { facts, store, folder };
        clinic.put(Records::Lines(numbered([line("74950000001", Some("Сайт")), line("74950000002", None)])));
        clinic.put(Records::Topics(numbered(
            ["Гигиена", "Имплантация"].map(|name| TopicRecord { name: name.into() }),
        )));
        clinic.put(Records::People(numbered(PEOPLE.map(person))));
        clinic.put(Records::Visits(numbered(clinic.facts.visits.clone())));
        clinic.put(Records::Calls(numbered(clinic.facts.calls.clone())));
        clinic
    }

    pub fn put(&self, records: Records) {
        let author = Author { employee: None, at: at(0) };
        self.store.write(move |transaction| put(transaction, &records, &author, &mut || ())).unwrap();
    }

    /// Nothing is read yet.
    pub fn figures(&self) -> Figures {
        Figures::new(self.store.clone(), ZONE)
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("clinic.db")
    }

    /// As after the night.
    pub fn reopen(self) -> Clinic {
        self.reopen_after(|_| ())
    }

    /// Once something was done to the file, which nobody has open.
    pub fn reopen_after(self, change: impl FnOnce(&Path)) -> Clinic {
        let path = self.path();
        let Clinic { facts, store, folder } = self;
        drop(store);
        change(&path);
        Clinic { facts, store: Store::open(&path).unwrap(), folder }
    }

    pub fn person(&self, code: &str) -> PersonId {
        self.find(code).unwrap()
    }

    /// Whoever is still there.
    pub fn find(&self, code: &str) -> Option<PersonId> {
        let find = "SELECT id FROM people WHERE code = ?1";
        let found = self
            .store
            .read(|connection| Ok(connection.query_row(find, [code], |row| row.get(0)).optional()?));
        found.unwrap().map(PersonId)
    }

    pub fn topic(&self, name: &str) -> TopicId {
        let directories = self.store.read(directories::all).unwrap();
        directories.topics.iter().find(|topic| topic.name == name).unwrap().id
    }
}

pub fn numbered<T>(records: impl IntoIterator<Item = T>) -> Vec<Numbered<T>> {
    records
        .into_iter()
        .enumerate()
        .map(|(place, record)| Numbered { line: place as u64 + 2, record })
        .collect()
}

fn line(number: &str, channel: Option<&str>) -> LineRecord {
    LineRecord {
        number: number.into(),
        name: String::new(),
        channel: channel.map(str::to_owned),
        script: String::new(),
        branch: None,
        address: String::new(),
    }
}

pub fn person((code, kind, phones, parent): (&str, PersonKind, &[u64], Option<&str>)) -> PersonRecord {
    PersonRecord {
        code: code.into(),
        kind,
        name: format!("Имя {code}"),
        born: None,
        phones: phones.iter().map(|phone| Phone(*phone)).collect(),
        family: None,
        parent: parent.map(str::to_owned),
        account: Money(0),
        treatment_total: Money(0),
        insured_total: Money(0),
        policy: None,
        comment: String::new(),
        extra_comment: String::new(),
        extension: None,
        branch: None,
    }
}

/// An answered incoming call of `number`, `minutes` after the first midnight, of ten seconds' wait.
pub fn call(id: &str, number: u64, minutes: i64, talk: i64) -> CallRecord {
    let started_at = at(minutes);
    let wait = TimeDelta::seconds(10);
    CallRecord {
        snapshot: Snapshot {
            key: CallKey { provider: "test".into(), id: id.into() },
            direction: Direction::Incoming,
            remote: Remote::Number(Phone(number)),
            name: None,
            line: None,
            queue: None,
            phase: Phase::Ended,
            result: Some(CallResult::Answered),
            agent: None,
            holder: None,
            ringing: vec![],
            started_at,
            answered_at: Some(started_at + wait),
            ended_at: Some(started_at + wait + TimeDelta::minutes(talk)),
            wait: wait.to_std().unwrap(),
            talk: TimeDelta::minutes(talk).to_std().unwrap(),
            hold: Duration::ZERO,
            transfers: vec![],
            recording: None,
            advert: None,
            tags: vec![],
            settled: false,
        },
        wrapup: None,
    }
}

/// The same call, and then others of ours talked.
fn handed_over(mut call: CallRecord, transfers: Vec<Transfer>) -> CallRecord {
    let more: Duration = transfers.iter().map(|transfer| transfer.talk).sum();
    call.snapshot.ended_at = call.snapshot.ended_at.map(|at| at + more);
    call.snapshot.transfers = transfers;
    call
}

/// The same call, but nobody answered.
pub fn unanswered(mut call: CallRecord, result: CallResult) -> CallRecord {
    let snapshot = &mut call.snapshot;
    (snapshot.result, snapshot.answered_at, snapshot.talk) = (Some(result), None, Duration::ZERO);
    snapshot.transfers.clear();
    call
}

pub fn wrapup(who: Option<&str>, caller_type: Option<&str>) -> WrapUpRecord {
    WrapUpRecord {
        saved_at: at(5_000),
        employee: Some("e1".into()),
        who: who.map(str::to_owned),
        who_text: String::new(),
        about: None,
        caller_type: caller_type.map(str::to_owned),
        topic: None,
        comment: String::new(),
    }
}

/// A visit far ahead, booked `minutes` after the first midnight.
pub fn visit(code: &str, patient: &str, minutes: i64) -> VisitRecord {
    VisitRecord {
        code: code.into(),
        patient: patient.into(),
        branch: None,
        doctor: "Орлов А. В.".into(),
        speciality: String::new(),
        starts_at: at(20_000),
        minutes: 30,
        stage: Stage::Booked,
        booked_at: at(minutes),
        moved_at: None,
        cancelled_at: None,
        money: Money(0),
        comment: String::new(),
    }
}

/// From some hours before the period to some after it, most of them about one midnight and every five minutes,
/// so that things meet.
pub fn moment() -> impl Strategy<Value = i64> {
    prop_oneof![1 => -80i64..660, 3 => 264i64..312].prop_map(|fives| fives * 5)
}

pub fn clinics() -> impl Strategy<Value = Facts> {
    let calls = prop::collection::vec(random_call(), 0..18);
    let visits = prop::collection::vec(random_visit(), 0..10);
    (calls, visits).prop_map(|(mut calls, mut visits)| {
        for (place, call) in calls.iter_mut().enumerate() {
            call.snapshot.key.id = format!("c{place}");
        }
        for (place, visit) in visits.iter_mut().enumerate() {
            visit.code = format!("v{place}");
        }
        Facts { calls, visits }
    })
}

fn transfers() -> impl Strategy<Value = Vec<Transfer>> {
    let transfer = (0u64..10).prop_map(|minutes| Transfer {
        kind: TransferKind::Blind,
        to: "102".into(),
        talk: Duration::from_secs(minutes * 60),
    });
    prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(transfer, 1..3)]
}

pub fn random_call() -> impl Strategy<Value = CallRecord> {
    let remote = prop_oneof![
        5 => prop::sample::select(&NUMBERS[..]).prop_map(|number| Remote::Number(Phone(number))),
        5 => Just(Remote::Number(Phone(NUMBERS[1]))),
        1 => Just(Remote::Withheld),
        1 => Just(Remote::Other("*21".into())),
    ];
    let way = prop_oneof![
        6 => Just((Direction::Incoming, CallResult::Answered)),
        3 => Just((Direction::Incoming, CallResult::Missed)),
        1 => Just((Direction::Incoming, CallResult::Rejected)),
        3 => Just((Direction::Outgoing, CallResult::Answered)),
        1 => Just((Direction::Outgoing, CallResult::Busy)),
        1 => Just((Direction::Internal, CallResult::Answered)),
    ];
    let line =
        prop::sample::select(vec![None, Some("74950000001"), Some("74950000002"), Some("74959999999")]);
    let talk = (0i64..40, transfers());
    (remote, way, line, moment(), talk, prop::option::of(random_wrapup())).prop_map(
        |(remote, (direction, result), line, minutes, (talk, transfers), wrapup)| {
            let mut record = handed_over(call("", 0, minutes, talk), transfers);
            if result != CallResult::Answered {
                record = unanswered(record, result);
            }
            record.snapshot.remote = remote;
            record.snapshot.direction = direction;
            record.snapshot.line = line.map(str::to_owned);
            CallRecord { wrapup, ..record }
        },
    )
}

fn random_wrapup() -> impl Strategy<Value = WrapUpRecord> {
    let types = vec![
        None,
        Some("Пациент. Хочет записаться"),
        Some("Пациент. Уже записан"),
        Some("Пациент. Задача CRM"),
        Some("Сотрудник"),
    ];
    (
        prop::option::of(prop::sample::select(vec!["p1", "p2", "e1"])),
        prop::option::weighted(0.2, prop::sample::select(vec!["child", "p2"])),
        prop::sample::select(types),
        prop::option::of(prop::sample::select(vec!["Гигиена", "Имплантация"])),
        prop::sample::select(vec!["e1", "e2"]),
    )
        .prop_map(|(who, about, caller_type, topic, employee)| WrapUpRecord {
            employee: Some(employee.to_owned()),
            about: about.map(str::to_owned),
            topic: topic.map(str::to_owned),
            ..wrapup(who, caller_type)
        })
}

pub fn random_visit() -> impl Strategy<Value = VisitRecord> {
    let stage =
        prop::sample::select(vec![Stage::Booked, Stage::Held, Stage::Held, Stage::Cancelled, Stage::Lost]);
    (
        prop::sample::select(vec!["p1", "p2", "child"]),
        (moment(), prop::sample::select(vec![0, 9_999, 10_000, 10_001])),
        prop::option::of(moment()),
        prop::option::of(moment()),
        stage,
        moment(),
        1i64..100_000,
    )
        .prop_map(|(patient, (booked, late), moved, cancelled, stage, starts, money)| VisitRecord {
            // Talks begin and end ten seconds after a whole minute: the edges of their windows are among these.
            booked_at: at(booked) + TimeDelta::milliseconds(late),
            moved_at: moved.map(at),
            cancelled_at: cancelled.map(at),
            stage,
            starts_at: at(starts),
            money: Money(if stage == Stage::Held { money } else { 0 }),
            ..visit("", patient, booked)
        })
}
