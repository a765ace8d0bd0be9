//! Keeps the index of the words in comments. Triggers note whose comment changed; what was noted is indexed in one go
//! before each commit, so that nobody ever reads an index that lags behind.

use rusqlite::Transaction;

use super::Error;

pub(super) fn index(transaction: &Transaction) -> Result<(), Error> {
    if !transaction.prepare_cached("SELECT 1 FROM unread_comments")?.exists([])? {
        return Ok(());
    }
    let steps = [
        "DELETE FROM call_comments WHERE rowid IN (SELECT number FROM unread_comments)",
        "INSERT INTO call_comments (rowid, comment)
             SELECT number, comment FROM standing_comments WHERE number IN (SELECT number FROM unread_comments)",
        "DELETE FROM unread_comments",
    ];
    for step in steps {
        transaction.prepare_cached(step)?.execute([])?;
    }
    Ok(())
}
