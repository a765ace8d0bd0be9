#![allow(clippy::unwrap_used)]

use chrono::DateTime;
use rusqlite::Connection;

use super::*;
use crate::store::{Author, cursors, open};

fn count(connection: &Connection) -> u32 {
    connection.query_row("SELECT count(*) FROM cursors", [], |row| row.get(0)).unwrap()
}

#[test]
fn jobs_that_queue_up_behind_a_commit_share_the_next_one() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    let connection = open::owned(&path).unwrap();
    let author = Author { employee: None, at: DateTime::UNIX_EPOCH };
    let (jobs, queue) = mpsc::channel::<Job>();
    let (tell, told) = mpsc::channel();
    for number in 0..16 {
        let (tell, beside) = (tell.clone(), open::reader(&path).unwrap());
        let job = move |transaction: Result<&Transaction, Error>| -> Answer {
            let transaction = transaction.unwrap();
            cursors::set(transaction, &number.to_string(), "", &author).unwrap();
            let uncommitted = count(transaction) - count(&beside);
            Box::new(move |committed| tell.send((uncommitted, committed.is_ok())).unwrap())
        };
        jobs.send(Box::new(job)).unwrap();
    }
    drop((jobs, tell));
    run(connection, &queue);
    let expected: Vec<(u32, bool)> = (1..=16).map(|uncommitted| (uncommitted, true)).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), expected);
}
