//! Numbered migrations, counted in SQLite's `user_version`. Never edited once landed.

use rusqlite::{Connection, TransactionBehavior};

use super::Error;

const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_first.sql")];

const KNOWN: u32 = MIGRATIONS.len() as u32;

/// Brings the file to the newest version, all or nothing.
pub(super) fn apply(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > KNOWN {
        return Err(Error::Newer { found, known: KNOWN });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
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
