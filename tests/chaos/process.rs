//! The day told by a fake UIS to pult in a process of its own, which is killed and started again: notifications are
//! lost, doubled and come in any order, the platform is cut off, breaks its answers off and forgets who is logged in.

use std::net::Ipv4Addr;
use std::ops::Range;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use pult::domain::gap::{Cause, Gap, Restored};
use pult::store::{Store, cursors, gaps};
use tokio::net::TcpSocket;
use tokio::runtime::Runtime;

use super::child::{self, Hands, Orders, SECRET};
use super::day::{Day, opens, seconds};
use super::direct::was_read;
use super::fake::faults::{Target, Trouble};
use super::fake::notices::Notice;
use super::fake::templates::{Method, Template, defaults};
use super::fake::{Fake, world::World};
use super::vendor;
use super::weather::{Kind, Weather};

const PATIENCE: Duration = Duration::from_secs(60);
/// A step takes no less, or an hour's token would run out between two questions.
const SHORTEST_STEP: Duration = Duration::from_millis(2);

pub struct Played {
    pub day: Day,
    pub weather: Weather,
    pub fake: Fake,
}

struct Conductor<'a> {
    runtime: &'a Runtime,
    weather: &'a mut Weather,
    fake: Fake,
    now: Arc<AtomicI64>,
    hands: Hands,
    templates: Vec<Template>,
    orders: Orders,
    child: Option<Child>,
    /// Notifications that are brought later than others.
    delayed: Vec<Notice>,
}

/// Plays the whole day; the store stands in `folder` at its end, and nobody has it open.
pub fn play(seed: u64, calls: usize, folder: &Path) -> Played {
    let runtime = Runtime::new().unwrap();
    let day = Day::of(seed, calls);
    let mut world = vendor::world(&day);
    world.skew = [0, 0, 17, -23].map(seconds)[(seed % 4) as usize];
    let now = Arc::new(AtomicI64::new(opens().timestamp_millis()));
    let clock = now.clone();
    let clock = move || DateTime::from_timestamp_millis(clock.load(Ordering::SeqCst)).unwrap();
    let fake = runtime.block_on(Fake::start(world, Arc::new(clock)));
    let port = runtime.block_on(async { Port::reserve() });
    let (store, clock) = (folder.join("pult.db"), folder.join("clock"));
    let hands = Hands::make(&clock);
    let orders = Orders { store, clock, url: fake.url(), port: port.number };
    let templates = templates(seed);
    let mut weather = Weather::of(seed);
    let mut conductor = Conductor {
        runtime: &runtime,
        weather: &mut weather,
        fake: fake.clone(),
        now,
        hands,
        templates,
        orders,
        child: None,
        delayed: vec![],
    };
    conductor.lead();
    drop(conductor);
    Played { day, weather, fake }
}

/// The vendor's own templates, or ours, by GET or POST.
fn templates(seed: u64) -> Vec<Template> {
    match seed % 3 {
        0 => vendor::our_templates(),
        1 => defaults(Method::Post),
        _ => defaults(Method::Get),
    }
}

/// A port of loopback that stays ours while the child that listens on it is killed and started again.
struct Port {
    number: u16,
    _held: TcpSocket,
}

impl Port {
    fn reserve() -> Port {
        let held = TcpSocket::new_v4().unwrap();
        held.set_reuseaddr(true).unwrap();
        held.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        Port { number: held.local_addr().unwrap().port(), _held: held }
    }
}

