//! The true day in the vendor's words: what a fake UIS is filled with, and what must be in the store once its reports
//! are read.

use std::time::Duration;

use pult::domain::call::{CallKey, CallResult, Direction, Snapshot};
use pult::domain::lead::Lead;
use serde_json::{Map, Value, json};

use super::day::{CAMPAIGNS, Day, TAGS, TrueCall, seconds};
use super::fake::media;
use super::fake::world;
use super::fake::world::{Campaign, Employee, Late, Leg, Number, Record, Session, Tag, Way, World};
use super::told;

const FIRST_CAMPAIGN: i64 = 500;

pub fn world(day: &Day) -> World {
    let employees = day.employees.iter().map(|one| Employee {
        id: one.id,
        name: one.name.clone(),
        extension: Some(one.extension.clone()),
        phones: vec![one.phone.clone()],
    });
    let numbers = (1..).zip(&day.lines).map(|(id, (number, campaign))| Number {
        id,
        number: number.clone(),
        name: format!("Линия {id}"),
        campaigns: vec![FIRST_CAMPAIGN + *campaign as i64],
    });
    let campaigns = (FIRST_CAMPAIGN..).zip(CAMPAIGNS).map(|(id, name)| Campaign { id, name: name.into() });
    // What goes on between two of our own never reaches the reports.
    let outside = day.calls.iter().filter(|call| call.direction != Direction::Internal);
    World {
        employees: employees.collect(),
        numbers: numbers.collect(),
        campaigns: campaigns.collect(),
        tags: (700..).zip(TAGS).map(|(id, name)| Tag { id, name: name.into() }).collect(),
        leads: day.requests.iter().map(lead).collect(),
        sessions: outside.map(|call| session(day, call)).collect(),
        ..World::empty(chrono_tz::Europe::Moscow)
    }
}

fn lead(request: &super::day::Request) -> world::Lead {
    world::Lead {
        id: request.id,
        left_at: request.left_at,
        known_from: request.left_at + seconds(request.reported),
        name: None,
        phone: i64::try_from(request.number).ok(),
        email: None,
        text: request.text.clone(),
        campaign: Some(FIRST_CAMPAIGN + request.campaign as i64),
        visit: Map::new(),
    }
}

fn session(day: &Day, call: &TrueCall) -> Session {
    let answered = call.answered();
    let hold = call.hold.zip(answered).map(|((after, lasts), answered)| {
        let begins = answered + seconds(after);
        begins..begins + seconds(lasts)
    });
    let sound = call.sound.as_ref().map(|sound| Record {
        hash: sound.hash.clone(),
        known_from: call.ends() + seconds(sound.ready),
        ready_from: call.ends() + seconds(sound.ready + 5),
        sound: media::wav(20),
    });
    let at_once = call.advert.as_ref().filter(|advert| advert.known == 0);
    let mut session = Session {
        way: if call.direction == Direction::Incoming { Way::In } else { Way::Out },
        contact: call.number.map(|number| number.to_string()),
        line: day.lines[call.line].0.clone(),
        ends: call.ends(),
        reason: reason(call).into(),
        source: if call.direction == Direction::Incoming { "call_tracking" } else { "sip" }.into(),
        legs: legs(day, call),
        holds: hold.into_iter().collect(),
        campaign: at_once.map(|advert| FIRST_CAMPAIGN + advert.campaign as i64),
        tags: call.tag.map(|tag| 700 + tag as i64).into_iter().collect(),
        records: sound.into_iter().collect(),
        reported: call.ends() + seconds(call.reported),
        ..Session::new(call.id, call.begins)
    };
    if let Some(advert) = at_once {
        session.visit.insert("search_query".into(), json!(advert.words));
    }
    late(call, &mut session);
    session
}

fn reason(call: &TrueCall) -> &'static str {
    match (call.result, call.direction) {
        (CallResult::Answered, _) => "success_finish",
        (CallResult::Busy, _) => "subscriber_busy",
        (_, Direction::Incoming) => "subscriber_disconnects",
        (_, _) => "subscriber_not_responsible",
    }
}

