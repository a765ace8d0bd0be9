//! The board: calls with what an operator sees of them at a glance.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use crate::domain::call::Snapshot;
use crate::domain::desk::{BoardCall, OpenCall, Recognition};
use crate::domain::id::{CallId, ChannelId};

use super::row;
use crate::store::{Error, Millis, drafts, people, wrapups};

/// Live calls and those that ended at `since` or later, newest first; neither internal nor merged ones.
pub fn board(connection: &Connection, since: DateTime<Utc>) -> Result<Vec<BoardCall>, Error> {
    let calls = row::select(
        connection,
        "WHERE (phase <> 'ended' OR ended_at >= ?1) AND merged = 0 AND direction <> 'internal'
         ORDER BY started_at DESC, id DESC",
        [Millis(since)],
    )?;
    calls.into_iter().map(|(id, snapshot)| at_a_glance(connection, id, snapshot)).collect()
}

/// One call, whether or not it stands on the board; none when it was merged into another.
pub fn board_call(connection: &Connection, id: CallId) -> Result<Option<BoardCall>, Error> {
    let found = row::select(connection, "WHERE id = ?1 AND merged = 0", [id.0])?;
    found.into_iter().next().map(|(id, snapshot)| at_a_glance(connection, id, snapshot)).transpose()
}

/// Everything the form needs of one call.
pub fn open(connection: &Connection, id: CallId) -> Result<Option<OpenCall>, Error> {
    let Some(call) = board_call(connection, id)? else { return Ok(None) };
    Ok(Some(OpenCall { call, draft: drafts::get(connection, id)?, wrapup: wrapups::get(connection, id)? }))
}

fn at_a_glance(connection: &Connection, id: CallId, snapshot: Snapshot) -> Result<BoardCall, Error> {
    let wrapup = wrapups::get(connection, id)?;
    let said = wrapup.as_ref().and_then(|wrapup| wrapup.fields.who);
    Ok(BoardCall {
        id,
        recognition: match said {
            Some(who) => people::brief(connection, who)?.map_or(Recognition::Unknown, Recognition::One),
            None => match snapshot.remote.phone() {
                Some(phone) => people::recognise(connection, phone)?,
                None => Recognition::Unknown,
            },
        },
        channel: channel(connection, snapshot.line.as_deref())?,
        wrapped: wrapup.is_some(),
        snapshot,
    })
}

fn channel(connection: &Connection, line: Option<&str>) -> Result<Option<ChannelId>, Error> {
    let mut statement = connection.prepare_cached("SELECT channel FROM lines WHERE number = ?1")?;
    let channel = statement.query_row([line], |row| row.get::<_, Option<_>>(0)).optional()?;
    Ok(channel.flatten().map(ChannelId))
}
