//! What the ledger is fed costs on a big store: all facts at once, and what a change leaves to look at again.
//! `cargo bench --bench feed`; CALLS sets how many (10,000,000).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "feed/big_store.rs"]
mod big_store;

use std::env;
use std::time::{Duration, Instant};

use chrono_tz::Tz;
use pult::store::{Error, Store, facts};

const ZONE: Tz = chrono_tz::Europe::Moscow;

fn main() {
    let calls = env::var("CALLS").map_or(10_000_000, |calls| calls.parse().unwrap());
    let begun = Instant::now();
    let path = big_store::path(calls);
    println!("store of {calls} calls: {:?}, {} MB", begun.elapsed(), path.metadata().unwrap().len() >> 20);
    let store = Store::open(&path).unwrap();
    println!("all facts: {:?}", median((0..3).map(|_| timed(|| all(&store)))));
}

fn all(store: &Store) {
    let mut booked = 0;
    let mut count = 0;
    facts::all::<Error>(store, ZONE, &|_, _| (), |fact| {
        count += 1;
        booked += usize::from(fact.booked);
        Ok(())
    })
    .unwrap();
    println!("{count} facts, {booked} booked");
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}
