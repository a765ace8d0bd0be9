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

use std::collections::HashSet;

use chrono::TimeDelta;
use pult::domain::call::{CallResult, Direction};

use day::{Day, TrueCall};

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

/// A day without transfers would prove nothing of transfers.
#[test]
fn a_day_has_all_that_a_day_has() {
    let (day, again) = (Day::of(5, day::CALLS), Day::of(5, day::CALLS));
    let told = |day: &Day| day.calls.iter().map(|call| told::ended(day, call)).collect::<Vec<_>>();
    assert_eq!(told(&day), told(&again), "a pure function of its seed");
    assert_ne!(told(&day), told(&Day::of(6, day::CALLS)));
    let share = |is_so: &dyn Fn(&TrueCall) -> bool| day.calls.iter().filter(|call| is_so(call)).count();
    let outside = |call: &TrueCall| call.direction != Direction::Internal;
    for (what, least, count) in [
        ("answered", 900, share(&|call| call.result == CallResult::Answered)),
        ("missed", 250, share(&|call| call.result == CallResult::Missed)),
        ("given up within seconds", 50, share(&|call| call.result == CallResult::Missed && call.wait < 5)),
        ("busy", 30, share(&|call| call.result == CallResult::Busy)),
        ("not reached", 60, share(&|call| call.result == CallResult::NoAnswer)),
        ("internal", 40, share(&|call| !outside(call))),
        ("hidden", 20, share(&|call| outside(call) && call.number.is_none())),
        ("transferred", 30, share(&|call| call.talks.len() > 1)),
        ("held", 30, share(&|call| call.hold.is_some())),
        ("longer than the overlap", 3, share(&|call| call.ends() - call.begins > TimeDelta::minutes(30))),
        ("corrected late", 20, share(&|call| call.correction.is_some())),
        (
            "told of the campaign late",
            50,
            share(&|call| call.advert.as_ref().is_some_and(|one| one.known > 0)),
        ),
        ("of a caller seen before", 200, day.calls.len() - callers(&day)),
        (
            "begun while another ran",
            1_000,
            day.calls.windows(2).filter(|two| two[1].begins < two[0].ends()).count(),
        ),
    ] {
        assert!(count >= least, "{count} calls are {what}");
    }
}

fn callers(day: &Day) -> usize {
    let hidden = day.calls.iter().filter(|call| call.number.is_none()).count();
    hidden + day.calls.iter().filter_map(|call| call.number).collect::<HashSet<_>>().len()
}
