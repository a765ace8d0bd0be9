//! Start to first frame, memory and idle work of `pult demo`, measured from outside in a pseudo-terminal.
//! `cargo bench --bench startup`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/pty/terminal.rs"]
mod terminal;

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pult");
const SIZE: (u16, u16) = (120, 40);
const STARTS: usize = 21;
const IDLE: Duration = Duration::from_secs(20);

fn main() {
    let folder = TempDir::new().unwrap();
    let quiet = folder.path().join("quiet.toml");
    fs::write(&quiet, "").unwrap();
    let home = folder.path().to_str().unwrap();
    let start = |script: &str| {
        let args: Vec<&str> = if script.is_empty() { vec!["demo"] } else { vec!["demo", "--script", script] };
        Terminal::start(PROGRAM, &args, &[("HOME", home), ("TMPDIR", home)], SIZE)
    };
    let mut starts: Vec<Duration> = (0..STARTS).map(|_| first_frame(|| start(""))).collect();
    starts.sort();
    println!(
        "start to first frame: median {:?}, worst of {STARTS} {:?}",
        starts[STARTS / 2],
        starts[STARTS - 1]
    );

    let busy = start("");
    busy.see("говорят 1");
    println!("resident memory after the first calls: {} KB", status(&busy, "VmRSS"));

    let idle = start(quiet.to_str().unwrap());
    idle.see("Звонки");
    sleep(Duration::from_secs(2));
    let (ticks, bytes) = (ticks(&idle), idle.bytes());
    sleep(IDLE);
    println!(
        "idle for {IDLE:?}: {} ticks of processor time (10 ms each), {} bytes sent",
        self::ticks(&idle) - ticks,
        idle.bytes() - bytes
    );
}

/// From starting the process to the board on the screen.
fn first_frame(start: impl Fn() -> Terminal) -> Duration {
    let begun = Instant::now();
    let terminal = start();
    while !terminal.text().contains("Звонки") {
        sleep(Duration::from_micros(500));
    }
    begun.elapsed()
}

/// A line of /proc/PID/status, in KB.
fn status(terminal: &Terminal, name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{}/status", terminal.process())).unwrap();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// User and system time of the whole process.
fn ticks(terminal: &Terminal) -> u64 {
    let text = fs::read_to_string(format!("/proc/{}/stat", terminal.process())).unwrap();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}
