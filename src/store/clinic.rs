//! What the clinic's own system says, written by its codes: a record that comes again changes what differs and
//! nothing else, so the same file twice changes nothing.
//!
//! Each function is part of the caller's transaction: the first record that does not fit refuses them all.

mod calls;
mod directories;
mod find;
mod people;
mod visits;

use rusqlite::Transaction;
use uuid::Uuid;

use super::{Author, Error, journal};
use crate::domain::clinic::{
    CallRecord, LineRecord, Numbered, PersonRecord, TaskRecord, TopicRecord, VisitRecord,
};
use find::Finder;

/// What became of a file's records; the rest were known already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub added: usize,
    pub changed: usize,
}

/// Told after each record, so that somebody can watch.
pub type Progress<'p> = dyn FnMut() + 'p;

/// A file of records of one kind.
#[derive(Clone, PartialEq, Debug)]
pub enum Records {
    Lines(Vec<Numbered<LineRecord>>),
    Topics(Vec<Numbered<TopicRecord>>),
    People(Vec<Numbered<PersonRecord>>),
    Visits(Vec<Numbered<VisitRecord>>),
    Tasks(Vec<Numbered<TaskRecord>>),
    Calls(Vec<Numbered<CallRecord>>),
}

impl Records {
    pub fn count(&self) -> usize {
        match self {
            Records::Lines(rows) => rows.len(),
            Records::Topics(rows) => rows.len(),
            Records::People(rows) => rows.len(),
            Records::Visits(rows) => rows.len(),
            Records::Tasks(rows) => rows.len(),
            Records::Calls(rows) => rows.len(),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Records::Lines(_) => "lines",
            Records::Topics(_) => "topics",
            Records::People(_) => "people",
            Records::Visits(_) => "visits",
            Records::Tasks(_) => "tasks",
            Records::Calls(_) => "calls",
        }
    }
}

/// Writes one file. Whoever a record speaks of must be here already or stand in the same file.
pub fn put(
    transaction: &Transaction,
    records: &Records,
    author: &Author,
    progress: &mut Progress,
) -> Result<Tally, Error> {
    let mut intake =
        Intake { transaction, author, ids: Ids::of(author), finder: Finder::new(transaction), progress };
    let tally = match records {
        Records::Lines(rows) => intake.put_all(rows, Intake::put_line),
        Records::Topics(rows) => intake.put_all(rows, Intake::put_topic),
        Records::People(rows) => intake.put_people(rows),
        Records::Visits(rows) => intake.put_all(rows, Intake::put_visit),
        Records::Tasks(rows) => intake.put_all(rows, Intake::put_task),
        Records::Calls(rows) => intake.put_all(rows, Intake::put_call),
    }?;
    if tally != Tally::default() {
        journal::note(transaction, "import", records.word(), author)?;
    }
    Ok(tally)
}

/// What writing a record did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Done {
    Added,
    Changed,
    Nothing,
}

impl Done {
    fn changed_if(changed: bool) -> Done {
        if changed { Done::Changed } else { Done::Nothing }
    }
}

impl Tally {
    fn count(&mut self, done: Done) {
        match done {
            Done::Added => self.added += 1,
            Done::Changed => self.changed += 1,
            Done::Nothing => {}
        }
    }
}

/// Everything needed while one file is written.
struct Intake<'d> {
    transaction: &'d Transaction<'d>,
    author: &'d Author,
    ids: Ids,
    finder: Finder<'d>,
    progress: &'d mut Progress<'d>,
}

impl<'d> Intake<'d> {
    fn put_all<T>(
        &mut self,
        rows: &'d [Numbered<T>],
        put: fn(&mut Intake<'d>, &'d Numbered<T>) -> Result<Done, Error>,
    ) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        for row in rows {
            tally.count(put(self, row)?);
            (self.progress)();
        }
        Ok(tally)
    }
}

/// New identifiers, one after the other: rows that are written together lie together in the file.
struct Ids(u128);

impl Ids {
    fn of(author: &Author) -> Ids {
        // The low half of the random part counts; the high half keeps two imports of one moment apart.
        Ids(author.new_id().as_u128() & !u128::from(u32::MAX))
    }

    fn next(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}
