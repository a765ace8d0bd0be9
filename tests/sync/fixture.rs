//! A clinic of the test's own: a clock that stands until it is moved, a provider that says what it is handed, a record
//! of the past that can be wrong in every way. A life is one run of pult; the store outlives it.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::desk::{Change, Link, Refusal, Reply, Request};
use pult::domain::gap::{Gap, Restored};
use pult::domain::period::Period;
use pult::domain::phone::{Phone, Remote};
use pult::engine::sync::Pace;
use pult::engine::{Engine, Operator, Outside};
use pult::store::{Store, calls};
use pult::telephony::{Abilities, Archive, Event, History, HistoryError, Page, Placed, Provider};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::{broadcast, mpsc};

pub const ZONE: chrono_tz::Tz = chrono_tz::Europe::Moscow;
pub const CALLER: Phone = Phone(79440000001);

pub fn noon() -> DateTime<Utc> {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// Minutes after noon.
pub fn at(minutes: i64) -> DateTime<Utc> {
    noon() + TimeDelta::minutes(minutes)
}

/// Fast, so that nobody waits; what is long is reckoned by the test's clock.
pub fn pace() -> Pace {
    Pace {
        every: Duration::from_millis(10),
        heartbeat: Duration::from_millis(10),
        overlap: Duration::from_secs(600),
        ..Pace::default()
    }
}

/// The provider's record, and how it misbehaves.
pub struct Record {
    pub calls: Vec<Snapshot>,
    /// What was part of what.
    pub merged: Vec<(CallKey, CallKey)>,
    pub page: usize,
    /// Told instead of the next pages.
    pub errors: VecDeque<HistoryError>,
    /// Nobody gets further than this page, for ever.
    pub stops_at: Option<usize>,
    /// Entries without sense on every first page.
    pub unread: u32,
    /// Whoever reads it panics, once.
    pub panics: bool,
    /// A row of the page before comes again on each page.
    pub repeats: bool,
    /// Spans that were asked for from their first page on.
    pub asked: Vec<Range<DateTime<Utc>>>,
}

impl Default for Record {
    fn default() -> Record {
        let (calls, errors, asked) = (vec![], VecDeque::new(), vec![]);
        let (stops_at, unread) = (None, 0);
        Record {
            calls,
            merged: vec![],
            page: 100,
            errors,
            stops_at,
            unread,
            panics: false,
            repeats: false,
            asked,
        }
    }
}

pub struct Past(pub Arc<Mutex<Record>>);

impl History for Past {
    fn source(&self) -> &str {
        "test.calls"
    }

    fn provider(&self) -> &str {
        "test"
    }

    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        let mut record = self.0.lock().unwrap();
        let (told, panics) = (record.tell(span, next), std::mem::take(&mut record.panics));
        async move { if panics { panic!("a fault") } else { told } }.boxed()
    }
}

impl Record {
    fn tell(&mut self, span: &Range<DateTime<Utc>>, next: Option<&str>) -> Result<Page, HistoryError> {
        if next.is_none() {
            self.asked.push(span.clone());
        }
        if let Some(error) = self.errors.pop_front() {
            return Err(error);
        }
        let first: usize = next.map_or(0, |next| next.parse().unwrap());
        if self.stops_at.is_some_and(|stop| first / self.page >= stop) {
            return Err(HistoryError::Unreachable("cut off".into()));
        }
        let mut calls: Vec<&Snapshot> =
            self.calls.iter().filter(|call| span.contains(&call.started_at) && !call.is_live()).collect();
        calls.sort_by_key(|call| (call.started_at, call.key.clone()));
        let from = if self.repeats { first.saturating_sub(1) } else { first };
        let until = (first + self.page).min(calls.len());
        Ok(Page {
            calls: calls.get(from..until).unwrap_or_default().iter().map(|call| (*call).clone()).collect(),
            merged: self.merged.clone(),
            unread: if first == 0 { self.unread } else { 0 },
            next: (until < calls.len()).then(|| until.to_string()),
            ..Page::default()
        })
    }
}