/// What the report learns after the fact.
fn late(call: &TrueCall, session: &mut Session) {
    if let Some(advert) = call.advert.as_ref().filter(|advert| advert.known > 0) {
        let columns = json!({
            "campaign_id": FIRST_CAMPAIGN + advert.campaign as i64,
            "campaign_name": CAMPAIGNS[advert.campaign],
            "search_query": advert.words,
        });
        session.late.push(Late { from: call.ends() + seconds(advert.known), columns: columns_of(columns) });
    }
    if let Some((wrong, until)) = call.correction {
        let talked = (call.ends() - call.begins).num_seconds() - call.wait;
        let held: i64 = call.hold.map_or(0, |(_, lasts)| lasts);
        let clean = call.talks.iter().map(|talk| talk.lasts).sum::<i64>() - held;
        let told = |more: i64| {
            columns_of(json!({
                "talk_duration": talked + more,
                "clean_talk_duration": clean + more,
                "total_duration": call.wait + talked + more,
            }))
        };
        session.visit.extend(told(wrong));
        session.late.push(Late { from: call.ends() + seconds(until), columns: told(0) });
    }
}

fn columns_of(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn legs(day: &Day, call: &TrueCall) -> Vec<Leg> {
    let contact = call.number.map(|number| number.to_string()).unwrap_or_default();
    let line = day.lines[call.line].0.clone();
    let outgoing = call.direction == Direction::Outgoing;
    let mut legs = vec![Leg {
        id: call.id + 1,
        way: if outgoing { Way::Out } else { Way::In },
        calling: if outgoing { line.clone() } else { contact.clone() },
        called: if outgoing { contact.clone() } else { line },
        employee: None,
        begins: call.begins,
        connects: if outgoing { call.answered() } else { Some(call.begins) },
        ends: call.ends(),
        reason: reason(call).into(),
        by_transfer: false,
    }];
    legs.extend(rung(day, call, &contact));
    for (talk, (begins, ends)) in call.talks.iter().zip(call.spans()).skip(1) {
        let leg = Leg {
            id: call.id + 1 + legs.len() as i64,
            way: Way::Out,
            calling: contact.clone(),
            called: day.extension(talk.by),
            employee: Some(day.employees[talk.by].id),
            begins: begins - seconds(talk.rings),
            connects: Some(begins),
            ends,
            reason: "success_finish".into(),
            by_transfer: true,
        };
        legs.push(leg);
    }
    legs
}

/// Of those rung one after another; who places a call has their own phone in hand.
fn rung(day: &Day, call: &TrueCall, contact: &str) -> Vec<Leg> {
    let outgoing = call.direction == Direction::Outgoing;
    let answered = call.result == CallResult::Answered;
    let share = call.wait / call.rung.len().max(1) as i64;
    let last = call.rung.len().saturating_sub(1);
    let first_ends = call.spans().first().map_or(call.ends(), |(_, ends)| *ends);
    let leg = |(position, by): (usize, &usize)| {
        let begins = call.begins + seconds(share * position as i64);
        let talks = position == last && answered;
        let until = if position == last { first_ends } else { begins + seconds(share) };
        Leg {
            id: call.id + 2 + position as i64,
            way: if outgoing { Way::In } else { Way::Out },
            calling: if outgoing { day.extension(*by) } else { contact.to_owned() },
            called: if outgoing { contact.to_owned() } else { day.extension(*by) },
            employee: Some(day.employees[*by].id),
            begins,
            connects: match outgoing {
                true => Some(begins),
                false => call.answered().filter(|_| talks),
            },
            ends: until,
            reason: if talks { "success_finish" } else { "operator_not_responsible" }.into(),
            by_transfer: false,
        }
    };
    call.rung.iter().enumerate().map(leg).collect()
}

/// What the store must hold: the reports tell music and the ringing of a transfer as hold, and who holds a call has it
/// until the next one picks up.
pub fn expected(day: &Day, call: &TrueCall, world: &World) -> Snapshot {
    let truth = told::ended(day, call);
    let moved = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at + world.skew);
    let rings: i64 = call.talks.iter().map(|talk| talk.rings).sum();
    let handed = Duration::from_secs(call.talks.get(1).map_or(0, |talk| talk.rings as u64));
    let answered = call.result == CallResult::Answered;
    Snapshot {
        key: CallKey { provider: pult::telephony::uis::NAME.into(), id: call.id.to_string() },
        started_at: truth.started_at + world.skew,
        answered_at: moved(truth.answered_at),
        ended_at: moved(truth.ended_at),
        talk: truth.talk + handed,
        hold: truth.hold + Duration::from_secs(rings as u64),
        holder: truth.holder.clone().filter(|_| answered),
        recording: truth.recording.as_ref().map(|hash| format!("{}/{}/{hash}", world.media, call.id)),
        ..truth
    }
}

pub fn expected_lead(request: &super::day::Request, world: &World) -> Lead {
    let truth = told::lead(request);
    Lead { source: pult::telephony::uis::NAME.into(), left_at: truth.left_at + world.skew, ..truth }
}