impl Conductor<'_> {
    fn lead(&mut self) {
        let (mut now, evening) = (opens(), opens() + seconds(15 * 3_600));
        self.go_to(now);
        self.wake();
        self.until("the platform is heard", |store| hears(store, now));
        while now < evening {
            let next = self.weather.step(now);
            self.go(&(now..next));
            now = next;
        }
        let night = evening + seconds(8 * 3_600);
        self.go(&(night - seconds(1)..night));
        self.until("the past is read", |store| {
            let read = was_read(store, "uis.calls", night) && was_read(store, "uis.leads", night);
            read && is_healed(store)
        });
        self.kill();
    }

    fn go_to(&self, now: DateTime<Utc>) {
        self.now.store(now.timestamp_millis(), Ordering::SeqCst);
        self.hands.set(now);
    }

    /// Lives through a step, at whose end something may begin or be over.
    fn go(&mut self, step: &Range<DateTime<Utc>>) {
        self.go_to(step.end);
        std::thread::sleep(SHORTEST_STEP);
        let outage = self.weather.outage(step.end).map(|outage| outage.kind);
        if self.child.is_some() && !self.fake.faults().is_cut() {
            let told = self.fake.notices(step);
            self.tell(told);
            self.trouble(step.end);
        }
        if self.weather.kills.contains(&step.end) || outage == Some(Kind::Ourselves) {
            self.kill();
        }
        match outage {
            Some(Kind::Provider) => {
                self.wake();
                if !self.fake.faults().is_cut() {
                    self.fake.faults().cut();
                    self.until("the outage is seen", |store| !lasting(store).is_empty());
                }
            }
            Some(Kind::Ourselves) => {}
            None => {
                let is_over = self.weather.outages.iter().any(|outage| outage.span.end == step.end);
                self.fake.faults().mend();
                self.wake();
                if is_over {
                    let hears = |store: &Store| hears(store, step.end);
                    self.until("the platform is heard again", hears);
                }
            }
        }
    }

    fn wake(&mut self) {
        if self.child.is_none() {
            self.child = Some(child::start(&self.orders));
        }
    }

    /// As a power cut would end it.
    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Brings notifications, several at once; what does not arrive is not tried again.
    fn tell(&mut self, told: Vec<Notice>) {
        let mut told = self.weather.disturb(told);
        let late = std::mem::take(&mut self.delayed);
        (self.delayed, told) = told.into_iter().partition(|_| self.weather.chance(3));
        told.extend(late);
        let url = format!("http://127.0.0.1:{}/uis/{SECRET}", self.orders.port);
        let one = |notice: Notice| {
            let (fake, url, templates) = (&self.fake, &url, &self.templates);
            async move { fake.deliver(url, templates, &notice).await }
        };
        self.runtime.block_on(async { join_all(told.into_iter().map(one)).await });
    }

    /// Now and then an answer goes wrong, or a token is forgotten.
    fn trouble(&mut self, now: DateTime<Utc>) {
        if self.weather.chance(3) {
            self.weather.troubles.push(now);
            self.fake.expire_tokens_after(self.weather.among(6) as u32);
        }
        if self.weather.chance(4) {
            let (target, trouble) = match self.weather.among(6) {
                0 => (Target::Any, Trouble::CutInBody),
                1 => (Target::Any, Trouble::HtmlError),
                2 => (Target::Any, Trouble::BrokenJson),
                3 => (Target::Any, Trouble::Slow(Duration::from_millis(2))),
                4 => (Target::Any, Trouble::Refuse(-32603, "internal_error")),
                _ => (Target::Method("get.calls_report"), Trouble::WrongTypes),
            };
            self.weather.troubles.push(now);
            self.fake.faults().next(target, trouble, 1 + self.weather.among(2) as u32);
        }
    }

    /// What a person wants to know of a day that got stuck.
    fn picture(&self, store: Option<&Store>) -> String {
        let heard = store.map(|store| store.read(|conn| cursors::get(conn, "uis.heard_until")));
        let asked = self.fake.asked();
        let last: Vec<_> = asked.iter().rev().take(6).map(|one| (&one.method, one.refused)).collect();
        let cut = self.fake.faults().is_cut();
        let lasting = store.map(lasting);
        format!(
            "now {}, heard until {heard:?}, cut {cut}, asked {} {last:?}, {lasting:?}",
            self.fake.now(),
            asked.len()
        )
    }

    fn until(&self, what: &str, is_so: impl Fn(&Store) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut store = None;
        loop {
            // The file may not be there yet.
            store = store.or_else(|| Store::open_shared(&self.orders.store).ok());
            if store.as_ref().is_some_and(&is_so) {
                return;
            }
            assert!(Instant::now() < deadline, "not in time: {what}\n{}", self.picture(store.as_ref()));
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Conductor<'_> {
    fn drop(&mut self) {
        self.kill();
    }
}

fn lasting(store: &Store) -> Vec<Gap> {
    let lasting = store.read(|conn| gaps::lasting(conn, "uis")).unwrap_or_default();
    lasting.into_iter().filter(|gap| gap.cause != Cause::Listener).collect()
}

/// Whether no gap waits for the record to be read.
fn is_healed(store: &Store) -> bool {
    let always = opens() - seconds(86_400)..opens() + seconds(3 * 86_400);
    let known = store.read(|conn| gaps::touching(conn, &always)).unwrap_or_default();
    known.iter().all(|gap| gap.ended_at.is_some() && gap.restored != Restored::Pending)
}

/// Whether the link stands, and stood at `now`.
fn hears(store: &Store, now: DateTime<Utc>) -> bool {
    let heard = store.read(|conn| cursors::get(conn, "uis.heard_until")).unwrap_or_default();
    let heard = heard.and_then(|at| at.parse::<DateTime<Utc>>().ok());
    heard.is_some_and(|at| at >= now) && lasting(store).is_empty()
}

impl Played {
    pub fn world<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        self.fake.world(|world| look(world))
    }
}
