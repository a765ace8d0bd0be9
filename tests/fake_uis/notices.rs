//! Notifications: what a session's script makes the vendor say and when, and how it is brought to the user's address.

use std::ops::Range;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::Fake;
use super::rows;
use super::templates::{Method, Template, fill};
use super::world::{Lead, Leg, Session, Way, World};

/// The vendor's own patience is not documented; a test's is short.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something that happened, with every variable a template may use.
#[derive(Clone, Debug)]
pub struct Notice {
    pub at: DateTime<Utc>,
    pub event: &'static str,
    /// Of a session or a lead.
    pub id: i64,
    pub known: Map<String, Value>,
}

impl Fake {
    /// What happened in a time, in order.
    pub fn notices(&self, span: &Range<DateTime<Utc>>) -> Vec<Notice> {
        self.world(|world| {
            let sessions = world.sessions.iter().filter(|session| speaks_in(session, span));
            let mut all: Vec<Notice> = sessions.flat_map(|session| of_session(world, session)).collect();
            all.extend(world.leads.iter().map(|lead| of_lead(world, lead)));
            all.retain(|notice| span.contains(&notice.at));
            all.sort_by_key(|notice| notice.at);
            all
        })
    }

    /// Brings a notice to `url` once for each template of its event; false when somebody did not answer with 2xx.
    pub async fn deliver(&self, url: &str, templates: &[Template], notice: &Notice) -> bool {
        let mut well = true;
        for template in templates.iter().filter(|template| template.event == notice.event) {
            let mut known = notice.known.clone();
            known.insert("notification_name".into(), json!(template.name));
            let text = fill(&template.text, &known);
            well &= send(url, template.method, &text).await.is_ok_and(|status| (200..300).contains(&status));
        }
        well
    }
}

/// Whether there may be something to tell of it.
fn speaks_in(session: &Session, span: &Range<DateTime<Utc>>) -> bool {
    let runs = session.begins < span.end && session.ends >= span.start;
    runs || session.records.iter().any(|record| span.contains(&record.known_from))
}

/// The status of the answer.
pub async fn send(url: &str, method: Method, text: &str) -> std::io::Result<u16> {
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap_or((url, ""));
    let head = format!("Host: {host}\r\nConnection: close\r\n");
    let request = match method {
        Method::Get => {
            let joint = if path.contains('?') { '&' } else { '?' };
            format!("GET /{path}{joint}{} HTTP/1.1\r\n{head}\r\n", escaped(text))
        }
        Method::Post => format!(
            "POST /{path} HTTP/1.1\r\n{head}Content-Type: application/json; charset=UTF-8\r\nContent-Length: {}\r\n\r\n{text}",
            text.len()
        ),
    };
    let exchange = async {
        let mut stream = TcpStream::connect(host).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut reply = vec![];
        stream.read_to_end(&mut reply).await?;
        let status = String::from_utf8_lossy(&reply).split(' ').nth(1).and_then(|word| word.parse().ok());
        status.ok_or_else(|| std::io::ErrorKind::InvalidData.into())
    };
    timeout(PATIENCE, exchange).await.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

/// What a query cannot hold; the quotes of JSON stay inside as `%22`.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=&-_.~:,[]/".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn of_session(world: &World, session: &Session) -> Vec<Notice> {
    let mut told = vec![];
    let mut tell = |at: DateTime<Utc>, event: &'static str, more: Value| {
        let mut known = of_all(world, session, (at, event));
        known.extend(more.as_object().cloned().unwrap_or_default());
        told.push(Notice { at, event, id: session.id, known });
    };
    let begun = match session.way {
        Way::In => "in_call_session",
        Way::Out => "out_call_session",
    };
    tell(session.begins, begun, session.operators().next().map_or(json!({}), |leg| of_employee(world, leg)));
    for leg in &session.legs {
        let known = of_leg(world, leg);
        tell(leg.begins, if leg.way == Way::In { "in_call" } else { "out_call" }, known.clone());
        if leg.way == Way::Out {
            tell(leg.begins, "call_proceeding", known.clone());
        }
        if let Some(at) = leg.connects.filter(|_| leg.way == Way::Out) {
            tell(at, "call_connected", known.clone());
        }
        tell(leg.ends, "call_disconnected", known);
    }
    for (leg, talk) in session.operators().filter(|leg| leg.connects.is_some()).zip(session.talks()) {
        let mut known = of_leg(world, leg);
        known["leg_ids"] = json!(
            session
                .legs
                .iter()
                .filter(|one| one.employee.is_none() || one.id == leg.id)
                .map(|one| one.id)
                .collect::<Vec<_>>()
        );
        tell(talk.start, "talk_started", known.clone());
        known["talk_time_duration"] = json!(rows::seconds(talk.end - talk.start));
        tell(talk.end, "talk_finished", known);
    }
    for hold in &session.holds {
        let leg = session.operators().find(|leg| leg.is_connected(hold.start)).or(session.operators().next());
        for (at, status) in [(hold.start, "on"), (hold.end, "off")] {
            let mut known = leg.map_or(json!({}), |leg| of_leg(world, leg));
            known["status"] = json!(status);
            tell(at, "call_hold_control", known);
        }
    }
    ended(world, session, &mut tell);
    told
}

