//! A clinic's day of 2,000 calls, and all that can go wrong in one: at the end the store equals the truth, call by call,
//! and says of every outage when it was and that all of it came back.
//!
//! `PULT_CHAOS_SEEDS=200 cargo test --test chaos` plays so many days; `PULT_CHAOS_SEED=17` plays that one again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod child;
mod compare;
mod day;
mod direct;
#[path = "../fake_uis/fake.rs"]
#[expect(dead_code, reason = "shared with its own tests")]
mod fake;
mod process;
mod told;
mod vendor;
mod weather;

use pult::domain::call::Direction;

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
    for seed in seeds(2) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pult.db");
        let (sky, weather) = direct::play(seed, day::CALLS, &path);
        let store = direct::opened(&path);
        let truth: Vec<_> = sky.day.calls.iter().map(|call| told::ended(&sky.day, call)).collect();
        assert_true(seed, &compare::calls(&store, &truth));
        assert_true(seed, &compare::gaps(&store, told::PROVIDER, &truth, &weather));
        let requests: Vec<_> = sky.day.requests.iter().map(told::lead).collect();
        assert_true(seed, &compare::leads(&store, &requests));
    }
}

#[test]
fn what_a_platform_tells_a_desk_that_is_killed_becomes_the_truth() {
    for seed in seeds(1) {
        let directory = tempfile::tempdir().unwrap();
        let played = process::play(seed, day::CALLS, directory.path());
        let store = direct::opened(&directory.path().join("pult.db"));
        let outside = played.day.calls.iter().filter(|call| call.direction != Direction::Internal);
        let truth: Vec<_> =
            played.world(|world| outside.map(|call| vendor::expected(&played.day, call, world)).collect());
        assert_true(seed, &compare::calls(&store, &truth));
        assert_true(seed, &compare::gaps(&store, pult::telephony::uis::NAME, &truth, &played.weather));
        let requests = played.day.requests.iter();
        let requests: Vec<_> =
            played.world(|world| requests.map(|request| vendor::expected_lead(request, world)).collect());
        assert_true(seed, &compare::leads(&store, &requests));
    }
}
