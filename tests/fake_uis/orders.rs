//! What the Call API does to a running call, by the documented chain: talk, hold, dialling, operators' talk, talk.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::rpc::Fault;
use super::world::{Leg, Session, Way, World};

/// A phone that the Call API rings is taken off after this.
const TAKES: TimeDelta = TimeDelta::seconds(3);
/// How long a call ordered here lasts when nobody hangs up.
const LASTS: TimeDelta = TimeDelta::seconds(90);
/// Where nothing was ordered.
const FAR: TimeDelta = TimeDelta::days(1);

type Params = Map<String, Value>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nobody talks yet.
    Session,
    Talk,
    Hold,
    Dialing,
    OperatorTalk,
}

/// Where a running call stands in the chain.
pub fn stage(session: &Session, now: DateTime<Utc>) -> Stage {
    match session.stage {
        Some(Stage::Dialing) if session.legs.last().is_some_and(|leg| leg.is_connected(now)) => {
            Stage::OperatorTalk
        }
        Some(stage) => stage,
        None if session.holds.iter().any(|hold| hold.contains(&now)) => Stage::Hold,
        None if session.talks().any(|talk| talk.contains(&now)) => Stage::Talk,
        None => Stage::Session,
    }
}

pub fn control(method: &str, params: &Params, world: &mut World, now: DateTime<Utc>) -> Result<(), Fault> {
    let id = params["call_session_id"].as_i64().unwrap_or_default();
    let tag = params.get("tag_id").and_then(Value::as_i64);
    let known_tag = tag.filter(|tag| world.tag(*tag).is_some());
    let target = params.get("to").and_then(Value::as_str).map(|to| (to.to_owned(), employee_at(world, to)));
    let leg_id = next_id(world);
    let session = world.session(id).filter(|session| session.is_live(now));
    let session = session.ok_or_else(|| Fault::of("call_session_not_found", "call_session_id"))?;
    let stands = stage(session, now);
    match (method, stands) {
        ("release.call", _) => release(session, now),
        ("hold.call", Stage::Talk) => {
            message(params.get("contact_message"))?;
            session.holds.push(now..now + FAR);
            session.stage = Some(Stage::Hold);
        }
        ("unhold.call", Stage::Hold) => talk_on(session, now),
        ("make.call", Stage::Hold) => {
            let (to, employee) = target.unwrap_or_default();
            let employee = employee.ok_or_else(|| Fault::of("no_active_phone_number", "to"))?;
            session.legs.push(ring(session, (leg_id, employee), &to, now));
            session.stage = Some(Stage::Dialing);
        }
        ("transfer.talk", Stage::Dialing | Stage::OperatorTalk) => hand_over(session, now),
        ("restore.talk", Stage::Dialing | Stage::OperatorTalk) => {
            if let Some(asked) = session.legs.last_mut() {
                (asked.ends, asked.reason) = (now, "transfer_disconnects".into());
            }
            talk_on(session, now);
        }
        ("tag.call", _) => {
            let tag = known_tag.ok_or_else(|| Fault::of("tag_not_found", "tag_id"))?;
            if session.tags.contains(&tag) {
                return Err(Fault::of("duplicate_tag", "tag_id"));
            }
            session.tags.push(tag);
        }
        _ => return Err(Fault::new(-32004, "invalid_state")),
    }
    Ok(())
}

fn message(message: Option<&Value>) -> Result<(), Fault> {
    let Some(message) = message else { return Ok(()) };
    match (message["type"].as_str(), message["value"].as_str()) {
        (Some("media" | "tts"), Some(_)) => Ok(()),
        _ => Err(Fault::of("invalid_parameter_value", "contact_message")),
    }
}

fn release(session: &mut Session, now: DateTime<Utc>) {
    (session.ends, session.reported) = (now, now);
    session.reason = "operator_disconnects".into();
    for leg in &mut session.legs {
        leg.ends = leg.ends.min(now);
        leg.connects = leg.connects.filter(|at| *at < now);
    }
    end_hold(session, now);
}

fn talk_on(session: &mut Session, now: DateTime<Utc>) {
    end_hold(session, now);
    session.stage = Some(Stage::Talk);
}

