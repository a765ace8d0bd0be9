//! What the tests start from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::id::{CallId, PersonId};
use pult::domain::person::{PersonKind, PersonPhone};
use pult::domain::phone::{Phone, Remote};
use pult::store::people::NewPerson;
use pult::store::{Author, Error, Store, calls, people};
use tempfile::TempDir;

pub struct Desk {
    pub store: Store,
    pub path: PathBuf,
    _directory: TempDir,
}

pub fn desk() -> Desk {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    Desk { store: Store::open(&path).unwrap(), path, _directory: directory }
}

/// Seconds into the day of the tests.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

pub fn author() -> Author {
    Author { employee: None, at: at(0) }
}

pub const NUMBER: Phone = Phone(79_161_234_567);

pub fn key(id: &str) -> CallKey {
    CallKey { provider: "asterisk".into(), id: id.into() }
}

/// An incoming call whose phones begin to ring.
pub fn ringing(id: &str, phone: Phone) -> Snapshot {
    Snapshot {
        key: key(id),
        direction: Direction::Incoming,
        remote: Remote::Number(phone),
        name: None,
        line: Some("74950000001".into()),
        queue: None,
        phase: Phase::Ringing,
        result: None,
        agent: None,
        holder: None,
        ringing: vec!["101".into(), "102".into()],
        started_at: at(0),
        answered_at: None,
        ended_at: None,
        wait: Duration::ZERO,
        talk: Duration::ZERO,
        hold: Duration::ZERO,
        transfers: vec![],
        recording: None,
        advert: None,
        tags: vec![],
        settled: false,
    }
}

pub fn talking(id: &str, phone: Phone) -> Snapshot {
    Snapshot {
        phase: Phase::Talking,
        agent: Some("101".into()),
        holder: Some("101".into()),
        ringing: vec![],
        answered_at: Some(at(8)),
        wait: Duration::from_secs(8),
        ..ringing(id, phone)
    }
}

pub fn answered(id: &str, phone: Phone) -> Snapshot {
    Snapshot {
        phase: Phase::Ended,
        result: Some(CallResult::Answered),
        ended_at: Some(at(68)),
        talk: Duration::from_secs(60),
        ..talking(id, phone)
    }
}

pub fn missed(id: &str, phone: Phone) -> Snapshot {
    Snapshot {
        phase: Phase::Ended,
        result: Some(CallResult::Missed),
        ringing: vec![],
        ended_at: Some(at(20)),
        wait: Duration::from_secs(20),
        ..ringing(id, phone)
    }
}

impl Desk {
    pub fn record(&self, snapshot: Snapshot) -> CallId {
        self.store.write(move |tx| calls::record(tx, &snapshot, &author())).unwrap().id
    }

    pub fn stored(&self, id: CallId) -> Snapshot {
        self.store.read(|conn| calls::board_call(conn, id)).unwrap().unwrap().snapshot
    }

    pub fn add(&self, person: NewPerson) -> PersonId {
        self.store.write(move |tx| people::add(tx, person, &author())).unwrap()
    }

    pub fn patient(&self, name: &str, phones: &[Phone]) -> PersonId {
        let phones = phones.iter().map(|phone| PersonPhone { phone: *phone, primary: false }).collect();
        self.add(NewPerson { phones, ..NewPerson::named(PersonKind::Patient, name) })
    }

    /// SQL that other parts of pult (the import) write themselves.
    pub fn run(&self, sql: &'static str) {
        self.store.write(move |tx| Ok(tx.execute_batch(sql)?)).unwrap();
    }
}

/// The file is sound, down to its references.
pub fn assert_sound(path: &Path) {
    Store::open_shared(path)
        .unwrap()
        .read(|conn| {
            let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
            assert_eq!(verdict, "ok");
            assert!(!conn.prepare("PRAGMA foreign_key_check")?.exists([])?, "a reference leads nowhere");
            Ok::<_, Error>(())
        })
        .unwrap();
}
