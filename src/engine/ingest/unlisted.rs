//! The end nobody announced: calls that were believed to run, and are not in the provider's list of those that do.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::call::{CallResult, Direction, Phase, Snapshot};

/// A call ran at least as long as the provider was heard after it began; nothing is known of
/// the time after.
pub(super) fn ended_unseen(mut snapshot: Snapshot, heard: Option<DateTime<Utc>>) -> Snapshot {
    let begun = snapshot.answered_at.unwrap_or(snapshot.started_at);
    let known = if snapshot.was_answered() { snapshot.talk } else { snapshot.wait };
    let seen = heard.and_then(|heard| (heard - begun).to_std().ok()).unwrap_or_default().max(known);
    snapshot.ended_at = Some(begun + TimeDelta::from_std(seen).unwrap_or_default());
    match snapshot.was_answered() {
        // Who talked how long after a transfer was not told.
        true if snapshot.transfers.is_empty() => snapshot.talk = seen,
        true => {}
        false => snapshot.wait = seen,
    }
    snapshot.phase = Phase::Ended;
    snapshot.ringing.clear();
    snapshot.result = Some(match (snapshot.was_answered(), snapshot.direction) {
        (true, _) => CallResult::Answered,
        (false, Direction::Incoming) => CallResult::Missed,
        (false, _) => CallResult::NoAnswer,
    });
    snapshot
}
