//! What was not heard, what came back of it, and whether the providers' records of the past can be read.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Finding, said};
use crate::config::Config;
use crate::desk::{Look, Text, gap_said, source_said};
use crate::domain::gap::{Gap, Restored, Source};
use crate::domain::period::day_of;
use crate::store::{Store, cursors, gaps, notices};

/// As far back as people remember.
const BACK: TimeDelta = TimeDelta::days(7);
/// Notifications go sooner, but those of a month ago say nothing of today's template.
const NOTICES: TimeDelta = TimeDelta::days(7);

/// Nothing where the store cannot be read: that is said elsewhere.
pub fn checks(text: &Text, look: &Look, config: &Config, now: DateTime<Utc>) -> Vec<Finding> {
    let read = Store::open_shared(&config.store).and_then(|store| {
        store.read(|conn| {
            let gaps = gaps::touching(conn, &(now - BACK..now))?;
            Ok((cursors::sources(conn)?, gaps, notices::count(conn, now - NOTICES)?))
        })
    });
    let Ok((sources, gaps, unread)) = read else { return vec![] };
    let today = day_of(now, config.zone);
    let sources = sources.iter().map(|known| source(text, look, known, now));
    let gaps = gaps.iter().filter(|gap| gap.matters());
    let gaps = gaps.map(|gap| finding_of(text, gap, gap_said(gap, look, today)));
    let unread = (unread > 0)
        .then(|| Finding::doubtful(said(text, "doctor-unread", "n", unread), text.say("doctor-unread-hint")));
    sources.chain(gaps).chain(unread).collect()
}

fn source(text: &Text, look: &Look, source: &Source, now: DateTime<Utc>) -> Finding {
    let read = source_said(source, look, look.day(now));
    let behind = source.read_until.map(|read| (now - read).num_minutes().max(0));
    let read = match behind {
        Some(minutes) => format!("{read} ({})", said(text, "doctor-behind", "minutes", minutes)),
        None => read,
    };
    match &source.trouble {
        Some(trouble) => Finding::doubtful(format!("{read}: {trouble}"), text.say("doctor-source-hint")),
        None => Finding::good(read),
    }
}

fn finding_of(text: &Text, gap: &Gap, said: String) -> Finding {
    let hint = match gap.restored {
        _ if !gap.is_open() => return Finding::good(said),
        _ if gap.ended_at.is_none() => "doctor-gap-lasts-hint",
        Restored::Unknown => "doctor-gap-unknown-hint",
        Restored::Pending | Restored::Counted { .. } => "doctor-gap-hint",
    };
    Finding::doubtful(said, text.say(hint))
}
