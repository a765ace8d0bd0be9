//! Recorded connections as tests take them: their chunks with times, to be cut, broken off or forged.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::Snapshot;
use pult::telephony::asterisk::replay::Replay;
use serde_json::Value;

pub fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/ami").join(name)
}

pub struct Recorded {
    pub start: DateTime<Utc>,
    /// Seconds since the start, and what the server sent then.
    pub chunks: Vec<(f64, Vec<u8>)>,
}

impl Recorded {
    pub fn open(name: &str) -> Recorded {
        let bytes = std::fs::read(data(&format!("{name}.txt"))).unwrap();
        let timing = std::fs::read_to_string(data(&format!("{name}.timing.jsonl"))).unwrap();
        let mut rows = timing.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let start = rows.next().unwrap()["t0"].as_f64().unwrap();
        let chunk = |row: Value| {
            let at = |index: usize| row[index].as_u64().unwrap() as usize;
            (row[1] == "S").then(|| (row[0].as_f64().unwrap(), bytes[at(2)..at(2) + at(3)].to_vec()))
        };
        Recorded {
            start: DateTime::from_timestamp_micros((start * 1e6) as i64).unwrap(),
            chunks: rows.filter_map(chunk).collect(),
        }
    }

    /// The connection breaks after so many seconds.
    pub fn until(mut self, seconds: f64) -> Recorded {
        self.chunks.retain(|(at, _)| *at < seconds);
        self
    }

    /// Only what comes after so many seconds.
    pub fn from(mut self, seconds: f64) -> Recorded {
        self.chunks.retain(|(at, _)| *at >= seconds);
        self
    }

    /// The items of the lists this client asked for, each without its closing empty line.
    pub fn lists(&self) -> Vec<String> {
        let bytes: Vec<u8> = self.chunks.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        text.split("\r\n\r\n").filter(|block| block.contains("ActionID: lab-")).map(str::to_owned).collect()
    }

    /// The bytes between two places are lost.
    pub fn cut_out(&mut self, from: usize, to: usize) {
        let mut place = 0;
        for (_, bytes) in &mut self.chunks {
            let start = place;
            place += bytes.len();
            let mut index = start;
            bytes.retain(|_| {
                index += 1;
                !(from..to).contains(&(index - 1))
            });
        }
    }

    /// Needs the text to stand inside single chunks, as the PBX writes single messages.
    pub fn replace(&mut self, from: &str, to: &str) {
        for (_, bytes) in &mut self.chunks {
            let text = String::from_utf8_lossy(bytes).replace(from, to);
            *bytes = text.into_bytes();
        }
    }
}

/// The calls of these connections, each chunk cut into pieces of at most `size` bytes.
pub fn replay(connections: &[Recorded], size: usize) -> Vec<Snapshot> {
    played(connections, size).finish()
}

pub fn played(connections: &[Recorded], size: usize) -> Replay {
    let mut replay = Replay::new(vec!["trunk".to_owned()]);
    for connection in connections {
        replay.connect();
        for (seconds, bytes) in &connection.chunks {
            let at = connection.start + TimeDelta::microseconds((seconds * 1e6) as i64);
            bytes.chunks(size).for_each(|piece| replay.feed(piece, |_| at));
        }
    }
    replay
}
