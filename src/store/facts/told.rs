//! Calls as the store tells them: nothing is judged here.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Params};

use super::said::{self, Said};
use super::world::{Who, World};
use crate::domain::call::{CallResult, Direction};
use crate::domain::fact::CallNumber;
use crate::domain::id::{CallId, ChannelId, PersonId};
use crate::domain::link::Talk;
use crate::domain::phone::Phone;
use crate::store::{Columns, E164, Error, Millis, Span, Text};

pub(super) const CALLS: &str = include_str!("calls.sql");

/// Of time first, of writing among calls of one instant.
pub(super) const IN_ORDER: &str = "ORDER BY started_at, number";

/// No talk is longer.
const LONGEST: TimeDelta = TimeDelta::days(1);

/// A call may be said to be answered before it began: by two machines.
const CLOCKS_APART: TimeDelta = TimeDelta::hours(1);

#[derive(Debug)]
pub(super) struct Told {
    pub number: CallNumber,
    pub id: CallId,
    /// Within the years that calls are recorded of: what is reckoned from it stays in the range of times.
    pub started_at: DateTime<Utc>,
    pub direction: Direction,
    pub phone: Option<Phone>,
    pub other: Option<Arc<str>>,
    pub line: Option<Arc<str>>,
    /// The call's own, whatever its line means.
    pub channel: Option<ChannelId>,
    pub result: CallResult,
    pub answered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub wait: Duration,
    /// With everybody of ours.
    pub talk: Duration,
    pub recording: bool,
    pub named: Option<Who>,
    pub said: Option<Said>,
    /// The first «Сохранить» after the end, also one that was taken back.
    pub saved_at: Option<DateTime<Utc>>,
}

impl Told {
    pub fn about(&self) -> Option<Who> {
        self.said.as_ref().and_then(|said| said.about)
    }

    pub fn answered(&self) -> bool {
        self.result == CallResult::Answered
    }

    /// None of a call that was left hanging for longer than a day: nobody talked all that time, and what it owned
    /// could not be told from its neighbours alone.
    pub fn talked(&self) -> Option<Talk> {
        let (from, to) = self.answered_at.zip(self.ended_at).filter(|_| self.answered())?;
        let near = (self.started_at - CLOCKS_APART)..=(self.started_at + LONGEST);
        (near.contains(&from) && near.contains(&to)).then_some(Talk { call: self.id, from, to })
    }
}

/// Reads [`CALLS`].
pub(super) struct Teller<'w> {
    world: &'w World,
    texts: HashSet<Arc<str>>,
}

impl<'w> Teller<'w> {
    pub fn new(world: &'w World) -> Teller<'w> {
        Teller { world, texts: HashSet::new() }
    }

    /// All of them, in the order of the rows, with what was said of them.
    pub fn tell(
        &mut self,
        connection: &Connection,
        sql: &str,
        scope: impl Params,
    ) -> Result<Vec<Told>, Error> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(scope)?;
        let mut told: Vec<Told> = vec![];
        while let Some(row) = rows.next()? {
            told.push(self.call(&mut Columns::of(row))?);
        }
        said::say(connection, self.world, &mut told)?;
        Ok(told)
    }

    fn call(&mut self, columns: &mut Columns) -> Result<Told, Error> {
        let number = CallNumber(columns.take()?);
        let id = CallId(columns.take()?);
        Ok(Told {
            number,
            id,
            started_at: columns.take::<Millis>()?.0,
            direction: columns.take::<Text<_>>()?.0,
            phone: columns.take::<Option<E164>>()?.map(|phone| phone.0),
            other: self.text(columns)?,
            line: self.text(columns)?,
            result: columns.take::<Text<_>>()?.0,
            answered_at: columns.instant()?,
            ended_at: columns.instant()?,
            wait: columns.take::<Span>()?.0,
            talk: columns.take::<Span>()?.0 + self.world.transfers(id),
            recording: columns.take()?,
            channel: columns.id(ChannelId)?,
            named: columns.id(PersonId)?.and_then(|person| self.world.who(person)),
            said: None,
            saved_at: None,
        })
    }

    /// One allocation for each text there is, however often it occurs.
    fn text(&mut self, columns: &mut Columns) -> Result<Option<Arc<str>>, Error> {
        let Some(text) = columns.text()? else { return Ok(None) };
        if let Some(known) = self.texts.get(text) {
            return Ok(Some(known.clone()));
        }
        let new: Arc<str> = text.into();
        self.texts.insert(new.clone());
        Ok(Some(new))
    }
}
