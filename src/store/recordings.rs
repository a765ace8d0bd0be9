//! What is known of each call's sound: awaited, here, silent, lost, deleted; held or not; what is marked in it.
//!
//! Rows come to be by triggers, for finished calls of a provider whose recordings are [kept](keep_from). The files stand
//! outside; whoever moves them writes the row: a file before its row when it comes, after it when it goes, so that a
//! row never promises what is not there. `calls.mute` follows the state by a trigger.

mod age;
mod marks;
mod tally;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::domain::id::CallId;
use crate::domain::recording::{Absence, Recording, Sound, SoundForm};

use super::{Author, Error, Json, Millis, Text};

pub use age::{delete, due_for_deletion, give_up_before, removed, to_remove};
pub use marks::{mark, unmark};
pub use tally::{Tally, count, waiting};

/// What it takes to fetch a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    pub call: CallId,
    /// As in `Snapshot::recording`.
    pub recording: String,
    pub called_at: DateTime<Utc>,
    /// How often the provider answered that it was no recording yet.
    pub tries: u32,
}

/// A file of the folder that recordings are kept in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SoundFile {
    /// Relative to the folder.
    pub name: String,
    pub form: SoundForm,
    pub bytes: u64,
}

/// All that bears on whether a call can be heard.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// `None`: the provider knows of no recording.
    pub wanted: Option<Wanted>,
    pub provider: String,
    pub state: Sound,
    /// While it is here.
    pub file: Option<SoundFile>,
    pub held: bool,
    /// Why it is still awaited.
    pub reason: Option<Absence>,
}

impl Kept {
    /// Whether a file for it would be taken.
    pub fn may_come(&self) -> bool {
        matches!(self.state, Sound::Awaited | Sound::Silent | Sound::Lost { .. })
    }
}

/// From now on every finished call of `provider` that began at `since` or later has its recording awaited; those that
/// are here already too. Recordings of other providers are awaited no more.
pub fn keep_from(
    transaction: &Transaction,
    provider: &str,
    since: DateTime<Utc>,
    author: &Author,
) -> Result<(), Error> {
    let known: Option<Millis> = transaction
        .prepare_cached("SELECT since FROM recording_sources WHERE provider = ?1")?
        .query_row([provider], |row| row.get(0))
        .optional()?;
    transaction.execute("DELETE FROM recording_sources WHERE provider <> ?1", [provider])?;
    transaction
        .prepare_cached(
            "INSERT INTO recording_sources (provider, since, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (provider) DO UPDATE
             SET since = excluded.since, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        )?
        .execute(params![provider, Millis(since), author.when(), author.by()])?;
    // The triggers saw to those from `known` on. A range, so that nothing is read where both are the same.
    let mut earlier = transaction.prepare_cached(
        "INSERT OR IGNORE INTO recordings (call, called_at, changed_at)
         SELECT id, started_at, ?4 FROM calls
         WHERE started_at >= ?2 AND started_at < ifnull(?3, 9223372036854775807) AND +provider = ?1
             AND phase = 'ended' AND recording IS NOT NULL AND merged = 0",
    )?;
    earlier.execute(params![provider, Millis(since), known, author.when()])?;
    Ok(())
}

/// Those of `provider` that may be tried now, the newest calls first, `n` at most. Asked after every call: it goes
/// through what is awaited (hence CROSS), never through all calls.
pub fn next_wanted(
    connection: &Connection,
    provider: &str,
    now: DateTime<Utc>,
    n: usize,
) -> Result<Vec<CallId>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT kept.call FROM recordings AS kept CROSS JOIN calls ON calls.id = kept.call
         WHERE kept.state = 'awaited' AND kept.next_try_at <= ?2 AND calls.provider = ?1 AND calls.merged = 0
             AND calls.recording IS NOT NULL
             AND (kept.held = 1 OR kept.called_at >= (SELECT since FROM recording_sources WHERE provider = ?1))
         ORDER BY kept.called_at DESC LIMIT ?3",
    )?;
    let wanted =
        statement.query_map(params![provider, Millis(now), n as i64], |row| row.get(0).map(CallId))?;
    Ok(wanted.collect::<Result<_, _>>()?)
}

/// `None`: there is no such call.
pub fn find(connection: &Connection, call: CallId) -> Result<Option<Kept>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT calls.provider, calls.recording, calls.started_at, kept.*
         FROM calls LEFT JOIN recordings AS kept ON kept.call = calls.id WHERE calls.id = ?1",
    )?;
    Ok(statement.query_row([call.0], |row| read(row, call)).optional()?)
}

fn read(row: &Row, call: CallId) -> rusqlite::Result<Kept> {
    let started: Millis = row.get("started_at")?;
    let recording: Option<String> = row.get("recording")?;
    let tries: Option<u32> = row.get("tries")?;
    let tries = tries.unwrap_or_default();
    Ok(Kept {
        wanted: recording.map(|recording| Wanted { call, recording, called_at: started.0, tries }),
        provider: row.get("provider")?,
        state: state(row)?,
        file: file(row)?,
        held: row.get::<_, Option<_>>("held")?.unwrap_or_default(),
        reason: reason(row)?,
    })
}

/// A call that nobody looked for yet is awaited.
fn state(row: &Row) -> rusqlite::Result<Sound> {
    let word: Option<String> = row.get("state")?;
    Ok(match word.as_deref() {
        Some("here") => Sound::Here { bytes: row.get::<_, i64>("bytes")?.unsigned_abs() },
        Some("silent") => Sound::Silent,
        Some("lost") => Sound::Lost { reason: reason(row)?.unwrap_or(Absence::NotRecorded) },
        Some("deleted") => Sound::Deleted { at: row.get::<_, Millis>("deleted_at")?.0 },
        _ => Sound::Awaited,
    })
}

