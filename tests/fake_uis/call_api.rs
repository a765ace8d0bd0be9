//! The Call API's methods: what runs now, and what can be done with it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::orders;
use super::rpc::{Fault, Question};
use super::world::{Leg, Session, World};

pub fn answer(question: &Question, world: &mut World, now: DateTime<Utc>) -> Result<Value, Fault> {
    let params = &question.params;
    let data = match question.method.as_str() {
        "list.calls" => list(question, world, now)?,
        "start.employee_call" => json!({"call_session_id": orders::start(params, world, now)?}),
        "release.call" | "hold.call" | "unhold.call" | "make.call" | "transfer.talk" | "restore.talk"
        | "tag.call" => {
            orders::control(&question.method, params, world, now)?;
            json!({"success": "true"})
        }
        _ => return Err(Fault::new(-32601, "method_not_found")),
    };
    Ok(json!({"data": data}))
}

fn list(question: &Question, world: &World, now: DateTime<Utc>) -> Result<Value, Fault> {
    let asked = |name: &str| question.params.get(name).and_then(Value::as_str);
    if asked("direction").is_some_and(|way| !["in", "out"].contains(&way)) {
        return Err(Fault::of("invalid_parameter_value", "direction"));
    }
    let live = world.sessions.iter().filter(|session| session.is_live(now));
    let wanted = live.filter(|session| {
        asked("direction").is_none_or(|way| way == session.way.word())
            && asked("virtual_phone_number").is_none_or(|number| number == session.line)
    });
    Ok(wanted.map(|session| item(world, session, now)).collect())
}

fn item(world: &World, session: &Session, now: DateTime<Utc>) -> Value {
    let begun = (session.begins + world.skew).with_timezone(&world.zone);
    let tags: Vec<Value> = session
        .tags
        .iter()
        .filter_map(|id| world.tag(*id))
        .map(|tag| json!({"tag_id": tag.id, "tag_name": tag.name}))
        .collect();
    let legs = session.legs.iter().filter(|leg| leg.begins <= now && now < leg.ends);
    let legs: Vec<Value> = legs.map(|one| leg(world, session, one, now)).collect();
    json!({
        "call_session_id": session.id,
        "direction": session.way.word(),
        "start_time": begun.format("%Y-%m-%dT%H:%M:%S%.3f").to_string(),
        "virtual_phone_number": session.line,
        "contact_phone_number": session.contact,
        "external_id": session.external_id,
        "tags": tags,
        "legs": legs,
    })
}

fn leg(world: &World, session: &Session, leg: &Leg, now: DateTime<Utc>) -> Value {
    let employee = leg.employee.and_then(|id| world.employee(id));
    json!({
        "leg_id": leg.id,
        "calling_phone_number": leg.calling,
        "called_phone_number": leg.called,
        "is_operator": employee.is_some(),
        "employee_id": leg.employee,
        "employee_full_name": employee.map(|employee| &employee.name),
        "record_call_enabled": true,
        "state": state(session, leg, now),
    })
}

/// The vendor says it in Russian.
fn state(session: &Session, leg: &Leg, now: DateTime<Utc>) -> &'static str {
    let connected = leg.is_connected(now);
    match orders::stage(session, now) {
        _ if !connected => "Дозвон",
        orders::Stage::Session if leg.employee.is_none() => "На очереди",
        orders::Stage::Hold | orders::Stage::Dialing | orders::Stage::OperatorTalk
            if leg.employee.is_none() =>
        {
            "На удержании"
        }
        orders::Stage::OperatorTalk => "Разговор операторов",
        _ => "Разговор",
    }
}
