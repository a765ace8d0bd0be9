//! What loading the sample clinic, reading it into the ledger and asking that for a report cost.
//! `cargo bench --bench report`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use pult::clinic::csv;
use pult::domain::desk::Reply;
use pult::domain::period::Period;
use pult::domain::report::{Filter, Kind, Level, Query};
use pult::engine::Figures;
use pult::store::clinic::{Records, put};
use pult::store::{Author, Store};

const ZONE: Tz = chrono_tz::Europe::Moscow;
const TIMES: usize = 15;

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let loads: Vec<(Duration, Duration)> =
        (0..5).map(|nth| load(&folder.path().join(format!("{nth}.db")))).collect();
    println!("read the files: {:?}", median(loads.iter().map(|load| load.0)));
    println!("write them:     {:?}", median(loads.iter().map(|load| load.1)));
    let store = Store::open(&folder.path().join("0.db")).unwrap();
    let read = || {
        let figures = Figures::new(store.clone(), ZONE);
        figures.catch_up(&|_, _| ()).unwrap();
        figures
    };
    println!("build the ledger: {:?}", median((0..TIMES).map(|_| timed(read))));
    let figures = read();
    figures.save();
    println!("open its cache: {:?}", median((0..TIMES).map(|_| timed(read))));
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let quarter = Period { from: day(8, 23), to: day(11, 20) };
    for (name, period) in [("90 days", quarter), ("one day", Period::day(day(11, 20)))] {
        for kind in [Kind::Calls, Kind::Patients] {
            let (by, then_by, filter) = (Level::Employee, Level::Outcome, Filter::default());
            let query = Query { period, kind, by, then_by, filter, compare: None };
            let Ok(Reply::Report(table)) = figures.report(&query) else { panic!("asked for a table") };
            let calls = table.total.calls;
            let ask = || figures.report(&query).unwrap();
            println!("{name} by {kind:?}, {calls} counted: {:?}", median((0..TIMES).map(|_| timed(ask))));
        }
    }
}

/// Reads and writes the clinic's files; how long each took.
fn load(path: &Path) -> (Duration, Duration) {
    let file = |name: &str| fs::read(format!("sample-data/{name}.csv")).unwrap();
    let store = Store::open(path).unwrap();
    let author = Author { employee: None, at: DateTime::from_timestamp(1_790_000_000, 0).unwrap() };
    let begun = Instant::now();
    let files = [
        Records::Lines(csv::lines(&file("lines")).unwrap()),
        Records::Topics(csv::topics(&file("topics")).unwrap()),
        Records::People(csv::people(&file("people")).unwrap()),
        Records::Visits(csv::visits(&file("visits"), ZONE).unwrap()),
        Records::Tasks(csv::tasks(&file("tasks"), ZONE).unwrap()),
        Records::Calls(csv::calls(&file("calls"), ZONE).unwrap()),
    ];
    let read = begun.elapsed();
    let put_all = move |transaction: &rusqlite::Transaction| {
        files.iter().try_for_each(|records| put(transaction, records, &author, &mut || ()).map(drop))
    };
    store.write(put_all).unwrap();
    (read, begun.elapsed() - read)
}

fn timed<T>(work: impl Fn() -> T) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}
