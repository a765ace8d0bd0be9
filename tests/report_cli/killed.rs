//! Kill -9 while the report reads the store and writes its cache: the next report says the same, and nothing piles up.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{CLINIC, Clinic, PERIOD};

const BY_CHANCE: u32 = 12;
const WHILE_WRITING: u32 = 12;
const CACHE: &str = "clinic.db.ledger";
const UNFINISHED: &str = "clinic.db.ledger.new";

/// A clinic of its own: other tests read the cache of theirs.
fn clinic() -> Clinic {
    let folder = CLINIC.file("killed");
    fs::create_dir(&folder).unwrap();
    for file in
        ["clinic.db", "clinic.db-wal"].map(|name| CLINIC.file(name)).iter().filter(|file| file.exists())
    {
        fs::copy(file, folder.join(file.file_name().unwrap())).unwrap();
    }
    Clinic { folder }
}

impl Clinic {
    /// A report that must write its cache anew.
    fn start(&self) -> Child {
        let _ = fs::remove_file(self.file(CACHE));
        let mut report = self.command(&[&["report"], &PERIOD[..]].concat());
        report.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn is_written(&self) -> bool {
        self.file(UNFINISHED).exists()
    }

    fn files(&self) -> BTreeSet<OsString> {
        fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    }
}

fn kill(mut report: Child) {
    report.kill().unwrap();
    report.wait().unwrap();
}

#[test]
fn a_report_killed_at_any_moment_harms_nothing() {
    let clinic = clinic();
    let begun = Instant::now();
    let whole = clinic.said(&PERIOD);
    let took = begun.elapsed();
    let files = clinic.files();
    for _ in 0..BY_CHANCE {
        let report = clinic.start();
        thread::sleep(took.mul_f64(rand::random()));
        kill(report);
        assert_eq!(clinic.said(&PERIOD), whole);
        assert_eq!(clinic.files(), files);
    }
    let mut cut_short = 0;
    for _ in 0..WHILE_WRITING {
        let mut report = clinic.start();
        while !clinic.is_written() && report.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(50));
        }
        thread::sleep(Duration::from_micros(u64::from(rand::random::<u16>() % 2_000)));
        kill(report);
        cut_short += u32::from(clinic.is_written());
        assert_eq!(clinic.said(&PERIOD), whole);
        assert_eq!(clinic.files(), files);
    }
    assert!(cut_short > 0, "none was killed while it wrote");
    fs::remove_dir_all(&clinic.folder).unwrap();
}
