//! Call detail records to calls, where nothing finer is kept. Rows are no calls: one call has a row for every leg
//! that was dialled.
//!
//! What they cannot tell is not claimed: such a call is never [`settled`](Snapshot::settled), and what was seen live to
//! its end stays. Holds are not in them. Ringing counts as talk where the calling leg was answered before (a menu, a
//! click-to-call, a transfer), unless somebody else's ring of the same moment tells when it ended.

mod dialled;
mod rows;

use std::time::Duration;

use self::dialled::{Reached, reached};
use self::rows::{Rows, groups};
use super::row::Cdr;
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot, Transfer, TransferKind};
use crate::domain::phone::{Phone, Remote};
use crate::domain::text;
use crate::telephony::asterisk::NAME;
use crate::telephony::asterisk::map::{At, OWN_LEG, Side, endpoint, fields, span};

/// A dialplan that refuses a number does so at once.
const AT_ONCE: Duration = Duration::from_secs(1);

pub fn calls(rows: &[Cdr], trunks: &[String]) -> Vec<Snapshot> {
    let (groups, consulted) = groups(rows, trunks);
    groups.iter().filter_map(|rows| call(rows, &consulted)).collect()
}

/// `None`: nobody was asked for.
fn call(rows: &Rows<'_>, consulted: &[&str]) -> Option<Snapshot> {
    let direction = direction(rows);
    let talks = reached(rows);
    let (started, ended) = (rows.started()?, rows.ended()?);
    let first = talks.first();
    if first.is_none() && !is_attempt(rows, direction) {
        return None;
    }
    let asked = rows.asked().unwrap_or(started);
    let agent = match direction {
        Direction::Incoming => first.map(|talk| talk.party.clone()),
        _ => rows.caller().map(|row| text::clean(endpoint(&row.channel))),
    };
    let handed = if direction == Direction::Incoming { talks.get(1..).unwrap_or_default() } else { &[] };
    Some(Snapshot {
        key: CallKey { provider: NAME.to_owned(), id: rows.id().to_owned() },
        direction,
        remote: remote(rows, direction, first),
        name: name(rows, direction),
        line: line(rows).filter(|_| direction == Direction::Incoming),
        queue: rows.queue(),
        phase: Phase::Ended,
        result: Some(first.map_or_else(|| unreached(rows, direction), |_| CallResult::Answered)),
        holder: handed.last().map(|talk| talk.party.clone()).or_else(|| agent.clone()),
        agent,
        ringing: Vec::new(),
        started_at: started,
        answered_at: first.map(|talk| talk.from),
        ended_at: Some(ended),
        wait: first.map_or_else(|| given_up(rows, asked, ended), |talk| waited(rows, talk, asked)),
        talk: first.map_or(Duration::ZERO, |talk| talk.talk),
        hold: Duration::ZERO,
        transfers: handed.iter().map(|talk| transfer(talk, consulted)).collect(),
        recording: rows.recording().filter(|_| first.is_some()),
        advert: None,
        tags: Vec::new(),
        settled: false,
    })
}

/// By the channels alone: a number proves nothing.
fn direction(rows: &Rows<'_>) -> Direction {
    let ours = rows.id().starts_with(OWN_LEG);
    if rows.arrived().is_some() {
        Direction::Incoming
    } else if rows.dialled(Side::Outside).next().is_some() || ours {
        Direction::Outgoing
    } else {
        Direction::Internal
    }
}

/// A leg that was up before the one it dialled was placed by a program: where that reached nobody, no person called.
fn is_attempt(rows: &Rows<'_>, direction: Direction) -> bool {
    match direction {
        Direction::Incoming => true,
        Direction::Outgoing => {
            rows.id().starts_with(OWN_LEG) || rows.dialled(Side::Outside).all(|row| row.answer.is_none())
        }
        Direction::Internal => rows.dialled(Side::Inside).next().is_some(),
    }
}

fn unreached(rows: &Rows<'_>, direction: Direction) -> CallResult {
    let target = match direction {
        Direction::Incoming if was_refused(rows) => return CallResult::Rejected,
        Direction::Incoming => return CallResult::Missed,
        Direction::Outgoing => rows.dialled(Side::Outside).last(),
        Direction::Internal => rows.dialled(Side::Inside).last(),
    };
    match target.map(|row| row.disposition.as_str()) {
        Some("BUSY") => CallResult::Busy,
        Some("FAILED" | "CONGESTION") => CallResult::Failed,
        Some(_) => CallResult::NoAnswer,
        None => CallResult::AgentNoAnswer,
    }
}

/// Over at once, and the dialplan never tried to reach anybody. That the caller himself was so quick is not told.
fn was_refused(rows: &Rows<'_>) -> bool {
    let tried = |row: &&Cdr| row.answer.is_some() || matches!(row.app.as_str(), "Dial" | "Queue");
    let lasted = rows.started().zip(rows.ended()).map_or(Duration::ZERO, |(from, to)| span(from, to));
    rows.iter().all(|row| row.dialled_channel.is_empty() && !tried(&row)) && lasted <= AT_ONCE
}

fn waited(rows: &Rows<'_>, talk: &Reached, asked: At) -> Duration {
    // The operator's own phone rang first; how long the other side did is not told.
    if rows.id().starts_with(OWN_LEG) { Duration::ZERO } else { span(asked, talk.from) }
}

fn given_up(rows: &Rows<'_>, asked: At, ended: At) -> Duration {
    let picked_up = rows.caller().and_then(|row| row.answer).filter(|_| rows.id().starts_with(OWN_LEG));
    span(picked_up.unwrap_or(asked), ended)
}

fn transfer(talk: &Reached, consulted: &[&str]) -> Transfer {
    let asked_before = consulted.contains(&talk.channel.as_str());
    let kind = if asked_before { TransferKind::Attended } else { TransferKind::Blind };
    Transfer { kind, to: talk.party.clone(), talk: talk.talk }
}

fn remote(rows: &Rows<'_>, direction: Direction, first: Option<&Reached>) -> Remote {
    match direction {
        Direction::Incoming => rows.arrived().map_or(Remote::Withheld, |row| Remote::parse(&row.source)),
        Direction::Internal => {
            let dialled =
                rows.dialled(Side::Inside).next().map(|row| text::clean(endpoint(&row.dialled_channel)));
            Remote::Other(first.map(|talk| talk.party.clone()).or(dialled).unwrap_or_default())
        }
        Direction::Outgoing => rows.iter().find_map(number_dialled).map_or(Remote::Withheld, Remote::Number),
    }
}

/// In what was dialled first: the destination is where the dialplan came to in the end, and the source of a
/// click-to-call is whoever it was for.
fn number_dialled(row: &Cdr) -> Option<Phone> {
    let parts = row.data.split([',', '&', '@', '/']);
    parts.chain([row.destination.as_str(), row.source.as_str()]).find_map(Phone::parse)
}

fn name(rows: &Rows<'_>, direction: Direction) -> Option<String> {
    let row = rows.arrived().filter(|_| direction == Direction::Incoming)?;
    let (name, _) = row.caller.rsplit_once('<')?;
    fields::name(name.trim().trim_matches('"'), &row.source)
}

/// The destination is where the dialplan came to in the end (a menu's key, whom the call was handed to): it is taken for
/// the line only where it is as long as a number of ours.
fn line(rows: &Rows<'_>) -> Option<String> {
    const SHORTEST: usize = 5;
    let told = rows.iter().find_map(|row| fields::line(&row.did));
    let destination = || fields::line(&rows.arrived()?.destination).filter(|line| line.len() >= SHORTEST);
    told.or_else(destination)
}
