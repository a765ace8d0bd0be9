//! One page of the record into the store: one transaction, with the cursor that it moves.

use rusqlite::Transaction;

use super::late_read_at;
use super::reading::{Kind, Reading};
use crate::domain::gap::Gap;
use crate::domain::id::CallId;
use crate::engine::ingest::may_pass;
use crate::store::{Author, Error, calls, cursors, gaps, leads};
use crate::telephony::Page;

/// What a committed page changed.
#[derive(Default)]
pub struct Written {
    pub calls: Vec<CallId>,
    pub gone: Vec<CallId>,
    pub gaps: Vec<Gap>,
}

/// Takes the page in; `reading` stands after it.
pub fn write(
    tx: &Transaction<'_>,
    source: &str,
    reading: &mut Reading,
    page: &Page,
    author: &Author,
) -> Result<Written, Error> {
    let mut written = Written::default();
    for call in &page.calls {
        let recorded = match calls::record(tx, call, author) {
            Err(error) if may_pass(&error) => return Err(error),
            recorded => recorded,
        };
        reading.count(call, recorded.is_ok());
        match recorded {
            Ok(recorded) if recorded.changed => written.calls.push(recorded.id),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, source, "a call of the record could not be stored"),
        }
    }
    for (gone, into) in &page.merged {
        written.gone.extend(calls::merge(tx, gone, into, author)?);
    }
    for lead in &page.leads {
        leads::record(tx, lead, author)?;
    }
    reading.unread = reading.unread.saturating_add(page.unread);
    reading.next.clone_from(&page.next);
    if reading.next.is_none() {
        written.close(tx, source, reading, author)?;
    }
    Ok(written)
}

impl Written {
    /// With the last page: the reading is done, and says what became of its gaps.
    fn close(
        &mut self,
        tx: &Transaction<'_>,
        source: &str,
        reading: &Reading,
        author: &Author,
    ) -> Result<(), Error> {
        if let Kind::Forward { late } = reading.kind {
            let until = reading.span.end.to_rfc3339();
            cursors::set(tx, &cursors::read_until(source), &until, author)?;
            if late {
                cursors::set(tx, &late_read_at(source), &until, author)?;
            }
            cursors::clear(tx, &cursors::trouble(source))?;
        }
        for tally in &reading.gaps {
            for matched in calls::match_by_hand(tx, &tally.gap, author)? {
                self.gone.push(matched.by_hand);
                self.calls.push(matched.real);
            }
            if reading.tells_of_gaps()
                && gaps::restored(tx, &tally.gap, tally.restored(reading.unread), author)?
            {
                self.gaps.extend(gaps::get(tx, &tally.gap.source, tally.gap.began_at)?);
            }
        }
        Ok(())
    }
}
