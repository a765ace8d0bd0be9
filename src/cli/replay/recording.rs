//! One recorded connection: its bytes and, when a timing file lies beside it, when they came.
//!
//! A timing file's first line is `{"t0": <unix time>}`; each further one `[seconds, "S", offset, length]` for
//! a chunk the server sent. Lines of other kinds are what the client did and are passed over.

use std::fs;
use std::ops::Range;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::remark;
use super::seen::Seen;
use crate::cli::Failure;
use crate::telephony::asterisk::replay::{LogClock, Replay};

pub struct Recording {
    name: String,
    bytes: Vec<u8>,
    /// Empty without a timing file.
    chunks: Vec<(DateTime<Utc>, Range<usize>)>,
}

impl Recording {
    pub fn open(path: &Path) -> Result<Recording, Failure> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Failure::new(format!("{name}: {error}")))?;
        let timing = path.with_extension("timing.jsonl");
        let chunks = match fs::read_to_string(&timing) {
            Ok(text) => chunks(&text)
                .ok_or_else(|| Failure::new(format!("{}: not a timing file", timing.display())))?,
            Err(_) => Vec::new(),
        };
        Ok(Recording { name, bytes, chunks })
    }

    pub fn play(&self, replay: &mut Replay, seen: &mut Seen) {
        replay.connect();
        if self.chunks.is_empty() {
            return self.play_by_log(replay, seen);
        }
        let mut end = 0;
        for (at, range) in &self.chunks {
            replay.feed(self.bytes.get(range.clone()).unwrap_or_default(), |message| {
                seen.note(message);
                *at
            });
            end = end.max(range.end);
        }
        let last = self.chunks.last().map_or(DateTime::UNIX_EPOCH, |(at, _)| *at);
        replay.feed(self.bytes.get(end..).unwrap_or_default(), |message| {
            seen.note(message);
            last
        });
    }

    fn play_by_log(&self, replay: &mut Replay, seen: &mut Seen) {
        let mut clock = LogClock::default();
        replay.feed(&self.bytes, |message| {
            seen.note(message);
            clock.read(message)
        });
        remark(&format!("{}: no timing file: {}", self.name, clock.precision()));
    }
}

/// `None` when the text is no timing file.
fn chunks(text: &str) -> Option<Vec<(DateTime<Utc>, Range<usize>)>> {
    let mut lines = text.lines();
    let head: Value = serde_json::from_str(lines.next()?).ok()?;
    let start = DateTime::from_timestamp_micros((head.get("t0")?.as_f64()? * 1e6) as i64)?;
    let rows = lines.filter_map(|line| serde_json::from_str(line).ok());
    Some(rows.filter_map(|row: Value| chunk(start, &row)).collect())
}

fn chunk(start: DateTime<Utc>, row: &Value) -> Option<(DateTime<Utc>, Range<usize>)> {
    let sent_by_server = row.get(1)?.as_str()? == "S";
    let number = |index| row.get(index).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let (offset, length) = (number(2)?, number(3)?);
    let at = start.checked_add_signed(TimeDelta::microseconds((row.get(0)?.as_f64()? * 1e6) as i64))?;
    sent_by_server.then(|| (at, offset..offset.saturating_add(length)))
}

#[cfg(test)]
mod tests {
    use super::chunks;

    #[test]
    fn reads_what_the_server_sent() {
        let text = "{\"t0\": 100.5}\n[1e300, \"S\", 0, 30]\n[0.0, \"C\", 0, 79]\n[0.5, \"S\", 0, 30]\n[1.0, \"note\", \"x\", 0]\n";
        let chunks = chunks(text).unwrap();
        assert_eq!(chunks.len(), 1);
        assert_eq!(chunks[0].0.timestamp(), 101);
        assert_eq!(chunks[0].1, 0..30);
    }

    #[test]
    fn anything_else_is_refused() {
        assert!(chunks("").is_none());
        assert!(chunks("Event: x").is_none());
    }
}
