//! The day told to an engine in this process by a provider and a record made from the truth itself: the engine, its
//! store and its reading of the past alone, without any wire.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use pult::domain::call::CallKey;
use pult::domain::desk::Link;
use pult::engine::sync::Pace;
use pult::engine::{Engine, Outside};
use pult::store::{Error, Store, cursors};
use pult::telephony::{Abilities, Archive, Event, History, HistoryError, Page, Placed, Provider, Receipt};
use tokio::sync::mpsc;

use super::day::{Day, opens, seconds};
use super::told::{self, PROVIDER};
use super::weather::{Kind, Weather};

pub const CALLS: &str = "truth.calls";
const LEADS: &str = "truth.leads";
const ROWS: usize = 97;

/// What the provider and its record look at.
pub struct Sky {
    pub day: Day,
    now: AtomicI64,
    /// Whether the provider can be reached.
    open: AtomicBool,
    /// Pages until the next one fails.
    failing: AtomicU32,
}

impl Sky {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.now.load(Ordering::SeqCst)).unwrap()
    }

    fn go_to(&self, now: DateTime<Utc>) {
        self.now.store(now.timestamp_millis(), Ordering::SeqCst);
    }
}

/// Says what the conductor gives it to say.
struct Mouth {
    words: Arc<tokio::sync::Mutex<mpsc::Receiver<Event>>>,
}

impl Provider for Mouth {
    fn name(&self) -> &'static str {
        PROVIDER
    }

    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(self, events: mpsc::Sender<Event>, _orders: mpsc::Receiver<Placed>) {
        let mut words = self.words.lock().await;
        while let Some(event) = words.recv().await {
            if events.send(event).await.is_err() {
                return;
            }
        }
    }
}

struct Calls(Arc<Sky>);
struct Leads(Arc<Sky>);

impl History for Calls {
    fn source(&self) -> &str {
        CALLS
    }

    fn provider(&self) -> &str {
        PROVIDER
    }

    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        let now = self.0.now();
        let known = self.0.day.calls.iter().filter(|call| span.contains(&call.begins));
        let known = known.filter_map(|call| told::record(&self.0.day, call, now)).collect();
        let page = self.0.cut(known, next).map(|(calls, next)| Page { calls, next, ..Page::default() });
        async { page }.boxed()
    }
}

impl History for Leads {
    fn source(&self) -> &str {
        LEADS
    }

    fn provider(&self) -> &str {
        PROVIDER
    }

    fn tells_calls(&self) -> bool {
        false
    }

    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>> {
        let now = self.0.now();
        let known = self.0.day.requests.iter().filter(|request| span.contains(&request.left_at));
        let known = known.filter(|request| request.left_at + seconds(request.reported) <= now);
        let page = self.0.cut(known.map(told::lead).collect(), next);
        let page = page.map(|(leads, next)| Page { leads, next, ..Page::default() });
        async { page }.boxed()
    }
}

impl Sky {
    /// One page and the place of the next; now and then an error.
    fn cut<T>(&self, mut rows: Vec<T>, next: Option<&str>) -> Result<(Vec<T>, Option<String>), HistoryError> {
        if !self.open.load(Ordering::SeqCst) {
            return Err(HistoryError::Unreachable("no way there".into()));
        }
        if self.failing.fetch_sub(1, Ordering::SeqCst) == 0 {
            self.failing.store(23, Ordering::SeqCst);
            return Err(HistoryError::Unreachable("cut in the middle".into()));
        }
        let from: usize = next.map_or(0, |next| next.parse().unwrap());
        let rest = rows.len().saturating_sub(from + ROWS);
        rows.drain(..from.min(rows.len()));
        rows.truncate(ROWS);
        Ok((rows, (rest > 0).then(|| (from + ROWS).to_string())))
    }
}

/// A running engine and the way to its provider.
struct Running {
    _runtime: tokio::runtime::Runtime,
    _engine: Engine,
    words: mpsc::Sender<Event>,
}

fn pace() -> Pace {
    Pace {
        every: Duration::from_millis(20),
        heartbeat: Duration::from_millis(5),
        retry: Duration::from_millis(2),
        ..Pace::default()
    }
}

fn start(sky: &Arc<Sky>, store: Store) -> Running {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let _inside = runtime.enter();
    let (words, heard) = mpsc::channel(64);
    let provider = Mouth { words: Arc::new(tokio::sync::Mutex::new(heard)) };
    let (calls, leads) = (Arc::new(Calls(sky.clone())), Arc::new(Leads(sky.clone())));
    let archive = Archive { histories: vec![calls, leads], recordings: None };
    let outside = Outside { provider, archive, pace: pace(), keeping: None };
    let clock = sky.clone();
    let engine = Engine::start(store, chrono_tz::Europe::Moscow, Arc::new(move || clock.now()), outside);
    drop(_inside);
    Running { _runtime: runtime, _engine: engine, words }
}

/// The one before us may take a moment to let go of the file.
pub fn opened(path: &Path) -> Store {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        match Store::open(path) {
            Err(Error::Locked(_)) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(1))
            }
            opened => return opened.unwrap(),
        }
    }
}