/// Says what the test hands it; of `None` it makes nothing.
struct Prompter(mpsc::Receiver<Option<Event>>);

impl Provider for Prompter {
    fn name(&self) -> &'static str {
        "test"
    }

    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(mut self, events: mpsc::Sender<Event>, _orders: mpsc::Receiver<Placed>) {
        while let Some(line) = self.0.recv().await {
            if events.send(line.expect("a fault")).await.is_err() {
                return;
            }
        }
    }
}

/// What outlives a run of pult.
pub struct Clinic {
    folder: TempDir,
    pub now: Arc<Mutex<DateTime<Utc>>>,
    pub record: Arc<Mutex<Record>>,
    pub has_record: bool,
}

impl Clinic {
    pub fn new() -> Clinic {
        Clinic {
            folder: TempDir::new().unwrap(),
            now: Arc::new(Mutex::new(noon())),
            record: Arc::default(),
            has_record: true,
        }
    }

    pub fn without_record() -> Clinic {
        Clinic { has_record: false, ..Clinic::new() }
    }

    pub fn set_clock(&self, now: DateTime<Utc>) {
        *self.now.lock().unwrap() = now;
    }

    pub fn has_in_record(&self, calls: impl IntoIterator<Item = Snapshot>) {
        self.record.lock().unwrap().calls.extend(calls);
    }

    fn store(&self) -> Store {
        let path = self.folder.path().join("test.db");
        for _ in 0..500 {
            match Store::open(&path) {
                Ok(store) => return store,
                Err(pult::store::Error::Locked(_)) => std::thread::sleep(Duration::from_millis(5)),
                Err(error) => panic!("{error}"),
            }
        }
        panic!("the life before did not end");
    }

    /// pult runs until the life is dropped, which is no farewell: as after kill -9.
    pub fn live(&self) -> Life {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let store = self.store();
        let (stage, lines) = mpsc::channel(1024);
        let now = self.now.clone();
        let histories: Vec<Arc<dyn History>> =
            if self.has_record { vec![Arc::new(Past(self.record.clone()))] } else { vec![] };
        let outside = Outside {
            provider: Prompter(lines),
            archive: Archive { histories, recordings: None },
            pace: pace(),
            keeping: None,
        };
        let clock = Arc::new(move || *now.lock().unwrap());
        let (engine, changes) = runtime.block_on(async {
            let engine = Engine::start(store.clone(), ZONE, clock, outside);
            let changes = engine.changes();
            (engine, changes)
        });
        Life { engine, store, stage, changes, told: vec![], runtime }
    }
}

pub struct Life {
    pub engine: Engine,
    pub store: Store,
    stage: mpsc::Sender<Option<Event>>,
    changes: broadcast::Receiver<Change>,
    told: Vec<Change>,
    runtime: Runtime,
}

impl Life {
    pub fn end(self) {
        let Life { engine, store, stage, changes, told: _, runtime } = self;
        drop((engine, store, stage, changes));
        runtime.shutdown_timeout(Duration::from_secs(5));
    }

    pub fn say(&self, event: Event) {
        self.stage.blocking_send(Some(event)).unwrap();
    }

    /// The provider's task panics.
    pub fn fail(&self) {
        self.stage.blocking_send(None).unwrap();
    }

    pub fn up(&self, since: DateTime<Utc>) {
        self.say(Event::Link(Link::Up { since }));
    }

    pub fn down(&self, since: DateTime<Utc>) {
        self.say(Event::Link(Link::Down { since, reason: "the line is cut".into() }));
    }

    pub fn ask(&self, request: Request) -> Result<Reply, Refusal> {
        self.runtime.block_on(self.engine.ask(&Operator::default(), request))
    }

    /// All that was said before is stored and told.
    pub fn settle(&self) {
        let receipt = pult::telephony::Receipt::default();
        self.say(Event::Receipt(receipt.clone()));
        self.runtime.block_on(async {
            tokio::time::timeout(Duration::from_secs(10), receipt.told()).await.expect("never stored");
        });
    }

