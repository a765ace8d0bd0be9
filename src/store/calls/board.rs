//! The board: calls with what an operator sees of them at a glance.
//!
//! However many calls there are, what is seen of them is read by a handful of statements.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::domain::call::Snapshot;
use crate::domain::desk::{BoardCall, OpenCall, Recognition};
use crate::domain::id::{CallId, ChannelId, PersonId};
use crate::domain::person::PersonBrief;
use crate::domain::phone::Phone;

use super::{adverts, row};
use crate::store::{Error, Ids, Millis, drafts, people, wrapups};

const STANDS: &str = include_str!("board.sql");

/// The calls of now, and of those that ended at `since` or later the ones that still want something: missed ones
/// until somebody talked with whoever called, answered ones until they are wrapped up. What leaves: whatever is
/// wrapped up, calls of employees and counterparties, calls that reached nobody. Internal and merged calls never
/// come. Newest first.
pub fn board(connection: &Connection, since: DateTime<Utc>) -> Result<Vec<BoardCall>, Error> {
    at_a_glance(connection, row::select(connection, STANDS, [Millis(since)])?)
}

/// One call, whether or not it stands on the board; none when it was merged into another.
pub fn board_call(connection: &Connection, id: CallId) -> Result<Option<BoardCall>, Error> {
    let found = row::select(connection, "WHERE id = ?1 AND merged = 0", [id.0])?;
    Ok(at_a_glance(connection, found)?.pop())
}

/// The same of several calls, those who were written first before the others.
pub fn board_calls(connection: &Connection, ids: &[CallId]) -> Result<Vec<BoardCall>, Error> {
    let condition = "WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND merged = 0 ORDER BY number";
    at_a_glance(connection, row::select(connection, condition, [Ids(ids)])?)
}

/// Everything the form needs of one call.
pub fn open(connection: &Connection, id: CallId) -> Result<Option<OpenCall>, Error> {
    let Some(call) = board_call(connection, id)? else { return Ok(None) };
    Ok(Some(OpenCall { call, draft: drafts::get(connection, id)?, wrapup: wrapups::get(connection, id)? }))
}

fn at_a_glance(connection: &Connection, calls: Vec<(CallId, Snapshot)>) -> Result<Vec<BoardCall>, Error> {
    let ids: Vec<CallId> = calls.iter().map(|(id, _)| *id).collect();
    let phones: Vec<Phone> = calls.iter().filter_map(|(_, snapshot)| snapshot.remote.phone()).collect();
    let said = wrapups::callers(connection, &ids)?;
    let own = adverts::channels(connection, &ids)?;
    let mut seen = Seen {
        channels: channels(connection)?,
        owners: people::owners(connection, &phones)?,
        named: HashMap::new(),
    };
    for who in said.values().flatten() {
        seen.named.insert(*who, people::brief(connection, *who)?);
    }
    let call = |(id, snapshot): (CallId, Snapshot)| BoardCall {
        id,
        recognition: seen.recognition(&snapshot, said.get(&id).copied().flatten()),
        channel: own.get(&id).or_else(|| seen.channels.get(snapshot.line.as_ref()?)).copied(),
        wrapped: said.contains_key(&id),
        snapshot,
    };
    Ok(calls.into_iter().map(call).collect())
}

/// What stands beside the calls of one board.
struct Seen {
    channels: HashMap<String, ChannelId>,
    owners: HashMap<Phone, Vec<PersonBrief>>,
    /// People by what wrap-ups say.
    named: HashMap<PersonId, Option<PersonBrief>>,
}

impl Seen {
    fn recognition(&self, snapshot: &Snapshot, said: Option<PersonId>) -> Recognition {
        match said {
            Some(who) => {
                self.named.get(&who).cloned().flatten().map_or(Recognition::Unknown, Recognition::One)
            }
            None => {
                let owners = snapshot.remote.phone().and_then(|phone| self.owners.get(&phone));
                Recognition::of(owners.cloned().unwrap_or_default())
            }
        }
    }
}

/// Of our lines, as many as there are.
fn channels(connection: &Connection) -> Result<HashMap<String, ChannelId>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT number, channel FROM lines WHERE channel IS NOT NULL")?;
    let lines = statement.query_map([], |row| Ok((row.get(0)?, ChannelId(row.get(1)?))))?;
    Ok(lines.collect::<Result<_, _>>()?)
}
