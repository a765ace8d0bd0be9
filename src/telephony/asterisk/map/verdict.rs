//! How a call ended and how long the other side waited, from what its legs did.

use std::time::Duration;

use super::Legs;
use super::call::Call;
use super::leg::{At, Leg, Side};
use super::talk::span;
use crate::domain::call::{CallResult, Direction};

/// A dialplan that refuses a number does so at once; one that plays an announcement takes its time.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Q.850 causes that mean the line of the one we called is busy or was declined by hand.
const BUSY: [u16; 2] = [17, 21];
/// Causes of a dialplan that refuses: it has no such number (0, 1, 28) or does not want the caller (21).
const REFUSED: [u16; 4] = [0, 1, 21, 28];
/// Causes of a call that rang, or could have, and was not taken; 0 is what a cancelled ring leaves.
const UNANSWERED: [u16; 8] = [0, 16, 18, 19, 20, 26, 31, 127];

pub fn result(call: &Call, legs: &Legs, ended: At) -> CallResult {
    if call.conversation.first().is_some() {
        return CallResult::Answered;
    }
    match call.direction(legs) {
        Direction::Incoming if was_refused(call, legs, ended) => CallResult::Rejected,
        Direction::Incoming => CallResult::Missed,
        Direction::Outgoing | Direction::Internal => unreached(call, legs),
    }
}

/// The dialplan had nothing to offer: not answered, nobody rung, no queue, and it was not the caller who left.
/// A plain Hangup (16) or a phone that is away (20) is another matter: there was somebody to be reached.
fn was_refused(call: &Call, legs: &Legs, ended: At) -> bool {
    let turned_away = |leg: &Leg| !leg.up && !leg.hung_up_itself && REFUSED.contains(&leg.cause.unwrap_or(0));
    call.asked_from.is_none()
        && call.anchor(legs).is_some_and(turned_away)
        && span(call.started, ended) <= AT_ONCE
}

fn unreached(call: &Call, legs: &Legs) -> CallResult {
    let Some(target) = target(call, legs) else {
        let silent = call.legs(legs).any(|leg| leg.originated && !leg.up);
        return if silent { CallResult::AgentNoAnswer } else { CallResult::Failed };
    };
    let status = target.dialled.as_ref().and_then(|dialled| dialled.ended.as_ref());
    match (status.map(|(_, status)| status.as_str()), target.cause) {
        (Some("BUSY"), _) => CallResult::Busy,
        (Some("CONGESTION" | "CHANUNAVAIL" | "INVALIDARGS"), _) => CallResult::Failed,
        (_, Some(cause)) if BUSY.contains(&cause) => CallResult::Busy,
        (Some("CANCEL"), _) => CallResult::NoAnswer,
        (_, Some(cause)) if !UNANSWERED.contains(&cause) => CallResult::Failed,
        _ => CallResult::NoAnswer,
    }
}

/// The leg we tried to reach: the last outside one, or inside when the call stayed there.
fn target<'a>(call: &'a Call, legs: &'a Legs) -> Option<&'a Leg> {
    let wanted = match call.direction(legs) {
        Direction::Internal => Side::Inside,
        _ => Side::Outside,
    };
    call.legs(legs).filter(|leg| leg.side == wanted && leg.dialled.is_some() && !leg.originated).last()
}

/// Ringing or music heard by the other side before the first answer, or in all when none came. Zero while
/// that is still open.
pub fn wait(call: &Call, legs: &Legs) -> Duration {
    let from = call.asked_from.unwrap_or(call.started);
    let answered = call.conversation.first().map(|talk| talk.from);
    let given_up = || {
        let ended = call.ended?;
        let outgoing = call.direction(legs) != Direction::Incoming;
        let dial =
            target(call, legs).filter(|_| outgoing).and_then(|leg| leg.dialled.as_ref()?.ended.as_ref());
        Some(dial.map_or(ended, |(at, _)| *at))
    };
    answered.or_else(given_up).map_or(Duration::ZERO, |to| span(from, to))
}
