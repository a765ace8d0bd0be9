//! What operators said of calls, put to the calls: both are walked in the order of the calls' ids, which is about that
//! of time, because looking each call's wrap-ups up would cost as much as reading the call.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Rows};

use super::told::Told;
use super::world::{Who, World};
use crate::domain::id::{CallId, CallerTypeId, PersonId, TopicId};
use crate::store::{Columns, Error};

/// The standing wrap-up.
#[derive(Debug)]
pub(super) struct Said {
    pub employee: Option<PersonId>,
    pub about: Option<Who>,
    pub caller_type: Option<CallerTypeId>,
    pub topic: Option<TopicId>,
    pub commented: bool,
}

/// After so many saves of other calls it is cheaper to look for the next call's.
const STRANGERS: u32 = 4;

pub(super) fn say(connection: &Connection, world: &World, told: &mut [Told]) -> Result<(), Error> {
    let mut saves = connection.prepare_cached(
        "SELECT call, changed_at, undone_at IS NULL, changed_by, about, caller_type, topic, comment <> ''
         FROM wrapups WHERE call >= ?1 ORDER BY call, revision",
    )?;
    let mut by_id: Vec<&mut Told> = told.iter_mut().collect();
    by_id.sort_unstable_by_key(|call| call.id);
    let mut rest = by_id.as_mut_slice();
    while let [next, ..] = rest {
        let rows = saves.query([next.id.0])?;
        let walked = walk(rows, world, rest)?;
        rest = &mut rest[walked..];
    }
    Ok(())
}

/// Puts saves to calls until the next call's lie too far ahead; answers how many calls are done.
fn walk(mut rows: Rows, world: &World, calls: &mut [&mut Told]) -> Result<usize, Error> {
    let (mut place, mut strangers) = (0, 0);
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let id = CallId(columns.take()?);
        while calls.get(place).is_some_and(|call| call.id < id) {
            place += 1;
        }
        match calls.get_mut(place) {
            None => return Ok(calls.len()),
            Some(call) if call.id == id => {
                call.add(&mut columns, world)?;
                strangers = 0;
            }
            Some(_) if strangers == STRANGERS => return Ok(place),
            Some(_) => strangers += 1,
        }
    }
    Ok(calls.len())
}

impl Told {
    /// Revisions come in order: the last that was not taken back stands.
    fn add(&mut self, columns: &mut Columns, world: &World) -> Result<(), Error> {
        if let (Some(at), Some(ended_at)) = (columns.instant()?, self.ended_at)
            && at >= ended_at
        {
            self.saved_at = Some(self.saved_at.map_or(at, |first: DateTime<Utc>| first.min(at)));
        }
        if columns.take()? {
            self.said = Some(Said {
                employee: columns.id(PersonId)?,
                about: columns.id(PersonId)?.and_then(|person| world.who(person)),
                caller_type: columns.id(CallerTypeId)?,
                topic: columns.id(TopicId)?,
                commented: columns.take()?,
            });
        }
        Ok(())
    }
}
