//! Who talked, when and for how long: the talk of a call shared among those of ours who held it.
//!
//! The shares add up to `talk_duration`, the time from the first talk to the end that the cabinet shows for the call, so that
//! a report agrees with the cabinet. What of it is no real talk (music, the ringing of a transfer, a consultation) is
//! `hold`: `talk_duration` without `clean_talk_duration`. Each holder's share lasts until the next one's begins.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::advert::cleaned;
use super::{Reading, time};
use crate::domain::call::{Transfer, TransferKind};
use crate::telephony::uis::wire::{Call, Leg};

/// One employee with the outside party.
struct Turn {
    agent: String,
    from: DateTime<Utc>,
    till: DateTime<Utc>,
}

pub struct Talk {
    pub agent: Option<String>,
    pub holder: Option<String>,
    pub talk: Duration,
    pub hold: Duration,
    pub transfers: Vec<Transfer>,
    /// When the first employee picked up.
    pub picked_up_at: Option<DateTime<Utc>>,
}

pub fn talk(row: &Call, legs: &[Leg], reading: Reading<'_>) -> Talk {
    let turns = turns(legs, reading);
    let whole = seconds(row.talk_duration.or(row.clean_talk_duration));
    let clean = seconds(row.clean_talk_duration.or(row.talk_duration)).min(whole);
    let named = |id: Option<i64>| id.and_then(|id| reading.directory.agent(id));
    let first = turns.first().map(|turn| turn.agent.clone());
    let last = turns.last().map(|turn| turn.agent.clone());
    let agent = first
        .or_else(|| named(row.first_talked_employee_id.or(row.first_answered_employee_id)))
        .or_else(|| named(talked_to(row)))
        .or_else(|| cleaned(row.operator_phone_number.as_ref()));
    let transfers = shares(&turns, whole);
    let handed_on: Duration = transfers.iter().map(|transfer| transfer.talk).sum();
    Talk {
        holder: last.or_else(|| named(row.last_talked_employee_id)).or_else(|| agent.clone()),
        agent,
        talk: whole.saturating_sub(handed_on),
        hold: whole - clean,
        transfers,
        picked_up_at: turns.first().map(|turn| turn.from),
    }
}

pub fn seconds(told: Option<i64>) -> Duration {
    Duration::from_secs(u64::try_from(told.unwrap_or_default()).unwrap_or_default())
}

fn talked_to(row: &Call) -> Option<i64> {
    let talked = row.employees.iter().find(|one| one.is_talked == Some(true));
    talked.or_else(|| row.employees.iter().find(|one| one.is_answered == Some(true)))?.employee_id
}

/// Legs on which an employee talked, in the order they were picked up; several of one in a row are one turn. A listening
/// coach has none, nor has who was consulted and did not get the call.
fn turns(legs: &[Leg], reading: Reading<'_>) -> Vec<Turn> {
    let mut found: Vec<Turn> = legs.iter().filter_map(|leg| turn(leg, reading)).collect();
    found.sort_by_key(|turn| turn.from);
    let mut joined: Vec<Turn> = vec![];
    for turn in found {
        match joined.last_mut() {
            Some(last) if last.agent == turn.agent => last.till = last.till.max(turn.till),
            Some(last) if turn.till <= last.till => {}
            _ => joined.push(turn),
        }
    }
    joined
}

fn turn(leg: &Leg, reading: Reading<'_>) -> Option<Turn> {
    if leg.is_operator != Some(true) || leg.is_coach == Some(true) || leg.is_talked == Some(false) {
        return None;
    }
    let from = time::moment(leg.connect_time.as_deref()?, reading.zone)?;
    let agent = leg.employee_id.and_then(|id| reading.directory.agent(id));
    let agent = agent.or_else(|| cleaned(leg.employee_phone_number.as_ref()))?;
    let lasted = TimeDelta::from_std(seconds(leg.duration)).unwrap_or_default();
    Some(Turn { agent, from, till: from + lasted })
}

/// What each but the first got of the talk. Counted from the end, where the whole is known to stop.
fn shares(turns: &[Turn], whole: Duration) -> Vec<Transfer> {
    let Some(end) = turns.iter().map(|turn| turn.till).max() else { return vec![] };
    let mut left = whole;
    let mut taken = vec![];
    let mut until = end;
    for pair in turns.windows(2).rev() {
        let [before, turn] = pair else { continue };
        // Who consults talks on until handing over.
        let (kind, began) = match before.till > turn.from {
            true => (TransferKind::Attended, before.till.min(until)),
            false => (TransferKind::Blind, turn.from),
        };
        let talk = (until - began).to_std().unwrap_or_default().min(left);
        left -= talk;
        until = began.min(until);
        taken.push(Transfer { kind, to: turn.agent.clone(), talk });
    }
    taken.reverse();
    taken
}
