//! The other side: the same calls as plain columns for DuckDB, the same questions, and its answers.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{NaiveDate, TimeDelta};
use pult::domain::call::{CallResult, Direction};
use pult::domain::fact::{Fact, Party};
use pult::domain::outcome::Outcome;
use pult::domain::report::{Familiarity, Group, Kind, Measures, Query, Table};
use pult::domain::{id, money::Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clinic::{ZONE, first_day};

/// Names and numpy types of the columns.
const COLUMNS: [(&str, &str); 21] = [
    ("number", "u4"),
    ("day", "u2"),
    ("began", "u4"),
    ("party", "u4"),
    ("employee", "u2"),
    ("topic", "u1"),
    ("caller_type", "u1"),
    ("line", "u1"),
    ("channel", "u1"),
    ("branch", "u1"),
    ("direction", "u1"),
    ("outcome", "u1"),
    ("familiarity", "u1"),
    ("counts", "u1"),
    ("taken", "u1"),
    ("missed", "u1"),
    ("booked", "u1"),
    ("held", "u1"),
    ("wait", "u4"),
    ("talk", "u4"),
    ("money", "i4"),
];

/// Writes calls as columns into a folder.
pub struct Columns {
    files: Vec<BufWriter<File>>,
    strangers: HashMap<Party, u32>,
}

impl Columns {
    pub fn new(folder: &Path) -> Columns {
        let file = |(name, kind): (&str, &str)| {
            BufWriter::new(File::create(folder.join(format!("{name}.{kind}"))).unwrap())
        };
        Columns { files: COLUMNS.map(file).into(), strangers: HashMap::new() }
    }

    pub fn push(&mut self, fact: &Fact) {
        let local = fact.started_at.with_timezone(&ZONE).naive_local();
        let at = (local - local.date().and_time(chrono::NaiveTime::MIN)).num_milliseconds();
        let next = (1 << 31) + self.strangers.len() as u32;
        let party = match &fact.party {
            Party::Person(number) => *number,
            Party::Alone => (3 << 30) + fact.number.0,
            other => *self.strangers.entry(other.clone()).or_insert(next),
        };
        let values: [i64; 21] = [
            fact.number.0.into(),
            days(local.date()),
            at,
            party.into(),
            short(fact.employee.map(|id| id.0)),
            short(fact.topic.map(|id| id.0)),
            short(fact.caller_type.map(|id| id.0)),
            fact.line.as_ref().map_or(0, |line| line[7..].parse::<i64>().unwrap() + 1),
            short(fact.channel.map(|id| id.0)),
            short(fact.branch.map(|id| id.0)),
            i64::from(fact.direction == Direction::Outgoing),
            code(&Group::Outcome(fact.outcome)),
            code(&Group::Familiarity(fact.familiarity)),
            fact.counts.into(),
            i64::from(fact.result == CallResult::Answered),
            i64::from(fact.result == CallResult::Missed),
            fact.booked.into(),
            fact.held.into(),
            fact.wait.as_millis() as i64,
            fact.talk.as_millis() as i64,
            fact.money.0,
        ];
        for ((file, (_, kind)), value) in self.files.iter_mut().zip(COLUMNS).zip(values) {
            let width = usize::from(kind.as_bytes()[1] - b'0');
            file.write_all(&value.to_le_bytes()[..width]).unwrap();
        }
    }

    pub fn finish(self) {
        self.files.into_iter().for_each(|mut file| file.flush().unwrap());
    }
}

fn days(date: NaiveDate) -> i64 {
    (date - first_day()).num_days()
}

fn short(id: Option<Uuid>) -> i64 {
    id.map_or(0, |id| id.as_u128() as i64)
}

/// The number by which both sides call a group.
fn code(group: &Group) -> i64 {
    match group {
        Group::Employee(id) => short(id.map(|id| id.0)),
        Group::Topic(id) => short(id.map(|id| id.0)),
        Group::Channel(id) => short(id.map(|id: id::ChannelId| id.0)),
        Group::CallerType(id) => short(id.map(|id| id.0)),
        Group::Branch(id) => short(id.map(|id| id.0)),
        Group::Outcome(outcome) => {
            outcome.and_then(|one| Outcome::ALL.iter().position(|known| *known == one)).unwrap_or(7) as i64
        }
        Group::Familiarity(familiarity) => match familiarity {
            None => 0,
            Some(Familiarity::New) => 1,
            Some(Familiarity::Known) => 2,
        },
        Group::Direction(direction) => i64::from(*direction == Direction::Outgoing),
        Group::Day(day) => days(*day),
        Group::Hour(hour) => i64::from(*hour),
        other => panic!("no benchmark asks for {other:?}"),
    }
}

#[derive(Serialize)]
pub struct Asked {
    by: String,
    then_by: String,
    patients: bool,
    /// Days since the first.
    from: i64,
    to: i64,
    filter: String,
}

impl Asked {
    pub fn new(query: &Query, filter: &str) -> Asked {
        let level = |level| serde_json::to_value(level).unwrap().as_str().unwrap().to_owned();
        Asked {
            by: level(query.by),
            then_by: level(query.then_by),
            patients: query.kind == Kind::Patients,
            from: days(query.period.from),
            to: days(query.period.to),
            filter: filter.to_owned(),
        }
    }
}

#[derive(Deserialize)]
pub struct Answer {
    /// The median and the least.
    pub milliseconds: [f64; 2],
    /// Two codes, then the measures.
    rows: Vec<[i64; 10]>,
}

#[derive(Deserialize)]
pub struct Answers {
    pub version: String,
    pub answers: Vec<Answer>,
}

/// Asks DuckDB over the columns in the folder; `None` when there is none to ask.
pub fn ask(folder: &Path, asked: &[Asked]) -> Option<Answers> {
    let python = python();
    let missing =
        || println!("no DuckDB: python3 -m venv target/duckdb && target/duckdb/bin/pip install duckdb numpy");
    if !Command::new(&python)
        .args(["-c", "import duckdb, numpy"])
        .output()
        .is_ok_and(|ran| ran.status.success())
    {
        missing();
        return None;
    }
    fs::write(folder.join("questions.json"), serde_json::to_vec(asked).unwrap()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ledger/peer.py");
    let ran = Command::new(&python).arg(script).arg(folder).status().unwrap();
    assert!(ran.success(), "the peer's script failed");
    Some(serde_json::from_slice(&fs::read(folder.join("answers.json")).unwrap()).unwrap())
}

/// `PULT_BENCH_PYTHON`, else the venv that the hint names, else whatever there is.
fn python() -> PathBuf {
    let venv = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/duckdb/bin/python");
    match std::env::var_os("PULT_BENCH_PYTHON") {
        Some(python) => python.into(),
        None if venv.exists() => venv,
        None => "python3".into(),
    }
}

impl Answer {
    /// Cell by cell.
    pub fn assert_same(&self, table: &Table) {
        let ours: HashMap<(i64, i64), Measures> = table
            .rows
            .iter()
            .flat_map(|row| {
                row.rows.iter().map(|inner| ((code(&row.group), code(&inner.group)), inner.measures))
            })
            .collect();
        assert_eq!(ours.len(), self.rows.len(), "as many cells");
        for [by, then_by, calls, taken, missed, wait, talk, booked, held, money] in &self.rows {
            let theirs = Measures {
                calls: *calls as u64,
                taken: *taken as u64,
                missed: *missed as u64,
                wait: TimeDelta::milliseconds(*wait).to_std().unwrap(),
                talk: TimeDelta::milliseconds(*talk).to_std().unwrap(),
                booked: *booked as u64,
                held: *held as u64,
                money: Money(*money),
            };
            assert_eq!(ours.get(&(*by, *then_by)), Some(&theirs), "{by} {then_by}");
        }
    }
}