/// Leads the day from its opening to the evening of all late changes.
struct Conductor<'a> {
    sky: Arc<Sky>,
    weather: Weather,
    path: &'a Path,
    running: Option<Running>,
    heard: bool,
}

/// Plays the whole day into a store at `path` and leaves it there, at rest.
pub fn play(seed: u64, calls: usize, path: &Path) -> (Arc<Sky>, Weather) {
    let sky = Arc::new(Sky {
        day: Day::of(seed, calls),
        now: AtomicI64::new(opens().timestamp_millis()),
        open: AtomicBool::new(true),
        failing: AtomicU32::new(23),
    });
    let mut conductor =
        Conductor { sky: sky.clone(), weather: Weather::of(seed), path, running: None, heard: false };
    let (mut now, evening) = (opens(), opens() + seconds(15 * 3_600));
    conductor.wake();
    while now < evening {
        let next = conductor.weather.step(now);
        conductor.go(&(now..next));
        now = next;
    }
    conductor.rest(evening + seconds(8 * 3_600));
    (sky, conductor.weather)
}

impl Conductor<'_> {
    /// Lives through a step, at whose end something may begin or be over.
    fn go(&mut self, step: &Range<DateTime<Utc>>) {
        self.sky.go_to(step.end);
        if self.heard {
            let told = self.told(step);
            self.say(told);
        }
        let outage = self.weather.outage(step.end).cloned();
        let kind = outage.as_ref().map(|outage| outage.kind);
        self.sky.open.store(kind != Some(Kind::Provider), Ordering::SeqCst);
        let killed = self.weather.kills.contains(&step.end) || kind == Some(Kind::Ourselves);
        if killed {
            (self.running, self.heard) = (None, false);
        }
        match outage {
            Some(outage) if kind == Some(Kind::Provider) => {
                self.wake();
                if std::mem::take(&mut self.heard) || killed {
                    self.say(vec![Event::Link(Link::Down {
                        since: outage.span.start,
                        reason: "no way there".into(),
                    })]);
                }
            }
            Some(_) => {}
            None => self.connect(step.end),
        }
    }

    fn wake(&mut self) {
        if self.running.is_none() {
            self.running = Some(start(&self.sky, opened(self.path)));
        }
    }

    fn connect(&mut self, now: DateTime<Utc>) {
        self.wake();
        if std::mem::replace(&mut self.heard, true) {
            return;
        }
        let running = self.sky.day.calls.iter().filter(|call| call.begins <= now && now < call.ends());
        let last = running.filter_map(|call| {
            let told = told::live(&self.sky.day, call).into_iter();
            told.filter(|(at, _)| *at <= now).last().map(|(_, snapshot)| snapshot)
        });
        let last: Vec<_> = last.collect();
        let calls: Vec<CallKey> = last.iter().map(|snapshot| snapshot.key.clone()).collect();
        let mut words = vec![Event::Live { provider: PROVIDER.into(), calls }];
        words.extend(last.into_iter().map(|snapshot| Event::Call(Box::new(snapshot))));
        words.push(Event::Link(Link::Up { since: now }));
        self.say(words);
    }

    fn told(&mut self, step: &Range<DateTime<Utc>>) -> Vec<Event> {
        let near =
            self.sky.day.calls.iter().filter(|call| call.begins <= step.end && call.ends() > step.start);
        let steps = near.flat_map(|call| told::live(&self.sky.day, call));
        let mut told: Vec<_> = steps.filter(|(at, _)| *at > step.start && *at <= step.end).collect();
        told.sort_by_key(|(at, _)| *at);
        let told = told.into_iter().map(|(_, snapshot)| Event::Call(Box::new(snapshot))).collect();
        self.weather.disturb(told)
    }

    /// Returns when all of it is on the disk.
    fn say(&mut self, mut words: Vec<Event>) {
        let Some(running) = &self.running else { return };
        let receipt = Receipt::default();
        words.push(Event::Receipt(receipt.clone()));
        running._runtime.block_on(async {
            for event in words {
                running.words.send(event).await.unwrap();
            }
            tokio::time::timeout(Duration::from_secs(20), receipt.told()).await.unwrap();
        });
    }

    /// Waits until the past was read once more after all that comes late has come.
    fn rest(&mut self, now: DateTime<Utc>) {
        self.go(&(now - seconds(1)..now));
        let deadline = Instant::now() + Duration::from_secs(60);
        let store = Store::open_shared(self.path).unwrap();
        while !was_read(&store, CALLS, now) || !was_read(&store, LEADS, now) {
            assert!(Instant::now() < deadline, "the past was not read in time");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.running = None;
    }
}

/// Whether a source was read at `now` or later for what changes after the fact.
pub fn was_read(store: &Store, source: &str, now: DateTime<Utc>) -> bool {
    let name = pult::engine::sync::late_read_at(source);
    let read = store.read(move |conn| cursors::get(conn, &name)).unwrap();
    read.and_then(|at| at.parse::<DateTime<Utc>>().ok()).is_some_and(|at| at >= now)
}