fn ended(world: &World, session: &Session, tell: &mut impl FnMut(DateTime<Utc>, &'static str, Value)) {
    let columns = rows::call(world, session, session.ends);
    let last = session.operators().filter(|leg| leg.connects.is_some()).last();
    let mut known =
        last.map_or(json!({"employee_id": null, "employee_full_name": null}), |leg| of_employee(world, leg));
    known["talk_time_duration"] = columns["talk_duration"].clone();
    known["total_time_duration"] = columns["total_duration"].clone();
    known["wait_time_duration"] = columns["wait_duration"].clone();
    known["is_transfer"] = columns["is_transfer"].clone();
    known["call_status"] = json!(if session.is_lost() { "lost" } else { "received" });
    let rung: Vec<Option<i64>> = session.operators().map(|leg| leg.employee).collect();
    known["employee_ids"] = json!(rung);
    if session.is_lost() && session.way == Way::In {
        tell(session.ends, "lost_call_session", known.clone());
    }
    tell(session.ends, "call_session_finished", known.clone());
    for id in &session.tags {
        let name = world.tag(*id).map(|tag| &tag.name);
        tell(session.ends, "set_mark", json!({"tag_id": id, "tag_name": name}));
    }
    for record in &session.records {
        known["file_link"] =
            json!(format!("{}/system/media/talk/{}/{}/", world.media, session.id, record.hash));
        known["file_duration"] = columns["clean_talk_duration"].clone();
        tell(record.known_from, "talk_record_file", known.clone());
    }
}

/// What every event of a session knows.
fn of_all(world: &World, session: &Session, (at, event): (DateTime<Utc>, &str)) -> Map<String, Value> {
    let stamp = |at: DateTime<Utc>| {
        (at + world.skew).with_timezone(&world.zone).format("%Y-%m-%d %H:%M:%S%.3f").to_string()
    };
    let tags: Vec<&String> =
        session.tags.iter().filter_map(|id| world.tag(*id)).map(|tag| &tag.name).collect();
    let known = json!({
        "notification_mnemonic": event,
        "notification_time": stamp(at),
        "notification_timestamp": (at + world.skew).timestamp(),
        "call_session_id": session.id,
        "communication_id": session.id,
        "communication_type": "call",
        "communication_number": null,
        "start_time": stamp(session.begins),
        "direction": session.way.word(),
        "virtual_phone_number": session.line,
        "contact_phone_number": session.contact,
        "contact_id": null,
        "contact_full_name": null,
        "external_id": session.external_id,
        "call_source": session.source,
        "scenario_name": null,
        "campaign_id": session.campaign,
        "campaign_name": world.campaign(session.campaign).map(|campaign| &campaign.name),
        "tag_ids": if session.tags.is_empty() { Value::Null } else { json!(session.tags) },
        "tag_names": if tags.is_empty() { Value::Null } else { json!(tags) },
    });
    let mut known = known.as_object().cloned().unwrap_or_default();
    known.extend(session.visit.clone());
    known
}

fn of_employee(world: &World, leg: &Leg) -> Value {
    let employee = leg.employee.and_then(|id| world.employee(id));
    json!({
        "employee_id": leg.employee,
        "employee_full_name": employee.map(|employee| &employee.name),
        "employee_phone_number": employee.map(|_| rows::phone_of(leg)),
        "extension_phone_number": employee.and_then(|employee| employee.extension.as_ref()),
    })
}

fn of_leg(world: &World, leg: &Leg) -> Value {
    let mut known = of_employee(world, leg);
    known["leg_id"] = json!(leg.id);
    known["calling_phone_number"] = json!(leg.calling);
    known["called_phone_number"] = json!(leg.called);
    known
}

fn of_lead(world: &World, lead: &Lead) -> Notice {
    let at = (lead.left_at + world.skew).with_timezone(&world.zone);
    let known = json!({
        "notification_mnemonic": "offline_message",
        "notification_time": at.format("%Y-%m-%d %H:%M:%S%.3f").to_string(),
        "notification_timestamp": at.timestamp(),
        "offline_message_id": lead.id,
        "communication_id": lead.id,
        "visitor_name": lead.name,
        "visitor_phone_number": lead.phone,
        "visitor_email": lead.email,
        "visitor_message": lead.text,
        "visitor_id": null,
        "session_id": null,
        "site_domain_name": null,
        "campaign_id": lead.campaign,
        "campaign_name": world.campaign(lead.campaign).map(|campaign| &campaign.name),
        "search_engine": null,
        "search_query": null,
    });
    let known = known.as_object().cloned().unwrap_or_default();
    Notice { at: lead.left_at, event: "offline_message", id: lead.id, known }
}
