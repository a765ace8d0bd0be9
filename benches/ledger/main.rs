//! Ten million calls: what the ledger costs and how fast it answers, with DuckDB asked the same. The answers are
//! compared cell by cell. `cargo bench --bench ledger`; `-- 1000000` for fewer calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod clinic;
mod peer;

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::Days;
use pult::domain::desk::Figure;
use pult::domain::id::{ChannelId, PersonId, TopicId};
use pult::domain::metric::Norms;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{Between, Filter, Group, Kind, Level, Measure, Query};
use pult::ledger::{Builder, Ledger};
use uuid::Uuid;

use clinic::{Clinic, TEMPORARY, ZONE, first_day, last_day};
use peer::{Asked, Columns};

fn main() {
    let count = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000_000);
    let folder = tempfile::tempdir_in(".").unwrap();
    let mut columns = Columns::new(folder.path());
    Clinic::new().calls(count, |fact| columns.push(fact));
    columns.finish();
    let ledger = built(count);
    if !std::env::args().any(|word| word == "tables") {
        drills(&ledger);
    }
    against_the_peer(&ledger, folder.path());
    fs::remove_dir_all(folder.path()).unwrap();
}

fn built(count: usize) -> Ledger {
    let before = resident();
    let begun = Instant::now();
    let mut builder = Builder::new(ZONE);
    let mut making = Duration::ZERO;
    Clinic::new().calls(count, |fact| {
        let begun = Instant::now();
        builder.push(fact).unwrap();
        making += begun.elapsed();
    });
    let begun_to_finish = Instant::now();
    let ledger = builder.finish();
    let finish = begun_to_finish.elapsed();
    println!(
        "{} calls, generated and pushed in {:?}: push {making:?}, finish {finish:?}",
        ledger.len(),
        begun.elapsed()
    );
    println!("resident memory: {:.1} bytes a call", (resident() - before) as f64 / ledger.len() as f64);
    ledger
}

fn resident() -> usize {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    statm.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

/// Last 30 days, last year, everything.
fn periods() -> [(&'static str, Period); 3] {
    let last = |days: u64| Period { from: last_day() - Days::new(days - 1), to: last_day() };
    [("month", last(30)), ("year", last(365)), ("5 years", Period { from: first_day(), to: last_day() })]
}

/// Each with the peer's words.
fn filters() -> [(&'static str, Filter, &'static str); 3] {
    let topic = |id| Group::Topic(Some(TopicId(Uuid::from_u128(id))));
    let not_booked =
        Filter { patients_only: true, ..Filter::only([topic(3), Group::Outcome(Some(Outcome::NotBooked))]) };
    let channel = |id| Group::Channel(Some(ChannelId(Uuid::from_u128(id))));
    let slow = Filter {
        wait: Between { least: Some(Duration::from_secs(10)), most: None },
        ..Filter::only(
            (1..=10).map(channel).chain([Group::Direction(pult::domain::call::Direction::Incoming)]),
        )
    };
    [
        ("", Filter::default(), ""),
        ("one topic, not booked", not_booked, "counts = 1 AND topic = 3 AND outcome = 4"),
        (
            "ten channels, incoming, waits of 10 s and more",
            slow,
            "channel BETWEEN 1 AND 10 AND direction = 0 AND wait >= 10000",
        ),
    ]
}

fn query(period: Period, kind: Kind, levels: (Level, Level), filter: &Filter) -> Query {
    Query { period, kind, by: levels.0, then_by: levels.1, filter: filter.clone(), compare: None }
}

fn questions() -> Vec<(String, Query, Asked)> {
    let levels =
        [(Level::Employee, Level::Outcome), (Level::Topic, Level::Channel), (Level::Day, Level::Hour)];
    let mut questions = vec![];
    for kind in [Kind::Calls, Kind::Patients] {
        for (span, period) in periods() {
            for pair in &levels[..if kind == Kind::Calls { 3 } else { 2 }] {
                for (words, filter, sql) in filters() {
                    let query = query(period, kind, *pair, &filter);
                    let name = format!("{kind:?} | {span} | {:?}, {:?} | {words}", pair.0, pair.1);
                    let asked = Asked::new(&query, sql);
                    questions.push((name, query, asked));
                }
            }
        }
    }
    questions
}

fn against_the_peer(ledger: &Ledger, folder: &std::path::Path) {
    let questions = questions();
    let ours: Vec<Duration> =
        questions.iter().map(|(_, query, _)| median(|| ledger.table(query, None))).collect();
    let (names, asked): (Vec<_>, Vec<Asked>) =
        questions.into_iter().map(|(name, query, asked)| ((name, query), asked)).unzip();
    let answers = peer::ask(folder, &asked);
    let version =
        answers.as_ref().map_or("no DuckDB".to_owned(), |answers| format!("DuckDB {}", answers.version));
    println!(
        "| kind | period | levels | filter | ledger, ms | {version}, ms | times faster |\n|---|---|---|---|---|---|---|"
    );
    for (nth, ((name, query), ours)) in names.iter().zip(ours).enumerate() {
        let ours = ours.as_secs_f64() * 1000.0;
        let theirs = answers.as_ref().map(|answers| &answers.answers[nth]);
        theirs.iter().for_each(|answer| answer.assert_same(&ledger.table(query, None)));
        let peer = theirs.map_or(f64::NAN, |answer| answer.milliseconds);
        println!("| {name} | {ours:.2} | {peer:.1} | {:.1} |", peer / ours);
    }
}

fn drills(ledger: &Ledger) {
    let [(_, month), _, (_, all)] = periods();
    let employee = |id| Group::Employee(Some(PersonId(Uuid::from_u128(id))));
    let topic = |id| Group::Topic(Some(TopicId(Uuid::from_u128(id))));
    let none = Filter::default();
    let paths = [
        ("all", vec![]),
        ("one employee", vec![employee(5)]),
        ("an employee of two weeks", vec![employee(TEMPORARY)]),
        ("the rarest employee and topic", vec![employee(120), topic(40)]),
        ("an employee of two weeks and a topic", vec![employee(TEMPORARY), topic(1)]),
    ];
    for kind in [Kind::Calls, Kind::Patients] {
        for (name, path) in &paths {
            for measure in [Measure::Calls, Measure::Held] {
                let query = query(all, kind, (Level::Employee, Level::Topic), &none);
                let figure = Figure { query, path: path.clone(), measure };
                let first = median(|| ledger.drill(&figure, 0..50, None));
                let size = median(|| ledger.size(&figure, None));
                let explain = median(|| ledger.explain(&figure, None));
                println!(
                    "drill {kind:?} {name} {measure:?}: first page {first:?}, size {} {size:?}, explained {explain:?}",
                    ledger.size(&figure, None)
                );
            }
        }
    }
    for (name, period) in [("month", month), ("5 years", all)] {
        let query = query(period, Kind::Calls, (Level::None, Level::None), &none);
        println!("metrics {name}: {:?}", median(|| ledger.metrics(&query, &Norms::default(), None)));
    }
}

/// Of as many runs as fit into a second, 5 to 101.
fn median<T>(work: impl Fn() -> T) -> Duration {
    let mut times = vec![];
    while times.len() < 5 || (times.iter().sum::<Duration>() < Duration::from_secs(1) && times.len() < 101) {
        let begun = Instant::now();
        black_box(work());
        times.push(begun.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}