fn end_hold(session: &mut Session, now: DateTime<Utc>) {
    for hold in &mut session.holds {
        hold.end = hold.end.min(now);
    }
}

/// The employee who talked leaves; the one rung last has the contact.
fn hand_over(session: &mut Session, now: DateTime<Utc>) {
    let last = session.legs.len() - 1;
    for (position, leg) in session.legs.iter_mut().enumerate().filter(|(_, leg)| leg.employee.is_some()) {
        match position == last {
            true => (leg.by_transfer, leg.reason) = (true, "success_finish".into()),
            false => leg.ends = leg.ends.min(now),
        }
    }
    session.legs[last].ends = session.ends;
    talk_on(session, now);
}

fn ring(session: &Session, (id, employee): (i64, i64), to: &str, now: DateTime<Utc>) -> Leg {
    Leg {
        id,
        way: Way::Out,
        calling: session.contact.clone().unwrap_or_default(),
        called: to.to_owned(),
        employee: Some(employee),
        begins: now,
        connects: Some(now + TAKES),
        ends: session.ends,
        reason: "success_finish".into(),
        by_transfer: false,
    }
}

fn employee_at(world: &World, to: &str) -> Option<i64> {
    let has = |employee: &&super::world::Employee| {
        employee.extension.as_deref() == Some(to) || employee.phones.iter().any(|phone| phone == to)
    };
    world.employees.iter().find(has).map(|employee| employee.id)
}

/// Beyond every id of a session or leg there is.
fn next_id(world: &World) -> i64 {
    let legs = world.sessions.iter().flat_map(|session| session.legs.iter().map(|leg| leg.id));
    legs.chain(world.sessions.iter().map(|session| session.id)).max().unwrap_or(1_000) + 1
}

/// Click-to-call: the employee's phone or the contact's is rung first, then the other.
pub fn start(params: &Params, world: &mut World, now: DateTime<Utc>) -> Result<i64, Fault> {
    let said = |name: &str| params.get(name).and_then(Value::as_str);
    let first = said("first_call").filter(|first| ["contact", "employee"].contains(first));
    let first = first.ok_or_else(|| Fault::of("invalid_parameter_value", "first_call"))?;
    let line = said("virtual_phone_number").unwrap_or_default();
    if !world.numbers.iter().any(|number| number.number == line) {
        let field = Some("virtual_phone_number".to_owned());
        return Err(Fault { code: -32007, mnemonic: "virtual_phone_number_not_found", field });
    }
    let employee = params["employee"]["id"].as_i64().and_then(|id| world.employee(id));
    let employee = employee.ok_or_else(|| Fault::of("employee_not_found", "employee.id"))?;
    let phone = params["employee"]["phone_number"].as_str().or(employee.phones.first().map(String::as_str));
    let known = phone.filter(|phone| employee.phones.iter().any(|own| own == phone));
    let phone = known.ok_or_else(|| Fault::of("no_active_phone_number", "employee.phone_number"))?;
    let contact = said("contact").unwrap_or_default();
    let (id, called) = (next_id(world), phone.to_owned());
    let (first_rung, then_rung) = (now, now + TAKES);
    let (mut own, mut theirs) = (first_rung, then_rung);
    if first == "contact" {
        std::mem::swap(&mut own, &mut theirs);
    }
    let leg = |number: i64, called: String, employee: Option<i64>, begins: DateTime<Utc>| Leg {
        id: id + number,
        way: Way::Out,
        calling: line.to_owned(),
        called,
        employee,
        begins,
        connects: Some(begins + TAKES),
        ends: now + LASTS,
        reason: "success_finish".into(),
        by_transfer: false,
    };
    let legs = vec![leg(1, called, Some(employee.id), own), leg(2, contact.to_owned(), None, theirs)];
    let session = Session {
        id,
        way: Way::Out,
        contact: Some(contact.to_owned()),
        line: line.to_owned(),
        begins: now,
        ends: now + LASTS,
        reason: "success_finish".into(),
        source: "callapi".into(),
        legs,
        external_id: said("external_id").map(str::to_owned),
        reported: now + LASTS,
        ..Session::new(id, now)
    };
    world.sessions.push(session);
    Ok(id)
}
