//! How many calls a second the engine takes in and has on the disk, on a store that holds 100,000 already: told live in
//! three steps each, and read from a provider's record of the past. Beside it SQLite itself, with rows as wide.
//! `cargo bench --bench ingest`; CALLS sets how many are taken in (30,000).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "ingest/given.rs"]
mod given;
#[path = "ingest/peer.rs"]
mod peer;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use pult::engine::sync::Pace;
use pult::engine::{Clock, Engine, Outside};
use pult::store::{Author, Store, calls, cursors};
use pult::telephony::{Abilities, Archive, Event, Placed, Provider, Receipt};
use tokio::sync::mpsc;

use given::{NAME, Past, SOURCE, told};

const STORED: u64 = 100_000;

fn main() {
    let count = std::env::var("CALLS").map_or(30_000, |calls| calls.parse().unwrap());
    let directory = tempfile::tempdir_in(".").unwrap();
    for round in 1..=3 {
        let path = directory.path().join(format!("{round}.db"));
        fill(&path);
        let past = read_past(&path, STORED..STORED + count);
        let live = hear_live(&path, STORED + count..STORED + 2 * count);
        let peer = peer::insert(&directory.path().join(format!("{round}-peer.db")), STORED, count);
        let rate = |spent: Duration| count as f64 / spent.as_secs_f64();
        println!(
            "round {round}, calls/s: told live {:.0}, read from the record {:.0}; SQLite alone: {:.0} and {:.0}",
            rate(live),
            rate(past),
            rate(peer.live),
            rate(peer.past)
        );
    }
}

/// The calls that are there already.
fn fill(path: &Path) {
    let store = Store::open(path).unwrap();
    let author = Author { employee: None, at: given::now() };
    for thousand in 0..STORED / 1_000 {
        let write = move |tx: &rusqlite::Transaction<'_>| {
            for number in thousand * 1_000..(thousand + 1) * 1_000 {
                calls::record(tx, &given::ended(number), &author)?;
            }
            Ok(())
        };
        store.write(write).unwrap();
    }
}

/// Says all it has as fast as it is taken.
struct Flood {
    words: Vec<Event>,
}

impl Provider for Flood {
    fn name(&self) -> &'static str {
        NAME
    }

    fn abilities(&self) -> Abilities {
        Abilities::default()
    }

    async fn run(self, events: mpsc::Sender<Event>, _orders: mpsc::Receiver<Placed>) {
        for event in self.words {
            events.send(event).await.unwrap();
        }
        events.closed().await;
    }
}

/// From the first word until the last is on the disk.
fn hear_live(path: &Path, calls: std::ops::Range<u64>) -> Duration {
    let receipt = Receipt::default();
    let mut words = told(calls);
    words.push(Event::Receipt(receipt.clone()));
    in_engine(path, Flood { words }, Archive::default(), |_store| async move { receipt.told().await })
}

/// From the first question until the reading is done.
fn read_past(path: &Path, calls: std::ops::Range<u64>) -> Duration {
    let archive = Archive { histories: vec![Arc::new(Past::of(calls))], recordings: None };
    in_engine(path, Flood { words: vec![] }, archive, |store| async move {
        let done = || store.read(|conn| cursors::get(conn, &cursors::read_until(SOURCE))).unwrap().is_some();
        while !done() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
}

fn in_engine<F, W>(path: &Path, provider: Flood, archive: Archive, wait: W) -> Duration
where
    F: Future<Output = ()>,
    W: FnOnce(Store) -> F,
{
    let store = Store::open(path).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let spent = runtime.block_on(async {
        let clock: Clock = Arc::new(given::now);
        let outside = Outside { provider, archive, pace: Pace::default(), keeping: None };
        let begun = Instant::now();
        let engine = Engine::start(store.clone(), chrono_tz::Europe::Moscow, clock, outside);
        // Somebody looks.
        let _desk = engine.changes();
        wait(store).await;
        begun.elapsed()
    });
    drop(runtime);
    spent
}

/// A moment of a day that is long over.
pub fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}
