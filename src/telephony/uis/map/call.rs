//! One row of the calls' report, with the legs of its session, to a call as a person understands it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::advert::{advert, cleaned};
use super::directory::digits;
use super::talk::{Talk, seconds, talk};
use super::{Reading, outcome, sound, time};
use crate::domain::call::{CallKey, CallResult, Direction, Phase, Snapshot};
use crate::domain::phone::Remote;
use crate::telephony::uis::NAME;
use crate::telephony::uis::wire::{Call, Leg};

/// The cabinet checks a number of the account's own people.
const CHECK_CALL: &str = "private_number";

/// Why a row tells of nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unclear {
    #[error("no id")]
    NoId,
    #[error("no time")]
    NoTime,
    #[error("no direction")]
    NoDirection,
}

/// The beginning and the end of a call.
struct Bounds {
    started_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
}

/// `legs` are those of the row's session; without any, less is known of who talked.
pub fn call(row: &Call, legs: &[Leg], reading: Reading<'_>) -> Result<Snapshot, Unclear> {
    let id = row.id.or(row.communication_id).ok_or(Unclear::NoId)?;
    let Bounds { started_at, ended_at } = bounds(row, reading).ok_or(Unclear::NoTime)?;
    let direction = direction(row, reading).ok_or(Unclear::NoDirection)?;
    let talk = talk(row, legs, reading);
    let answered = is_answered(row, legs);
    let result = outcome::result(direction, answered, row.finish_reason.as_deref().unwrap_or_default());
    let advert = advert(&row.visit);
    Ok(Snapshot {
        key: CallKey { provider: NAME.into(), id: id.to_string() },
        direction,
        remote: Remote::parse(row.contact_phone_number.as_deref().unwrap_or_default()),
        name: cleaned(row.contact_full_name.as_ref()),
        line: row.virtual_phone_number.as_deref().map(digits).filter(|line| !line.is_empty()),
        queue: legs.iter().find_map(|leg| cleaned(leg.group_name.as_ref())),
        phase: Phase::Ended,
        result: Some(result),
        agent: agent(&talk, legs, direction, answered, reading),
        holder: talk.holder.filter(|_| answered),
        ringing: vec![],
        started_at,
        answered_at: answered.then(|| answered_at(row, started_at, ended_at, talk.picked_up_at)),
        ended_at: Some(ended_at),
        wait: wait(row, answered),
        talk: if answered { talk.talk } else { Duration::ZERO },
        hold: if answered { talk.hold } else { Duration::ZERO },
        transfers: if answered { talk.transfers } else { vec![] },
        recording: sound::recording(row, reading.media_host, result == CallResult::Answered),
        advert: (!advert.is_empty()).then(|| Box::new(advert)),
        tags: row.tags.iter().filter_map(|tag| cleaned(tag.tag_name.as_ref())).collect(),
        settled: true,
    })
}

fn bounds(row: &Call, reading: Reading<'_>) -> Option<Bounds> {
    let started_at = time::moment(row.start_time.as_deref()?, reading.zone)?;
    let lasted = row.total_duration.and_then(TimeDelta::try_seconds);
    let expected = lasted.and_then(|lasted| started_at.checked_add_signed(lasted));
    let told = row.finish_time.as_deref();
    let told = told.and_then(|raw| time::moment_near(raw, reading.zone, expected.unwrap_or(started_at)));
    Some(Bounds { started_at, ended_at: told.or(expected)?.max(started_at) })
}

fn direction(row: &Call, reading: Reading<'_>) -> Option<Direction> {
    let contact = row.contact_phone_number.as_deref();
    if row.source.as_deref() == Some(CHECK_CALL)
        || contact.is_some_and(|number| reading.directory.is_ours(number))
    {
        return Some(Direction::Internal);
    }
    match row.direction.as_deref()? {
        "in" => Some(Direction::Incoming),
        "out" => Some(Direction::Outgoing),
        _ => None,
    }
}

/// Somebody of ours talked, or the report does not call it lost and some talk was counted: what a menu or an answering
/// machine took on its own is a call nobody answered.
fn is_answered(row: &Call, legs: &[Leg]) -> bool {
    let by_leg = legs.iter().filter(|leg| leg.is_operator == Some(true) && leg.is_coach != Some(true));
    let talked = by_leg.map(|leg| leg.is_talked).chain(row.employees.iter().map(|one| one.is_talked));
    let counted = row.talk_duration.or(row.clean_talk_duration);
    talked.into_iter().any(|talked| talked == Some(true))
        || match row.is_lost {
            Some(lost) => !lost && counted != Some(0),
            None => counted.is_some_and(|seconds| seconds > 0),
        }
}

fn answered_at(
    row: &Call,
    started_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
    picked_up_at: Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    let waited = row.wait_duration.and_then(TimeDelta::try_seconds);
    let told = waited.and_then(|waited| started_at.checked_add_signed(waited)).or(picked_up_at);
    told.unwrap_or(started_at).clamp(started_at, ended_at)
}

fn wait(row: &Call, answered: bool) -> Duration {
    seconds(match answered {
        true => row.wait_duration,
        false => row.total_wait_duration.or(row.wait_duration).or(row.total_duration),
    })
}

/// Who answered; of an outgoing call who placed it, reached or not.
fn agent(
    talk: &Talk,
    legs: &[Leg],
    direction: Direction,
    answered: bool,
    reading: Reading<'_>,
) -> Option<String> {
    if answered {
        return talk.agent.clone();
    }
    let ours = legs.iter().filter(|leg| leg.is_operator == Some(true)).find_map(|leg| leg.employee_id);
    let placed = ours.and_then(|employee| reading.directory.agent(employee));
    placed.or_else(|| talk.agent.clone()).filter(|_| direction != Direction::Incoming)
}
