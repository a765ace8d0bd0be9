//! What a commit costs alone and in company. `cargo bench --bench store`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::thread;
use std::time::Instant;

use chrono::DateTime;
use pult::store::{Author, Store, journal};

const WRITES: usize = 4_096;

fn main() {
    let directory = tempfile::tempdir_in(".").unwrap();
    for writers in [1, 4, 16, 64, 256] {
        let store = Store::open(&directory.path().join(format!("{writers}.db"))).unwrap();
        let begun = Instant::now();
        thread::scope(|scope| {
            for _ in 0..writers {
                scope.spawn(|| (0..WRITES / writers).for_each(|_| write_one(&store)));
            }
        });
        let rate = WRITES as f64 / begun.elapsed().as_secs_f64();
        println!("{writers:>4} at once: {rate:>8.0} acknowledged writes/s");
    }
}

fn write_one(store: &Store) {
    let author = Author { employee: None, at: DateTime::from_timestamp(1_790_000_000, 0).unwrap() };
    store.write(move |tx| journal::note(tx, "bench", "0", &author)).unwrap();
}
