//! A call's snapshot as a row of `calls` and its rows of `call_transfers`.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use rusqlite::types::Type;
use rusqlite::{Connection, Params, Row, Transaction, named_params, params};

use crate::domain::call::{CallKey, Snapshot, Transfer};
use crate::domain::id::CallId;
use crate::domain::phone::Remote;

use super::adverts;
use crate::store::{Author, E164, Error, Ids, Millis, Span, Text};

/// When a call may start, in milliseconds: the years 1900 to 9999. A provider's broken clock must not make everybody
/// who reckons with days and windows reckon with all of time.
pub(in crate::store) const RECORDED: RangeInclusive<i64> = -2_208_988_800_000..=253_402_300_799_999;

/// The snapshot as it will be read back: what differs by less is no change.
pub(super) fn rounded(snapshot: &Snapshot) -> Snapshot {
    let mut rounded = snapshot.clone();
    rounded.started_at = Millis::rounded(snapshot.started_at);
    rounded.answered_at = snapshot.answered_at.map(Millis::rounded);
    rounded.ended_at = snapshot.ended_at.map(Millis::rounded);
    for span in [&mut rounded.wait, &mut rounded.talk, &mut rounded.hold] {
        *span = Span::rounded(*span);
    }
    for transfer in &mut rounded.transfers {
        transfer.talk = Span::rounded(transfer.talk);
    }
    rounded
}

/// A new call is put down to the only person with its number, if there is exactly one; it may be known already to be
/// a part of another.
pub(in crate::store) fn insert(
    transaction: &Transaction,
    id: CallId,
    snapshot: &Snapshot,
    author: &Author,
) -> Result<(), Error> {
    write(
        transaction,
        "INSERT INTO calls (id, provider, provider_id, direction, phone, other, name, line, queue, phase, result,
             agent, holder, ringing, started_at, answered_at, ended_at, wait_ms, talk_ms, hold_ms, recording,
             tags, settled, channel, person, merged, changed_at, changed_by)
         VALUES (:id, :provider, :provider_id, :direction, :phone, :other, :name, :line, :queue, :phase, :result,
             :agent, :holder, :ringing, :started_at, :answered_at, :ended_at, :wait, :talk, :hold, :recording,
             :tags, :settled, :channel,
             (SELECT min(person) FROM person_phones WHERE phone = :phone AND :direction <> 'internal'
                 HAVING count(*) = 1),
             EXISTS (SELECT 1 FROM call_merges WHERE provider = :provider AND gone = :provider_id),
             :changed_at, :changed_by)",
        (id, snapshot),
        author,
    )
}

/// A call whose number turns out to be another is its owner's, unless a standing wrap-up names somebody.
pub(super) fn update(
    transaction: &Transaction,
    id: CallId,
    snapshot: &Snapshot,
    author: &Author,
) -> Result<(), Error> {
    write(
        transaction,
        "UPDATE calls SET direction = :direction, phone = :phone, other = :other, name = :name, line = :line,
             queue = :queue, phase = :phase, result = :result, agent = :agent, holder = :holder,
             ringing = :ringing, started_at = :started_at, answered_at = :answered_at, ended_at = :ended_at,
             wait_ms = :wait, talk_ms = :talk, hold_ms = :hold, recording = :recording,
             tags = :tags, settled = :settled, channel = :channel,
             person = iif(phone IS :phone, person, coalesce(
                 (SELECT who FROM standing_wrapups WHERE call = :id),
                 (SELECT min(person) FROM person_phones WHERE phone = :phone AND :direction <> 'internal'
                     HAVING count(*) = 1))),
             changed_at = :changed_at, changed_by = :changed_by
         WHERE id = :id AND provider = :provider AND provider_id = :provider_id",
        (id, snapshot),
        author,
    )
}

fn write(
    transaction: &Transaction,
    sql: &str,
    (id, snapshot): (CallId, &Snapshot),
    author: &Author,
) -> Result<(), Error> {
    if !RECORDED.contains(&snapshot.started_at.timestamp_millis()) {
        return Err(Error::OutOfTime(snapshot.started_at));
    }
    let (phone, other) = match &snapshot.remote {
        Remote::Number(phone) => (Some(E164(*phone)), None),
        Remote::Other(text) => (None, Some(text)),
        Remote::Withheld => (None, None),
    };
    let advert = snapshot.advert.as_deref();
    let channel = adverts::channel(transaction, advert, author)?;
    transaction.prepare_cached(sql)?.execute(named_params! {
        ":id": id.0,
        ":provider": snapshot.key.provider,
        ":provider_id": snapshot.key.id,
        ":direction": Text(snapshot.direction),
        ":phone": phone,
        ":other": other,
        ":name": snapshot.name,
        ":line": snapshot.line,
        ":queue": snapshot.queue,
        ":phase": Text(snapshot.phase),
        ":result": snapshot.result.map(Text),
        ":agent": snapshot.agent,
        ":holder": snapshot.holder,
        ":ringing": json(&snapshot.ringing)?,
        ":started_at": Millis(snapshot.started_at),
        ":answered_at": snapshot.answered_at.map(Millis),
        ":ended_at": snapshot.ended_at.map(Millis),
        ":wait": Span(snapshot.wait),
        ":talk": Span(snapshot.talk),
        ":hold": Span(snapshot.hold),
        ":recording": snapshot.recording,
        ":tags": json(&snapshot.tags)?,
        ":settled": snapshot.settled,
        ":channel": channel.map(|channel| channel.0),
        ":changed_at": author.when(),
        ":changed_by": author.by(),
    })?;
    if let Some(advert) = advert {
        adverts::write(transaction, id, advert, author)?;
    }
    if snapshot.settled {
        drop_transfers(transaction, id, snapshot.transfers.len())?;
    }
    write_transfers(transaction, id, &snapshot.transfers, author)
}

