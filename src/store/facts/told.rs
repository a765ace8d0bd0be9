//! Calls as the store tells them, with what operators said: nothing is judged here.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Rows;

use super::world::{Who, World};
use crate::domain::call::{CallResult, Direction};
use crate::domain::fact::CallNumber;
use crate::domain::id::{CallId, CallerTypeId, PersonId, TopicId};
use crate::domain::link::Talk;
use crate::domain::phone::Phone;
use crate::store::{Columns, E164, Error, Millis, Span, Text};

pub(super) const CALLS: &str = include_str!("calls.sql");

/// Of time first, of writing among calls of one instant.
pub(super) const IN_ORDER: &str = "ORDER BY call.started_at, call.number, said.revision";

/// No talk is longer.
const LONGEST: TimeDelta = TimeDelta::days(1);

/// A call may be said to be answered before it began: by two machines.
const CLOCKS_APART: TimeDelta = TimeDelta::hours(1);

#[derive(Debug)]
pub(super) struct Told {
    pub number: CallNumber,
    pub id: CallId,
    pub started_at: DateTime<Utc>,
    pub direction: Direction,
    pub phone: Option<Phone>,
    pub other: Option<Arc<str>>,
    pub line: Option<Arc<str>>,
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

/// The standing wrap-up.
#[derive(Debug)]
pub(super) struct Said {
    pub employee: Option<PersonId>,
    pub about: Option<Who>,
    pub caller_type: Option<CallerTypeId>,
    pub topic: Option<TopicId>,
    pub commented: bool,
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

    /// Revisions come in order: the last that was not taken back stands.
    fn add(&mut self, revision: Option<Revision>) {
        let Some(revision) = revision else { return };
        if let Some(ended_at) = self.ended_at
            && revision.at >= ended_at
        {
            self.saved_at = Some(self.saved_at.map_or(revision.at, |first| first.min(revision.at)));
        }
        if let Some(said) = revision.said {
            self.said = Some(said);
        }
    }
}

/// One save of a call; `said` is none when it was taken back.
struct Revision {
    at: DateTime<Utc>,
    said: Option<Said>,
}

/// Reads rows of [`CALLS`], one call after another.
pub(super) struct Teller<'w> {
    world: &'w World,
    texts: HashSet<Arc<str>>,
}

impl<'w> Teller<'w> {
    pub fn new(world: &'w World) -> Teller<'w> {
        Teller { world, texts: HashSet::new() }
    }

    /// All of them, in the order of the rows.
    pub fn tell(&mut self, mut rows: Rows) -> Result<Vec<Told>, Error> {
        let mut told: Vec<Told> = vec![];
        while let Some(row) = rows.next()? {
            let mut columns = Columns::of(row);
            let number = CallNumber(columns.take()?);
            match told.last_mut().filter(|call| call.number == number) {
                Some(call) => {
                    columns.skip_to(WRAPUP);
                    call.add(self.revision(&mut columns)?);
                }
                None => {
                    let mut call = self.call(number, &mut columns)?;
                    call.add(self.revision(&mut columns)?);
                    told.push(call);
                }
            }
        }
        Ok(told)
    }

    fn call(&mut self, number: CallNumber, columns: &mut Columns) -> Result<Told, Error> {
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
            named: self.who(columns)?,
            said: None,
            saved_at: None,
        })
    }

    fn revision(&self, columns: &mut Columns) -> Result<Option<Revision>, Error> {
        let Some(at) = columns.instant()? else { return Ok(None) };
        if !columns.take::<bool>()? {
            return Ok(Some(Revision { at, said: None }));
        }
        let said = Said {
            employee: columns.id(PersonId)?,
            about: self.who(columns)?,
            caller_type: columns.id(CallerTypeId)?,
            topic: columns.id(TopicId)?,
            commented: columns.take()?,
        };
        Ok(Some(Revision { at, said: Some(said) }))
    }

    fn who(&self, columns: &mut Columns) -> Result<Option<Who>, Error> {
        Ok(columns.id(PersonId)?.and_then(|person| self.world.who(person)))
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

/// Where the columns of the wrap-up begin.
const WRAPUP: usize = 14;
