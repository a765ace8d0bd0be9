//! The rows of reports and directories, every column that has a value here.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::world::{Employee, Lead, Leg, Number, Session, Way, World};

type Row = Map<String, Value>;

/// As dates stand in reports: the account's zone, whole seconds.
pub fn date(world: &World, at: DateTime<Utc>) -> String {
    (at + world.skew).with_timezone(&world.zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

pub fn seconds(span: TimeDelta) -> i64 {
    span.num_seconds()
}

fn row(value: Value) -> Row {
    match value {
        Value::Object(row) => row,
        _ => Row::new(),
    }
}

/// A session as `get.calls_report` has it at a moment.
pub fn call(world: &World, session: &Session, now: DateTime<Utc>) -> Row {
    let ends = session.ends.min(now.max(session.begins));
    let first = session.first_talk();
    // Whether music counts as real talk is not said; it hardly does.
    let held: i64 = session.holds.iter().map(|hold| seconds(hold.end.min(ends) - hold.start)).sum();
    let clean = session.talks().map(|talk| seconds(talk.end - talk.start)).sum::<i64>() - held;
    let total = seconds(ends - session.begins);
    let mut columns = row(json!({
        "id": session.id,
        "communication_id": session.id,
        "communication_type": "call",
        "start_time": date(world, session.begins),
        "finish_time": (session.ends <= now).then(|| date(world, session.ends)),
        "finish_reason": session.reason,
        "direction": session.way.word(),
        "source": session.source,
        "is_lost": session.is_lost(),
        "contact_phone_number": session.contact,
        "virtual_phone_number": session.line,
        "wait_duration": seconds(first.unwrap_or(ends) - session.begins),
        "total_wait_duration": total - clean,
        "talk_duration": first.map_or(0, |first| seconds(ends - first)),
        "clean_talk_duration": clean,
        "total_duration": total,
        "postprocess_duration": 0,
        "is_transfer": session.legs.iter().any(|leg| leg.by_transfer),
        "campaign_id": session.campaign,
        "campaign_name": world.campaign(session.campaign).map(|campaign| &campaign.name),
        "call_api_external_id": session.external_id,
    }));
    columns.extend(records(world, session, now));
    columns.extend(people(world, session));
    columns.insert("tags".into(), tags(world, session));
    columns.extend(session.visit.clone());
    for late in session.late.iter().filter(|late| late.from <= now) {
        columns.extend(late.columns.clone());
    }
    columns
}

fn records(world: &World, session: &Session, now: DateTime<Utc>) -> Row {
    let known: Vec<&String> =
        session.records.iter().filter(|record| record.known_from <= now).map(|record| &record.hash).collect();
    row(json!({
        "call_records": known,
        "wav_call_records": known,
        "full_record_file_link": known.first().map(|hash| format!("{}/{}/{hash}", world.media, session.id)),
    }))
}

fn people(world: &World, session: &Session) -> Row {
    let name = |leg: &Leg| Some(&world.employee(leg.employee?)?.name);
    let mut rung: Vec<&Leg> = vec![];
    for leg in session.operators() {
        match rung.iter_mut().find(|one| one.employee == leg.employee) {
            Some(one) if one.connects.is_none() => *one = leg,
            Some(_) => {}
            None => rung.push(leg),
        }
    }
    let employees: Vec<Value> = rung
        .iter()
        .map(|leg| {
            json!({
                "employee_id": leg.employee,
                "employee_full_name": name(leg),
                "is_answered": leg.connects.is_some(),
                "is_talked": leg.connects.is_some() && !session.is_lost(),
            })
        })
        .collect();
    let mut answered: Vec<&Leg> = session.operators().filter(|leg| leg.connects.is_some()).collect();
    answered.sort_by_key(|leg| leg.connects);
    let mut columns = row(json!({ "employees": employees }));
    for (which, leg) in [("first", answered.first()), ("last", answered.last())] {
        columns.extend(row(json!({
            format!("{which}_answered_employee_id"): leg.and_then(|leg| leg.employee),
            format!("{which}_answered_employee_full_name"): leg.and_then(|leg| name(leg)),
        })));
        let talked = leg.filter(|_| !session.is_lost());
        columns.extend(row(json!({
            format!("{which}_talked_employee_id"): talked.and_then(|leg| leg.employee),
            format!("{which}_talked_employee_full_name"): talked.and_then(|leg| name(leg)),
        })));
    }
    columns
}

fn tags(world: &World, session: &Session) -> Value {
    let tags = session.tags.iter().filter_map(|id| world.tag(*id));
    let changed = date(world, session.ends);
    tags.map(|tag| {
        json!({"tag_id": tag.id, "tag_name": tag.name, "tag_type": "manual", "tag_change_time": changed,
               "tag_user_id": null, "tag_user_login": null, "tag_employee_id": null, "tag_employee_full_name": null})
    })
    .collect()
}

/// A leg as `get.call_legs_report` has it.
pub fn leg(world: &World, session: &Session, leg: &Leg, now: DateTime<Utc>) -> Row {
    let employee = leg.employee.and_then(|id| world.employee(id));
    let records = session.records.iter().filter(|record| record.known_from <= now && leg.connects.is_some());
    let records: Vec<&String> = records.filter(|_| employee.is_some()).map(|record| &record.hash).collect();
    row(json!({
        "id": leg.id,
        "call_session_id": session.id,
        "call_records": records,
        "wav_call_records": records,
        "start_time": date(world, leg.begins),
        "connect_time": leg.connects.map(|at| date(world, at)),
        "duration": leg.connects.map_or(0, |at| seconds(leg.ends - at)),
        "total_duration": seconds(leg.ends - leg.begins),
        "finish_reason": leg.reason,
        "virtual_phone_number": session.line,
        "calling_phone_number": leg.calling,
        "called_phone_number": leg.called,
        "direction": leg.way.word(),
        "is_transfered": leg.by_transfer,
        "is_operator": employee.is_some(),
        "employee_id": leg.employee,
        "employee_full_name": employee.map(|employee| &employee.name),
        "employee_phone_number": employee.map(|_| phone_of(leg)),
        "is_coach": false,
        "is_failed": leg.connects.is_none(),
        "is_talked": leg.connects.is_some() && !session.is_lost(),
        "contact_phone_number": session.contact,
    }))
}

/// The employee's own side of a leg.
pub fn phone_of(leg: &Leg) -> &str {
    match leg.way {
        Way::In => &leg.calling,
        Way::Out => &leg.called,
    }
}

pub fn lead(world: &World, lead: &Lead) -> Row {
    let mut columns = row(json!({
        "id": lead.id,
        "communication_id": lead.id,
        "communication_type": "offline_message",
        "date_time": date(world, lead.left_at),
        "text": lead.text,
        "status": "not_processed",
        "form_type": "Стандартная",
        "visitor_name": lead.name,
        "visitor_phone_number": lead.phone,
        "visitor_email": lead.email,
        "campaign_id": lead.campaign,
        "campaign_name": world.campaign(lead.campaign).map(|campaign| &campaign.name),
    }));
    columns.extend(lead.visit.clone());
    columns
}

pub fn employee(employee: &Employee) -> Row {
    let mut words = employee.name.split_whitespace();
    let (last, first, patronymic) = (words.next(), words.next(), words.next());
    let phones: Vec<Value> = (1..)
        .zip(&employee.phones)
        .map(|(id, phone)| {
            json!({"phone_id": employee.id * 10 + id, "phone_number": phone, "channels_count": 1, "dial_time": 30,
                   "status": "active"})
        })
        .collect();
    let extension = employee.extension.as_ref().map(|extension| {
        json!({"extension_phone_number": extension, "extension_voice_mail_enabled": false,
               "extension_queue_enabled": false})
    });
    row(json!({
        "id": employee.id, "full_name": employee.name, "last_name": last, "first_name": first,
        "patronymic": patronymic, "calls_available": true, "call_recording": "all",
        "phone_numbers": phones, "extension": extension.unwrap_or_else(|| json!({})),
    }))
}

pub fn number(world: &World, number: &Number) -> Row {
    let campaigns: Vec<Value> = number
        .campaigns
        .iter()
        .filter_map(|id| world.campaign(Some(*id)))
        .map(
            |campaign| json!({"campaign_id": campaign.id, "campaign_name": campaign.name, "site_blocks": []}),
        )
        .collect();
    row(json!({
        "id": number.id, "virtual_phone_number": number.number, "name": number.name, "status": "active",
        "category": "usual", "type": "va", "campaigns": campaigns,
    }))
}
