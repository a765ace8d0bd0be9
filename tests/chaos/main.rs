//! A clinic's day of 2,000 calls, and all that can go wrong in one: at the end the store equals the truth, call by call,
//! and says of every outage when it was and that all of it came back.
//!
//! `PULT_CHAOS_SEEDS=200 cargo test --test chaos` plays so many days; `PULT_CHAOS_SEED=17` plays that one again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod compare;
mod day;
mod direct;
mod told;
mod weather;

use chrono::{DateTime, Utc};
use pult::store::Store;

/// The seeds to play: the one that is asked for, or the first `usual`, or as many as are asked for.
fn seeds(usual: u64) -> Vec<u64> {
    let asked = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    match asked("PULT_CHAOS_SEED") {
        Some(seed) => vec![seed],
        None => (1..=asked("PULT_CHAOS_SEEDS").unwrap_or(usual)).collect(),
    }
}

fn assert_true(seed: u64, wrong: &[String]) {
    assert!(wrong.is_empty(), "PULT_CHAOS_SEED={seed}:\n{}", wrong.join("\n"));
}

#[test]
fn what_the_engine_is_told_and_reads_becomes_the_truth() {
    for seed in seeds(3) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pult.db");
        let (sky, weather) = direct::play(seed, day::CALLS, &path);
        let store = Store::open(&path).unwrap();
        let truth = sky.day.calls.iter().map(|call| told::record(&sky.day, call, DateTime::<Utc>::MAX_UTC));
        // The record of the past of this provider knows internal calls too.
        assert_true(seed, &compare::calls(&store, truth.flatten().collect()));
        assert_true(seed, &compare::gaps(&store, told::PROVIDER, &sky.day, &weather));
    }
}