/// The record may know of fewer than were seen live.
fn drop_transfers(transaction: &Transaction, call: CallId, from: usize) -> Result<(), Error> {
    let mut statement =
        transaction.prepare_cached("DELETE FROM call_transfers WHERE call = ?1 AND position >= ?2")?;
    statement.execute(params![call.0, from as i64])?;
    Ok(())
}

fn write_transfers(
    transaction: &Transaction,
    call: CallId,
    transfers: &[Transfer],
    author: &Author,
) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO call_transfers (call, position, kind, target, talk_ms, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (call, position) DO UPDATE SET kind = excluded.kind, target = excluded.target,
             talk_ms = excluded.talk_ms, changed_at = excluded.changed_at, changed_by = excluded.changed_by
         WHERE (kind, target, talk_ms) IS NOT (excluded.kind, excluded.target, excluded.talk_ms)",
    )?;
    for (position, transfer) in transfers.iter().enumerate() {
        let Transfer { kind, to, talk } = transfer;
        let (at, by) = (author.when(), author.by());
        statement.execute(params![call.0, position as i64, Text(*kind), to, Span(*talk), at, by])?;
    }
    Ok(())
}

/// Calls by the end of a query on `calls`, whole.
pub(super) fn select(
    connection: &Connection,
    condition: &'static str,
    parameters: impl Params,
) -> Result<Vec<(CallId, Snapshot)>, Error> {
    let mut statement = connection.prepare_cached(&format!("SELECT * FROM calls {condition}"))?;
    let mut calls = statement.query_map(parameters, read)?.collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<CallId> = calls.iter().map(|(id, _)| *id).collect();
    let mut transfers = transfers(connection, &ids)?;
    let mut adverts = adverts::of(connection, &ids)?;
    for (id, snapshot) in &mut calls {
        snapshot.transfers = transfers.remove(id).unwrap_or_default();
        snapshot.advert = adverts.remove(id).map(Box::new);
    }
    Ok(calls)
}

/// All but the transfers and the advert, which stand in tables of their own.
fn read(row: &Row) -> rusqlite::Result<(CallId, Snapshot)> {
    let snapshot = Snapshot {
        key: CallKey { provider: row.get("provider")?, id: row.get("provider_id")? },
        direction: row.get::<_, Text<_>>("direction")?.0,
        remote: remote(row)?,
        name: row.get("name")?,
        line: row.get("line")?,
        queue: row.get("queue")?,
        phase: row.get::<_, Text<_>>("phase")?.0,
        result: row.get::<_, Option<Text<_>>>("result")?.map(|result| result.0),
        agent: row.get("agent")?,
        holder: row.get("holder")?,
        ringing: strings(row, "ringing")?,
        started_at: row.get::<_, Millis>("started_at")?.0,
        answered_at: row.get::<_, Option<Millis>>("answered_at")?.map(|at| at.0),
        ended_at: row.get::<_, Option<Millis>>("ended_at")?.map(|at| at.0),
        wait: row.get::<_, Span>("wait_ms")?.0,
        talk: row.get::<_, Span>("talk_ms")?.0,
        hold: row.get::<_, Span>("hold_ms")?.0,
        transfers: vec![],
        recording: row.get("recording")?,
        advert: None,
        tags: strings(row, "tags")?,
        settled: row.get("settled")?,
    };
    Ok((CallId(row.get("id")?), snapshot))
}

fn remote(row: &Row) -> rusqlite::Result<Remote> {
    let phone: Option<E164> = row.get("phone")?;
    let other: Option<String> = row.get("other")?;
    Ok(match phone {
        Some(phone) => Remote::Number(phone.0),
        None => other.map_or(Remote::Withheld, Remote::Other),
    })
}

fn json(texts: &[String]) -> Result<String, Error> {
    serde_json::to_string(texts).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()).into())
}

fn strings(row: &Row, column: &str) -> rusqlite::Result<Vec<String>> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}

fn transfers(connection: &Connection, calls: &[CallId]) -> Result<HashMap<CallId, Vec<Transfer>>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT call, kind, target, talk_ms FROM call_transfers
         WHERE call IN (SELECT unhex(value) FROM json_each(?1)) ORDER BY call, position",
    )?;
    let rows = statement.query_map([Ids(calls)], |row| {
        let transfer =
            Transfer { kind: row.get::<_, Text<_>>(1)?.0, to: row.get(2)?, talk: row.get::<_, Span>(3)?.0 };
        Ok((CallId(row.get(0)?), transfer))
    })?;
    let mut transfers: HashMap<CallId, Vec<Transfer>> = HashMap::new();
    for row in rows {
        let (call, transfer) = row?;
        transfers.entry(call).or_default().push(transfer);
    }
    Ok(transfers)
}
