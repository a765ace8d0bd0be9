//! What the ledger is fed costs on a big store: all facts at once, what a change leaves to look at again, what a filter
//! asks the store, a page of details. `cargo bench --bench feed`; CALLS sets how many (10,000,000).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "feed/big_store.rs"]
mod big_store;

use std::env;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use pult::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use pult::domain::fact::{CallNumber, Fact};
use pult::domain::id::PersonId;
use pult::domain::phone::{Phone, Remote};
use pult::domain::report::Filter;
use pult::store::facts::{self, Changes};
use pult::store::{Author, Error, Store, calls, report};
use uuid::Uuid;

const ZONE: Tz = chrono_tz::Europe::Moscow;
const TIMES: u64 = 200;

fn main() {
    let calls = env::var("CALLS").map_or(10_000_000, |calls| calls.parse().unwrap());
    let begun = Instant::now();
    let path = big_store::path(calls);
    println!("store of {calls} calls: {:?}, {} MB", begun.elapsed(), path.metadata().unwrap().len() >> 20);
    let store = Store::open(&path).unwrap();
    println!("all facts: {:?}", median((0..3).map(|_| timed(|| all(&store)))));
    page(&store, calls);
    filters(&store);
    call_ends(&store, "a patient", |nth| big_store::phone_of(nth * 2_999));
    call_ends(&store, "an employee", |nth| 79_990_000_000 + nth % 3);
    visit_changes(&store);
}

fn all(store: &Store) {
    let (mut count, mut booked) = (0_u64, 0_u64);
    let take = |fact: &Fact| {
        count += 1;
        booked += u64::from(fact.booked);
        Ok::<_, Error>(())
    };
    facts::all(store, ZONE, &|_, _| (), take).unwrap();
    println!("{count} facts, {booked} booked");
}

fn page(store: &Store, calls: u64) {
    let pages = (0..TIMES).map(|nth| {
        let numbers: Vec<CallNumber> =
            (0..50).map(|row| CallNumber((1 + (nth * 7_919 + row * 104_729) % calls) as u32)).collect();
        timed(|| assert_eq!(store.read(|conn| report::rows(conn, &numbers)).unwrap().len(), 50))
    });
    println!("details of 50 calls from anywhere: {:?}", median(pages));
}

fn filters(store: &Store) {
    let person = PersonId(Uuid::from_bytes(big_store::id(2, 40_000)));
    let filters = [
        ("a person", Filter { person: Some(person), ..Filter::default() }),
        ("a word", Filter { text: "имплант".into(), ..Filter::default() }),
        ("two beginnings", Filter { text: "бол зав".into(), ..Filter::default() }),
        ("a number", Filter { number: "8 942 001-00-20".into(), ..Filter::default() }),
        ("three digits", Filter { number: "123".into(), ..Filter::default() }),
    ];
    for (name, filter) in filters {
        let look = || timed(|| store.read(|conn| facts::matching(conn, &filter)).unwrap());
        println!("matching {name}: {:?}", median((0..5).map(|_| look())));
    }
}

/// One after another, each looked at before the next.
fn call_ends(store: &Store, whose: &str, phone: fn(u64) -> u64) {
    let mut stamp = store.read(|conn| facts::since(conn, ZONE, 0)).unwrap().stamp;
    let mut facts_told = vec![];
    let times: Vec<Duration> = (0..TIMES)
        .map(|nth| {
            let snapshot = ended(nth, Phone(phone(nth)));
            let author = Author { employee: None, at: now() };
            store.write(move |tx| calls::record(tx, &snapshot, &author)).unwrap();
            follow(store, &mut stamp, &mut facts_told)
        })
        .collect();
    println!("since a call of {whose} ended: {:?} ({} facts)", median(times.into_iter()), middle(facts_told));
    // The next run finds the store as this one did.
    store.write(|tx| Ok(tx.execute_batch("DELETE FROM calls WHERE provider = 'today'")?)).unwrap();
}

fn visit_changes(store: &Store) {
    let mut stamp = store.read(|conn| facts::since(conn, ZONE, 0)).unwrap().stamp;
    let mut facts_told = vec![];
    let times: Vec<Duration> = (0..TIMES)
        .map(|nth| {
            let visit = big_store::id(5, nth * 97);
            let sql = "UPDATE visits SET stage = 'held', money = money + 100 WHERE id = ?1";
            store.write(move |tx| Ok(tx.execute(sql, [visit])?)).unwrap();
            follow(store, &mut stamp, &mut facts_told)
        })
        .collect();
    println!("since a visit was held: {:?} ({} facts)", median(times.into_iter()), middle(facts_told));
}

fn follow(store: &Store, stamp: &mut u64, told: &mut Vec<usize>) -> Duration {
    timed(|| {
        let since = store.read(|conn| facts::since(conn, ZONE, *stamp)).unwrap();
        *stamp = since.stamp;
        let Changes::Some { facts, .. } = since.changes else { panic!("one change is not everything") };
        told.push(facts.len());
    })
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(big_store::BEGUN).unwrap() + TimeDelta::days(big_store::DAYS)
}

/// As it comes when it ended.
fn ended(nth: u64, phone: Phone) -> Snapshot {
    let started_at = now() + TimeDelta::seconds(nth as i64 * 60);
    Snapshot {
        key: CallKey { provider: "today".into(), id: Uuid::now_v7().to_string() },
        direction: Direction::Incoming,
        remote: Remote::Number(phone),
        name: None,
        line: Some("74950000001".into()),
        queue: None,
        phase: Phase::Ended,
        result: Some(CallResult::Answered),
        agent: Some("101".into()),
        holder: Some("101".into()),
        ringing: vec![],
        started_at,
        answered_at: Some(started_at + TimeDelta::seconds(5)),
        ended_at: Some(started_at + TimeDelta::seconds(65)),
        wait: Duration::from_secs(5),
        talk: Duration::from_secs(60),
        hold: Duration::ZERO,
        transfers: vec![],
        recording: None,
        advert: None,
        tags: vec![],
        settled: false,
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    middle(times.collect())
}

fn middle<T: Ord + Copy>(mut all: Vec<T>) -> T {
    all.sort();
    all[all.len() / 2]
}
