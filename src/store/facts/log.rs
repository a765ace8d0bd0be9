//! The log of what bears on facts: triggers write it, here it is read and cut.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::store::Error;

/// The last entry ever written; 0 when there was none.
pub(super) fn stamp(connection: &Connection) -> Result<u64, Error> {
    let mut statement =
        connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'ledger_log'")?;
    let last: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or_default().unsigned_abs())
}

/// Forgets the entries up to `seq`: whoever knows facts as of an earlier one must read them all anew.
pub fn trim(transaction: &Transaction, seq: u64) -> Result<(), Error> {
    transaction.prepare_cached("DELETE FROM ledger_log WHERE seq <= ?1")?.execute([seq.cast_signed()])?;
    Ok(())
}
