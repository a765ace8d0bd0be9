//! Who did what to whose data. Words and ids only: the journal holds no personal data of its own.

use rusqlite::{Transaction, params};

use super::{Author, Error};

/// `action` is a word of the program (`import`, `person.phone`), `subject` the id it was done to.
pub fn note(transaction: &Transaction, action: &str, subject: &str, author: &Author) -> Result<(), Error> {
    write(transaction, (action, subject, None), author)
}

/// `reason` is a word of the program too (`age 90 days`).
pub fn note_why(
    transaction: &Transaction,
    action: &str,
    (subject, reason): (&str, &str),
    author: &Author,
) -> Result<(), Error> {
    write(transaction, (action, subject, Some(reason)), author)
}

fn write(
    transaction: &Transaction,
    (action, subject, reason): (&str, &str, Option<&str>),
    author: &Author,
) -> Result<(), Error> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO journal (id, action, subject, reason, changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![author.new_id(), action, subject, reason, author.when(), author.by()])?;
    Ok(())
}
