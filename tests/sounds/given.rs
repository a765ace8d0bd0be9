//! A clinic with a folder of recordings, a clock and a disk that the test moves.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::desk::{Change, Refusal, Reply, Request};
use pult::domain::id::{CallId, PersonId};
use pult::domain::phone::{Phone, Remote};
use pult::domain::recording::{Recording, Sound};
use pult::engine::sounds::Keeping;
use pult::engine::sync::Pace;
use pult::engine::{Clock, Engine, Heard, Operator, Outside};
use pult::store::{Author, Store, calls, recordings};
use pult::telephony::{Abilities, Archive, Event, Placed, Provider};
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::sync::{broadcast, mpsc};

use crate::library::{Answer, Library, Shelf};

pub const RESERVE: u64 = 1000;
pub const AT_MOST: u64 = 100_000;

pub fn noon() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// Connected, and nothing happens.
struct Quiet;

impl Provider for Quiet {
    fn name(&self) -> &'static str {
        "test"
    }

    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(self, events: mpsc::Sender<Event>, _orders: mpsc::Receiver<Placed>) {
        events.closed().await;
    }
}

pub struct Clinic {
    pub store: Store,
    pub library: Arc<Library>,
    pub free: Arc<AtomicU64>,
    now: Arc<Mutex<DateTime<Utc>>>,
    engine: Option<Engine>,
    pub changes: Option<broadcast::Receiver<Change>>,
    folder: PathBuf,
    _owned: Option<TempDir>,
}

/// Not started yet, so that a test can fill it.
pub fn clinic() -> Clinic {
    let folder = TempDir::new().unwrap();
    let clinic = clinic_in(folder.path());
    Clinic { _owned: Some(folder), ..clinic }
}

/// In a folder that stays.
pub fn clinic_in(folder: &Path) -> Clinic {
    Clinic {
        store: Store::open(&folder.join("test.db")).unwrap(),
        library: Arc::default(),
        free: Arc::new(AtomicU64::new(1 << 40)),
        now: Arc::new(Mutex::new(noon())),
        engine: None,
        changes: None,
        folder: folder.to_owned(),
        _owned: None,
    }
}

/// An answered call that began so many minutes before noon.
pub fn call(name: &str, minutes: i64) -> Snapshot {
    let started_at = noon() - TimeDelta::minutes(minutes);
    Snapshot {
        key: CallKey { provider: "test".into(), id: name.into() },
        direction: Direction::Incoming,
        remote: Remote::Number(Phone(79_161_234_567)),
        name: None,
        line: Some("74950000001".into()),
        queue: None,
        phase: Phase::Ended,
        result: Some(CallResult::Answered),
        agent: Some("101".into()),
        holder: Some("101".into()),
        ringing: vec![],
        started_at,
        answered_at: Some(started_at),
        ended_at: Some(started_at + TimeDelta::seconds(60)),
        wait: Duration::ZERO,
        talk: Duration::from_secs(60),
        hold: Duration::ZERO,
        transfers: vec![],
        recording: Some(name.into()),
        advert: None,
        tags: vec![],
        settled: false,
    }
}

pub fn author() -> Author {
    Author { employee: None, at: noon() }
}

pub fn operator() -> Operator {
    Operator { employee: Some(PersonId(uuid::Uuid::from_u128(7))), extension: Some("101".into()) }
}

impl Clinic {
    pub fn start(&mut self) {
        let now = self.now.clone();
        let clock: Clock = Arc::new(move || *now.lock().unwrap());
        let archive =
            Archive { recordings: Some(Arc::new(Shelf(self.library.clone()))), ..Archive::default() };
        let outside =
            Outside { provider: Quiet, archive, pace: Pace::default(), keeping: Some(self.keeping()) };
        let engine = Engine::start(self.store.clone(), chrono_tz::Europe::Moscow, clock, outside);
        self.changes = Some(engine.changes());
        self.engine = Some(engine);
    }

    fn keeping(&self) -> Keeping {
        let free = self.free.clone();
        Keeping {
            reserve: RESERVE,
            at_most: AT_MOST,
            every: Duration::from_millis(10),
            room: Arc::new(move |_: &Path| Ok(free.load(Ordering::Relaxed))),
            ..Keeping::in_folder(self.folder())
        }
    }

    pub fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    /// What the program does when it ends, and whatever ran is cut off.
    pub fn stop(&mut self) {
        (self.engine, self.changes) = (None, None);
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.join("test.db.recordings")
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub fn pass(&self, time: TimeDelta) {
        *self.now.lock().unwrap() += time;
    }

    pub fn record(&self, snapshot: Snapshot) -> CallId {
        self.store.write(move |tx| calls::record(tx, &snapshot, &author())).unwrap().id
    }

    /// A call whose recording of the same name the provider has so.
    pub fn recorded(&self, name: &str, minutes: i64, answer: Answer) -> CallId {
        self.library.put(name, answer);
        self.record(call(name, minutes))
    }

    pub fn recording(&self, call: CallId) -> Option<Recording> {
        self.store.read(|conn| recordings::get(conn, call)).unwrap()
    }

    pub fn sound(&self, call: CallId) -> Sound {
        self.recording(call).unwrap().state
    }

    pub fn is_here(&self, call: CallId) -> bool {
        matches!(self.sound(call), Sound::Here { .. })
    }

    pub async fn until_here(&self, call: CallId) {
        until("it is here", || self.is_here(call)).await;
    }

    pub async fn listen(&self, call: CallId) -> Result<Heard, Refusal> {
        self.engine().listen(&operator(), call).await
    }

    pub async fn ask(&self, request: Request) -> Result<Reply, Refusal> {
        self.engine().ask(&operator(), request).await
    }

    /// Until the change comes that the test waits for.
    pub async fn told(&mut self, what: impl Fn(&Change) -> bool) -> Change {
        let changes = self.changes.as_mut().unwrap();
        let wait = async {
            loop {
                match changes.recv().await {
                    Ok(change) if what(&change) => return change,
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(5), wait).await.expect("not told")
    }

    /// One value of the store.
    pub fn value<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        self.store.read(|conn| Ok(conn.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }

    /// Of the journal: action, subject, reason, whether somebody did it.
    pub fn journal(&self) -> Vec<(String, String, Option<String>, bool)> {
        let read = |conn: &Connection| {
            let mut statement = conn.prepare(
                "SELECT action, subject, reason, changed_by IS NOT NULL FROM journal ORDER BY rowid",
            )?;
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        self.store.read(read).unwrap()
    }

    pub fn muted(&self, call: CallId) -> bool {
        let ask = |conn: &Connection| {
            Ok(conn.query_row("SELECT mute FROM calls WHERE id = ?1", [call.0], |row| row.get(0))?)
        };
        self.store.read(ask).unwrap()
    }
}

/// Every file beneath, relative to it.
pub fn files(folder: &Path) -> Vec<String> {
    fn beneath(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                beneath(root, &path, found);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let mut found = vec![];
    beneath(folder, folder, &mut found);
    found.sort();
    found
}

pub async fn until(what: &str, is: impl Fn() -> bool) {
    let wait = async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(10), wait).await.is_ok(), "not yet: {what}");
}

/// Long enough for what should not happen to happen.
pub async fn a_while() {
    tokio::time::sleep(Duration::from_millis(60)).await;
}
