//! The one thread that writes. Jobs that queue up while it commits share the next commit, because the disk's
//! flush, not the work, is what a commit costs. Each job runs in a savepoint: one that fails takes back
//! its own writes only, and so does one that panics. Nobody is answered before the commit is on the disk.

use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Error, comments};

/// Jobs in one commit: bounds how long the first of them waits for the last.
const BATCH: usize = 512;

/// Runs in the transaction it is given; without one it only learns why. Returns what tells the caller.
type Job = Box<dyn FnOnce(Result<&Transaction, Error>) -> Answer + Send>;

/// Called once the fate of the commit is known.
type Answer = Box<dyn FnOnce(Result<(), Error>)>;

pub(super) struct Writer {
    /// `None` only while dropping: closing it ends the thread.
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Writer, Error> {
        let (jobs, queue) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("store".into())
            .spawn(move || run(connection, &queue))
            .map_err(|reason| Error::io("store".as_ref(), reason))?;
        Ok(Writer { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(super) fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> Result<T, Error> + Send + 'static,
    {
        let (told, outcome) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |transaction| {
            let done = transaction.and_then(|transaction| in_savepoint(transaction, work));
            Box::new(move |committed| {
                // A caller that stopped waiting needs no answer.
                let _ = told.send(done.and_then(|value| committed.map(|()| value)));
            })
        });
        let jobs = self.jobs.as_ref().ok_or(Error::Closed)?;
        jobs.send(job).map_err(|_| Error::Closed)?;
        outcome.recv().map_err(|_| Error::Closed)?
    }
}

impl Drop for Writer {
    /// Waits for the queue and for the file to be closed: whoever opens it next finds it whole.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(mut connection: Connection, queue: &Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        commit(&mut connection, first, queue.try_iter().take(BATCH - 1));
    }
}

fn commit(connection: &mut Connection, first: Job, rest: impl Iterator<Item = Job>) {
    let mut answers = vec![];
    let committed = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => run_batch(transaction, iter::once(first).chain(rest), &mut answers),
        Err(error) => {
            let error = Error::from(error);
            answers.push(first(Err(error.clone())));
            Err(error)
        }
    };
    for answer in answers {
        answer(committed.clone());
    }
}

fn run_batch(
    transaction: Transaction,
    batch: impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), Error> {
    for job in batch {
        answers.push(job(Ok(&transaction)));
        // A failing disk can make SQLite take back the whole transaction: nothing may run outside one.
        if transaction.is_autocommit() {
            return Err(Error::TakenBack);
        }
    }
    comments::index(&transaction)?;
    Ok(transaction.commit()?)
}

pub(super) fn in_savepoint<T>(
    transaction: &Transaction,
    work: impl FnOnce(&Transaction) -> Result<T, Error>,
) -> Result<T, Error> {
    transaction.prepare_cached("SAVEPOINT job")?.execute([])?;
    // What a job leaves half done it leaves in the savepoint, which is taken back.
    let outcome = catch_unwind(AssertUnwindSafe(|| work(transaction))).unwrap_or(Err(Error::Fault));
    if outcome.is_err() && !transaction.is_autocommit() {
        transaction.prepare_cached("ROLLBACK TO job")?.execute([])?;
    }
    if !transaction.is_autocommit() {
        transaction.prepare_cached("RELEASE job")?.execute([])?;
    }
    outcome
}

#[cfg(test)]
mod tests;
