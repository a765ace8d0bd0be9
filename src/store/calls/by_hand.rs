//! Calls written down by hand while a provider was not heard become one with the real ones, once its record brings
//! those: what was said of them is kept, and nothing is counted twice.

use chrono::{DateTime, Utc};
use rusqlite::{Transaction, params};

use crate::domain::call::Snapshot;
use crate::domain::call::by_hand::{MEMORY, pairs};
use crate::domain::gap::Gap;
use crate::domain::id::CallId;

use super::{merge, row};
use crate::store::{Author, Error, Millis};

/// One call written by hand that turned out to be a real one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Matched {
    pub by_hand: CallId,
    pub real: CallId,
}

/// Of the calls written by hand while the gap lasted. A real call that one of them became is taken.
pub fn match_by_hand(transaction: &Transaction, gap: &Gap, author: &Author) -> Result<Vec<Matched>, Error> {
    let until = gap.ended_at.unwrap_or(author.at);
    let written = row::select(
        transaction,
        "WHERE +provider = 'manual' AND merged = 0 AND started_at BETWEEN ?1 AND ?2",
        [Millis(gap.began_at), Millis(until)],
    )?;
    if written.is_empty() {
        return Ok(vec![]);
    }
    let real = untaken(transaction, &gap.source, gap.began_at, until)?;
    let mut matched = vec![];
    for (nth, place) in pairs(&snapshots(&written), &snapshots(&real)) {
        if let (Some((by_hand, written)), Some((real, told))) = (written.get(nth), real.get(place)) {
            merge(transaction, &written.key, &told.key, author)?;
            matched.push(Matched { by_hand: *by_hand, real: *real });
        }
    }
    Ok(matched)
}

/// Calls that ran in this time, as the provider told them since, and that nobody's writing became yet: one that was over
/// before it was heard. By their time (hence the plus): a provider has millions.
fn untaken(
    transaction: &Transaction,
    provider: &str,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(CallId, Snapshot)>, Error> {
    row::select(
        transaction,
        "WHERE +provider = ?1 AND phase = 'ended' AND merged = 0 AND started_at BETWEEN ?2 AND ?4 AND ended_at >= ?3
             AND NOT EXISTS (SELECT 1 FROM call_merges AS taken
                 WHERE taken.provider = 'manual' AND taken.into_provider = ?1 AND taken.into_id = calls.provider_id)",
        params![provider, Millis(from - MEMORY), Millis(from), Millis(until)],
    )
}

fn snapshots(calls: &[(CallId, Snapshot)]) -> Vec<&Snapshot> {
    calls.iter().map(|(_, snapshot)| snapshot).collect()
}