    /// Waits for what must come to be; each change and each moment is a reason to look again.
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&Life) -> bool) {
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        while !holds(self) {
            assert!(std::time::Instant::now() < deadline, "never: {what}; gaps: {:?}", self.gaps());
            let (changes, told) = (&mut self.changes, &mut self.told);
            self.runtime.block_on(async {
                if let Ok(Ok(change)) = tokio::time::timeout(Duration::from_millis(5), changes.recv()).await {
                    told.push(change);
                }
            });
        }
    }

    pub fn next_change(&mut self) -> Change {
        let next = async { tokio::time::timeout(Duration::from_secs(10), self.changes.recv()).await };
        self.runtime.block_on(next).expect("nothing more is told").unwrap()
    }

    pub fn gaps(&self) -> Vec<Gap> {
        let day = noon().date_naive();
        let period = Period { from: day - chrono::Days::new(9), to: day + chrono::Days::new(9) };
        match self.ask(Request::Gaps(period)) {
            Ok(Reply::Gaps(gaps)) => gaps,
            other => panic!("{other:?}"),
        }
    }

    /// As soon as the last gap says so.
    pub fn wait_restored(&mut self, restored: Restored) {
        self.wait_until(&format!("{restored:?}"), |life| {
            life.gaps().last().is_some_and(|gap| gap.ended_at.is_some() && gap.restored == restored)
        });
    }

    pub fn stored(&self, id: &str) -> Option<Snapshot> {
        let key = key(id);
        self.store
            .read(|conn| match calls::id_of(conn, &key)? {
                Some(id) => Ok(calls::board_call(conn, id)?.map(|call| call.snapshot)),
                None => Ok(None),
            })
            .unwrap()
    }

    pub fn cursor(&self, name: &str) -> Option<String> {
        self.store.read(|conn| pult::store::cursors::get(conn, name)).unwrap()
    }

    /// All that was told since somebody asked.
    pub fn changes(&mut self) -> Vec<Change> {
        let mut told = std::mem::take(&mut self.told);
        told.extend(std::iter::from_fn(|| self.changes.try_recv().ok()));
        told
    }
}

pub fn key(id: &str) -> CallKey {
    CallKey { provider: "test".into(), id: id.into() }
}

pub fn whole(whole: u32, found: u32) -> Restored {
    Restored::Counted { whole, found }
}

/// A missed call as the record tells it.
pub fn missed(id: &str, started_at: DateTime<Utc>) -> Snapshot {
    Snapshot {
        key: key(id),
        direction: Direction::Incoming,
        remote: Remote::Number(CALLER),
        name: None,
        line: Some("74950000001".into()),
        queue: None,
        phase: Phase::Ended,
        result: Some(CallResult::Missed),
        agent: None,
        holder: None,
        ringing: vec![],
        started_at,
        answered_at: None,
        ended_at: Some(started_at + TimeDelta::seconds(30)),
        wait: Duration::from_secs(30),
        talk: Duration::ZERO,
        hold: Duration::ZERO,
        transfers: vec![],
        recording: None,
        advert: None,
        tags: vec![],
        settled: true,
    }
}

/// An answered one.
pub fn talked(id: &str, started_at: DateTime<Utc>, talk: TimeDelta) -> Snapshot {
    Snapshot {
        result: Some(CallResult::Answered),
        agent: Some("101".into()),
        holder: Some("101".into()),
        answered_at: Some(started_at + TimeDelta::seconds(10)),
        ended_at: Some(started_at + TimeDelta::seconds(10) + talk),
        wait: Duration::from_secs(10),
        talk: talk.to_std().unwrap(),
        ..missed(id, started_at)
    }
}

/// As it was seen while it rang.
pub fn ringing(record: &Snapshot) -> Event {
    Event::Call(Box::new(Snapshot {
        phase: Phase::Ringing,
        result: None,
        agent: None,
        holder: None,
        ringing: vec!["101".into()],
        answered_at: None,
        ended_at: None,
        wait: Duration::ZERO,
        talk: Duration::ZERO,
        settled: false,
        ..record.clone()
    }))
}
