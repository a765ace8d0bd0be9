//! The same calls into SQLite with nothing around it: one table as wide, found by the provider's name of a call, the same
//! durability, and as many rows in a transaction as the engine takes at most.

use std::path::Path;
use std::time::{Duration, Instant};

use pult::domain::call::Snapshot;
use pult::telephony::Event;
use rusqlite::{Connection, params};

use super::given;

/// As the engine's own group.
const GROUP: usize = 256;

const TABLE: &str = "
    CREATE TABLE calls (
        provider TEXT NOT NULL, provider_id TEXT NOT NULL, direction TEXT NOT NULL, phone INTEGER, line TEXT,
        phase TEXT NOT NULL, result TEXT, agent TEXT, holder TEXT, ringing TEXT, started_at INTEGER NOT NULL,
        answered_at INTEGER, ended_at INTEGER, wait_ms INTEGER, talk_ms INTEGER, hold_ms INTEGER, recording TEXT,
        advert TEXT, UNIQUE (provider, provider_id)
    ) STRICT";

const WRITE: &str = "
    INSERT INTO calls VALUES (?1, ?2, 'in', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
    ON CONFLICT (provider, provider_id) DO UPDATE SET phase = excluded.phase, result = excluded.result,
        agent = excluded.agent, holder = excluded.holder, ringing = excluded.ringing,
        answered_at = excluded.answered_at, ended_at = excluded.ended_at, wait_ms = excluded.wait_ms,
        talk_ms = excluded.talk_ms, recording = excluded.recording";

pub struct Peer {
    pub past: Duration,
    pub live: Duration,
}

pub fn insert(path: &Path, stored: u64, count: u64) -> Peer {
    let mut connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").unwrap();
    connection.execute_batch(TABLE).unwrap();
    write(&mut connection, &(0..stored).map(given::ended).collect::<Vec<_>>());
    let past: Vec<Snapshot> = (stored..stored + count).map(given::ended).collect();
    let told = given::told(stored + count..stored + 2 * count);
    let live: Vec<Snapshot> = told.into_iter().filter_map(call).collect();
    Peer { past: write(&mut connection, &past), live: write(&mut connection, &live) }
}

fn call(event: Event) -> Option<Snapshot> {
    match event {
        Event::Call(snapshot) => Some(*snapshot),
        _ => None,
    }
}

fn write(connection: &mut Connection, calls: &[Snapshot]) -> Duration {
    let begun = Instant::now();
    for group in calls.chunks(GROUP) {
        let transaction = connection.transaction().unwrap();
        for call in group {
            one(&transaction, call);
        }
        transaction.commit().unwrap();
    }
    begun.elapsed()
}

fn one(connection: &Connection, call: &Snapshot) {
    let millis = |span: Duration| span.as_millis() as i64;
    connection
        .prepare_cached(WRITE)
        .unwrap()
        .execute(params![
            call.key.provider,
            call.key.id,
            call.remote.phone().map(|phone| phone.0 as i64),
            call.line,
            format!("{:?}", call.phase),
            call.result.map(|result| format!("{result:?}")),
            call.agent,
            call.holder,
            serde_json::to_string(&call.ringing).unwrap(),
            call.started_at.timestamp_millis(),
            call.answered_at.map(|at| at.timestamp_millis()),
            call.ended_at.map(|at| at.timestamp_millis()),
            millis(call.wait),
            millis(call.talk),
            millis(call.hold),
            call.recording,
            serde_json::to_string(&call.advert).unwrap(),
        ])
        .unwrap();
}
