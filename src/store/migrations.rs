//! Numbered migrations, counted in SQLite's `user_version`. Never edited once landed.

use rusqlite::{Connection, TransactionBehavior};

use super::Error;

const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_ledger.sql"),
    include_str!("migrations/0003_sync.sql"),
    include_str!("migrations/0004_recordings.sql"),
];

const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Brings the file to the newest version, all or nothing. Foreign keys must be off: a migration may rebuild a table
/// that others refer to.
pub(super) fn apply(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > KNOWN {
        return Err(Error::Newer { found, known: KNOWN });
    }
    if found == KNOWN {
        return Ok(());
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    if transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(Error::Damaged);
    }
    transaction.pragma_update(None, "user_version", KNOWN)?;
    Ok(transaction.commit()?)
}

/// For those who may not migrate: the file must already be of this version.
pub(super) fn check_current(connection: &Connection) -> Result<(), Error> {
    match version(connection)? {
        KNOWN => Ok(()),
        found if found > KNOWN => Err(Error::Newer { found, known: KNOWN }),
        found => Err(Error::Older { found, known: KNOWN }),
    }
}

fn version(connection: &Connection) -> Result<u32, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
