//! Templates of notifications: the vendor's defaults by event (built from their variables), and how any template, the
//! defaults or somebody's own, is filled in. Values go in as JSON; a variable that the event has not stays as it is.

use serde_json::{Map, Value};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
}

/// What the cabinet is told to send.
#[derive(Clone, Debug)]
pub struct Template {
    /// The event's mnemonic, e.g. `talk_started`.
    pub event: String,
    /// The user's own name of it.
    pub name: String,
    pub method: Method,
    /// A body, or a query string.
    pub text: String,
}

/// The variables of the default templates; `key<variable` where they differ, `a{...}` is an object (left out with GET).
const DEFAULTS: &[(&str, &str, &str)] = &[
    (
        "call_session_finished",
        "Завершение звонка",
        "notification_name virtual_phone_number notification_time external_id contact_info{ contact_phone_number communication_number } employee_info{ employee_full_name employee_id } call_info{ call_source direction call_session_id scenario_name talk_time_duration total_time_duration wait_time_duration tag_names }",
    ),
    ("call_connected", "Поднятие трубки", LEG),
    ("call_disconnected", "Завершение плеча", LEG),
    ("call_proceeding", "Ожидание ответа", LEG),
    (
        "offline_message",
        "Офлайн заявка",
        "notification_name notification_time visitor{ visitor_name visitor_phone_number visitor_email visitor_message visitor_id session_id } offline_message_id site_domain_name campaign_id campaign_name communication_id search_engine search_query",
    ),
    (
        "in_call_session",
        "Входящий звонок на виртуальный номер",
        "notification_name virtual_phone_number notification_time scenario_name contact_info{ contact_phone_number communication_number contact_id contact_full_name } call_session_id",
    ),
    (
        "lost_call_session",
        "Потерянный звонок",
        "notification_name virtual_phone_number notification_time scenario_name wait_time_duration employee_ids contact_info{ contact_phone_number communication_number contact_id contact_full_name } call_session_id",
    ),
    (
        "out_call_session",
        "Исходящий звонок",
        "notification_name virtual_phone_number notification_time contact_info{ contact_phone_number contact_id contact_full_name } call_session_id employee_info{ employee_full_name employee_id employee_phone_number }",
    ),
    (
        "set_mark",
        "Проставление тега",
        "notification_name virtual_phone_number notification_time external_id contact_info{ contact_phone_number communication_number } call_info{ call_source call_session_id direction } tag_info{ tag_id tag_name }",
    ),
    (
        "talk_finished",
        "Окончание разговора",
        "notification_name virtual_phone_number notification_time external_id contact_info{ contact_phone_number communication_number } employee_info{ employee_full_name employee_id } call_info{ call_source call_session_id direction scenario_name talk_time_duration } leg_ids",
    ),
    (
        "talk_started",
        "Начало разговора",
        "notification_name notification_time external_id contact_info{ contact_phone_number contact_id } employee_info{ employee_full_name employee_id } call_source call_session_id direction leg_ids",
    ),
    ("in_call", "Входящее плечо", LEG),
    ("out_call", "Исходящее плечо", LEG),
    (
        "talk_record_file",
        "Записанный разговор",
        "notification_name virtual_phone_number notification_time scenario_name contact_info{ contact_phone_number communication_number contact_id contact_full_name } call_session_id employee_info{ employee_full_name employee_id } call_record_file_info{ file_link call_record_duration<file_duration } tag_ids tag_names",
    ),
    (
        "call_hold_control",
        "Удержание вызова",
        "notification_name notification_time virtual_phone_number employee_full_name employee_phone_number employee_id contact_full_name contact_phone_number status leg_id direction call_session_id",
    ),
];

const LEG: &str = "notification_name notification_time external_id contact_info{ contact_phone_number contact_id } employee_info{ employee_full_name employee_id } call_source call_session_id direction leg_id";

/// The vendor's own templates, every event in one method.
pub fn defaults(method: Method) -> Vec<Template> {
    let text = match method {
        Method::Get => query,
        Method::Post => body,
    };
    let one = |(event, name, spec): &(&str, &str, &str)| Template {
        event: (*event).to_owned(),
        name: (*name).to_owned(),
        method,
        text: text(spec),
    };
    DEFAULTS.iter().map(one).collect()
}

fn variables(spec: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = spec.split_whitespace().filter(|word| !word.ends_with('{') && *word != "}");
    words.map(|word| word.split_once('<').unwrap_or((word, word)))
}

fn body(spec: &str) -> String {
    let (mut text, mut first) = (String::from("{"), true);
    for word in spec.split_whitespace() {
        if word == "}" {
            text.push('}');
            continue;
        }
        text.push_str(if first { "\n  " } else { ",\n  " });
        first = word.ends_with('{');
        match word.strip_suffix('{') {
            Some(object) => text.push_str(&format!("\"{object}\":{{")),
            None => {
                let (key, variable) = word.split_once('<').unwrap_or((word, word));
                text.push_str(&format!("\"{key}\":{{{{{variable}}}}}"));
            }
        }
    }
    text + "\n}"
}

/// Flat, a missing `&` before `employee_full_name` included: so the vendor's own is.
fn query(spec: &str) -> String {
    let pairs: Vec<String> = variables(spec).map(|(_, name)| format!("{name}={{{{{name}}}}}")).collect();
    match spec.contains("total_time_duration") {
        true => pairs.join("&").replace("&employee_full_name=", "employee_full_name="),
        false => pairs.join("&"),
    }
}

/// The text with what the event knows.
pub fn fill(template: &str, known: &Map<String, Value>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let Some((name, left)) = after.split_once("}}") else {
            return text + "{{" + after;
        };
        match known.get(name.trim()) {
            Some(value) => text.push_str(&value.to_string()),
            None => text.push_str(&format!("{{{{{name}}}}}")),
        }
        rest = left;
    }
    text + rest
}