fn reason(row: &Row) -> rusqlite::Result<Option<Absence>> {
    Ok(row.get::<_, Option<Json<_>>>("reason")?.map(|reason| reason.0))
}

fn file(row: &Row) -> rusqlite::Result<Option<SoundFile>> {
    if row.get::<_, Option<String>>("state")?.as_deref() != Some("here") {
        return Ok(None);
    }
    Ok(Some(SoundFile {
        name: row.get("file")?,
        form: row.get::<_, Text<_>>("form")?.0,
        bytes: row.get::<_, i64>("bytes")?.unsigned_abs(),
    }))
}

/// `None`: there is no such call, or it was not recorded.
pub fn get(connection: &Connection, call: CallId) -> Result<Option<Recording>, Error> {
    let Some(kept) = find(connection, call)? else { return Ok(None) };
    let recorded = kept.wanted.is_some() || kept.state != Sound::Awaited;
    let marks = marks::of(connection, call)?;
    Ok(recorded.then_some(Recording { call, state: kept.state, held: kept.held, marks }))
}

/// The file is in the folder.
pub fn arrived(
    transaction: &Transaction,
    call: CallId,
    file: &SoundFile,
    author: &Author,
) -> Result<(), Error> {
    ensure(transaction, call, author)?;
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET state = 'here', file = ?2, form = ?3, bytes = ?4, fetched_at = ?5, reason = NULL,
             changed_at = ?5, changed_by = ?6
         WHERE call = ?1 AND state IN ('awaited', 'silent', 'lost')",
    )?;
    let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
    let (at, by) = (author.when(), author.by());
    statement.execute(params![call.0, file.name, Text(file.form), bytes, at, by])?;
    Ok(())
}

/// A file came, and there is nothing to hear in it.
pub fn silent(transaction: &Transaction, call: CallId, author: &Author) -> Result<(), Error> {
    ensure(transaction, call, author)?;
    settle(transaction, call, ("silent", None), author)
}

/// It will not be tried again by itself.
pub fn lost(transaction: &Transaction, call: CallId, reason: &Absence, author: &Author) -> Result<(), Error> {
    ensure(transaction, call, author)?;
    settle(transaction, call, ("lost", Some(reason)), author)
}

fn settle(
    transaction: &Transaction,
    call: CallId,
    (state, reason): (&str, Option<&Absence>),
    author: &Author,
) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET state = ?2, reason = ?3, changed_at = ?4, changed_by = ?5
         WHERE call = ?1 AND state IN ('awaited', 'silent', 'lost')",
    )?;
    statement.execute(params![call.0, state, reason.map(Json), author.when(), author.by()])?;
    Ok(())
}

/// When to try again, after how many tries that count, and why not now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Later {
    pub at: DateTime<Utc>,
    pub tries: u32,
    pub reason: Absence,
}

pub fn put_off(transaction: &Transaction, call: CallId, later: &Later, author: &Author) -> Result<(), Error> {
    ensure(transaction, call, author)?;
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET tries = ?2, next_try_at = ?3, reason = ?4, changed_at = ?5, changed_by = ?6
         WHERE call = ?1 AND state = 'awaited'",
    )?;
    let Later { at, tries, reason } = later;
    statement.execute(params![call.0, tries, Millis(*at), Json(reason), author.when(), author.by()])?;
    Ok(())
}

/// The file is gone from the folder, and nobody deleted it: wanted again.
pub fn missing(transaction: &Transaction, call: CallId, author: &Author) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET state = 'awaited', file = NULL, form = NULL, bytes = NULL, fetched_at = NULL,
             tries = 0, next_try_at = 0, changed_at = ?2, changed_by = ?3
         WHERE call = ?1 AND state = 'here'",
    )?;
    statement.execute(params![call.0, author.when(), author.by()])?;
    Ok(())
}

/// Exempts it from deletion by age, or no longer. `false`: it was so already, or is deleted already.
pub fn hold(transaction: &Transaction, call: CallId, held: bool, author: &Author) -> Result<bool, Error> {
    ensure(transaction, call, author)?;
    let mut statement = transaction.prepare_cached(
        "UPDATE recordings SET held = ?2, changed_at = ?3, changed_by = ?4
         WHERE call = ?1 AND held <> ?2 AND state <> 'deleted'",
    )?;
    Ok(statement.execute(params![call.0, held, author.when(), author.by()])? > 0)
}

/// A call from before its recordings were kept has no row yet.
fn ensure(transaction: &Transaction, call: CallId, author: &Author) -> Result<(), Error> {
    let mut row = transaction.prepare_cached(
        "INSERT OR IGNORE INTO recordings (call, called_at, changed_at, changed_by)
         SELECT id, started_at, ?2, ?3 FROM calls WHERE id = ?1",
    )?;
    row.execute(params![call.0, author.when(), author.by()])?;
    let found = transaction.prepare_cached("SELECT 1 FROM recordings WHERE call = ?1")?.exists([call.0])?;
    found.then_some(()).ok_or(Error::NotFound)
}

/// Which file each call has that is here, by the file's name.
pub fn files(connection: &Connection) -> Result<HashMap<String, CallId>, Error> {
    let mut statement = connection.prepare("SELECT file, call FROM recordings WHERE state = 'here'")?;
    let files = statement.query_map([], |row| Ok((row.get(0)?, CallId(row.get(1)?))))?;
    Ok(files.collect::<Result<_, _>>()?)
}
