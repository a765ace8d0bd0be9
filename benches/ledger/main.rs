//! Ten million calls: what the ledger costs and how fast it answers, with DuckDB asked the same. The answers are
//! compared cell by cell. `cargo bench --bench ledger`; `-- 1000000` for fewer calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod clinic;
mod peer;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::Days;
use pult::domain::desk::Figure;
use pult::domain::fact::{CallNumber, Fact, Party};
use pult::domain::id::{ChannelId, PersonId, TopicId};
use pult::domain::metric::Norms;
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{Between, Filter, Group, Kind, Level, Measure, Query};
use pult::ledger::{Builder, Ledger};
use uuid::Uuid;

use clinic::{Clinic, TEMPORARY, ZONE, first_day, last_day};
use peer::{Asked, Columns};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let count = words.iter().find_map(|word| word.parse().ok()).unwrap_or(10_000_000);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (mut ledger, sample) = built(count);
    changes(&mut ledger, &sample);
    cache(&ledger, folder.path());
    drills(&ledger);
    let mut columns = Columns::new(folder.path());
    Clinic::new().calls(count, |fact| columns.push(fact));
    columns.finish();
    against_the_peer(&ledger, folder.path());
}

/// The ledger, and a call in a thousand of those in it.
fn built(count: usize) -> (Ledger, Vec<Fact>) {
    let before = resident();
    let begun = Instant::now();
    let mut builder = Builder::new(ZONE);
    let mut sample = vec![];
    let mut pushing = Duration::ZERO;
    Clinic::new().calls(count, |fact| {
        let begun = Instant::now();
        builder.push(fact).unwrap();
        pushing += begun.elapsed();
        if fact.number.0 % 1000 == 0 {
            sample.push(fact.clone());
        }
    });
    let generated = begun.elapsed() - pushing;
    let begun = Instant::now();
    let ledger = builder.finish();
    let finishing = begun.elapsed();
    println!(
        "{} calls, generated in {generated:.2?}; pushed in {pushing:.2?}, put in order in {finishing:.2?}",
        ledger.len()
    );
    println!("resident memory: {:.1} bytes a call", (resident() - before) as f64 / ledger.len() as f64);
    (ledger, sample)
}

/// What one change costs; all are taken back.
fn changes(ledger: &mut Ledger, sample: &[Fact]) {
    let newest = sample.last().unwrap();
    let new = |nth: usize| Fact { number: CallNumber(20_000_000 + nth as u32), ..newest.clone() };
    let each = |name: &str, mut change: Box<dyn FnMut(usize) + '_>| {
        let timed = |nth: usize| {
            let begun = Instant::now();
            change(nth);
            begun.elapsed()
        };
        let mut times: Vec<Duration> = (0..sample.len()).map(timed).collect();
        times.sort();
        let (median, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        println!("{name}: median {median:.2?}, p99 {p99:.2?}");
    };
    each("a call ends", Box::new(|nth| ledger.put(&new(nth)).unwrap()));
    each("a call is forgotten", Box::new(|nth| ledger.remove(new(nth).number)));
    let paid = |nth: usize| Fact { held: true, money: Money(1), ..sample[nth].clone() };
    each("a visit brings money, on any day of five years", Box::new(|nth| ledger.put(&paid(nth)).unwrap()));
    let named = |nth: usize| Fact { party: Party::Person(1), ..sample[nth].clone() };
    each("an unknown caller gets a name", Box::new(|nth| ledger.put(&named(nth)).unwrap()));
    each("all back", Box::new(|nth| ledger.put(&sample[nth]).unwrap()));
}

fn cache(ledger: &Ledger, folder: &Path) {
    let path = folder.join("pult.ledger");
    let begun = Instant::now();
    ledger.save(&path, 1).unwrap();
    println!("saved in {:.2?}, {:.1} bytes a call", begun.elapsed(), bytes(&path) / ledger.len() as f64);
    let before = resident();
    let (loaded, _) = Ledger::load(&path, ZONE).unwrap();
    println!(
        "resident memory after loading: {:.1} bytes a call",
        (resident() - before) as f64 / loaded.len() as f64
    );
    println!("loaded in {}", shown(|| Ledger::load(&path, ZONE).unwrap().0.len()));
    fs::remove_file(path).unwrap();
}

fn bytes(path: &Path) -> f64 {
    fs::metadata(path).unwrap().len() as f64
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

fn against_the_peer(ledger: &Ledger, folder: &Path) {
    let questions = questions();
    let ours: Vec<[f64; 2]> =
        questions.iter().map(|(_, query, _)| times(|| ledger.table(query, None))).collect();
    let (names, asked): (Vec<_>, Vec<Asked>) =
        questions.into_iter().map(|(name, query, asked)| ((name, query), asked)).unzip();
    let answers = peer::ask(folder, &asked);
    let version =
        answers.as_ref().map_or("no DuckDB".to_owned(), |answers| format!("DuckDB {}", answers.version));
    println!("milliseconds: the median, and the least in brackets");
    println!(
        "| kind | period | levels | filter | ledger | {version} | times faster |\n|---|---|---|---|---|---|---|"
    );
    for (nth, ((name, query), [ours, least])) in names.iter().zip(ours).enumerate() {
        let theirs = answers.as_ref().map(|answers| &answers.answers[nth]);
        theirs.iter().for_each(|answer| answer.assert_same(&ledger.table(query, None)));
        let [peer, peer_least] = theirs.map_or([f64::NAN; 2], |answer| answer.milliseconds);
        println!(
            "| {name} | {ours:.2} ({least:.2}) | {peer:.1} ({peer_least:.1}) | {:.1} ({:.1}) |",
            peer / ours,
            peer_least / least
        );
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
                let first = shown(|| ledger.drill(&figure, 0..50, None));
                let size = shown(|| ledger.size(&figure, None));
                let explain = shown(|| ledger.explain(&figure, None));
                println!(
                    "drill {kind:?} {name} {measure:?}: {} calls; first page {first}, size {size}, explained {explain}",
                    ledger.size(&figure, None)
                );
            }
        }
    }
    for (name, period) in [("month", month), ("5 years", all)] {
        let query = query(period, Kind::Calls, (Level::None, Level::None), &none);
        println!("metrics {name}: {}", shown(|| ledger.metrics(&query, &Norms::default(), None)));
    }
}

/// The median and the least time in milliseconds, of as many runs as fit into a second, 5 to 101.
fn times<T>(work: impl Fn() -> T) -> [f64; 2] {
    let mut times = vec![];
    while times.len() < 5 || (times.iter().sum::<Duration>() < Duration::from_secs(1) && times.len() < 101) {
        let begun = Instant::now();
        black_box(work());
        times.push(begun.elapsed());
    }
    times.sort();
    [times[times.len() / 2], times[0]].map(|time| time.as_secs_f64() * 1000.0)
}

fn shown<T>(work: impl Fn() -> T) -> String {
    let [median, least] = times(work);
    format!("{median:.3} ms ({least:.3})")
}
