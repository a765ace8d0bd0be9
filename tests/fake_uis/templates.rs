//! Templates of notifications: by event the variables and the nesting of the vendor's defaults, in an order of our own,
//! and how any template, these or somebody's own, is filled in. Values go in as JSON; a variable that the event has not
//! stays as it is.

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

/// The variables of the default templates, not their text; `key<variable` where they differ, `a{...}` is an object (left
/// out with GET).
const DEFAULTS: &[(&str, &str, &str)] = &[
    (
        "call_session_finished",
        "Завершение звонка",
        "virtual_phone_number notification_time notification_name external_id call_info{ call_session_id call_source direction scenario_name tag_names talk_time_duration total_time_duration wait_time_duration } contact_info{ communication_number contact_phone_number } employee_info{ employee_full_name employee_id }",
    ),
    ("call_connected", "Поднятие трубки", LEG),
    ("call_disconnected", "Завершение плеча", LEG),
    ("call_proceeding", "Ожидание ответа", LEG),
    (
        "offline_message",
        "Офлайн заявка",
        "site_domain_name search_query search_engine offline_message_id notification_time notification_name communication_id campaign_name campaign_id visitor{ session_id visitor_email visitor_id visitor_message visitor_name visitor_phone_number }",
    ),
    (
        "in_call_session",
        "Входящий звонок на виртуальный номер",
        "virtual_phone_number scenario_name notification_time notification_name call_session_id contact_info{ communication_number contact_full_name contact_id contact_phone_number }",
    ),
    (
        "lost_call_session",
        "Потерянный звонок",
        "wait_time_duration virtual_phone_number scenario_name notification_time notification_name employee_ids call_session_id contact_info{ communication_number contact_full_name contact_id contact_phone_number }",
    ),
    (
        "out_call_session",
        "Исходящий звонок",
        "virtual_phone_number notification_time notification_name call_session_id contact_info{ contact_full_name contact_id contact_phone_number } employee_info{ employee_full_name employee_id employee_phone_number }",
    ),
    (
        "set_mark",
        "Проставление тега",
        "virtual_phone_number notification_time notification_name external_id call_info{ call_session_id call_source direction } contact_info{ communication_number contact_phone_number } tag_info{ tag_id tag_name }",
    ),
    (
        "talk_finished",
        "Окончание разговора",
        "virtual_phone_number notification_time notification_name leg_ids external_id call_info{ call_session_id call_source direction scenario_name talk_time_duration } contact_info{ communication_number contact_phone_number } employee_info{ employee_full_name employee_id }",
    ),
    (
        "talk_started",
        "Начало разговора",
        "notification_time notification_name leg_ids external_id direction call_source call_session_id contact_info{ contact_id contact_phone_number } employee_info{ employee_full_name employee_id }",
    ),
    ("in_call", "Входящее плечо", LEG),
    ("out_call", "Исходящее плечо", LEG),
    (
        "talk_record_file",
        "Записанный разговор",
        "virtual_phone_number tag_names tag_ids scenario_name notification_time notification_name call_session_id call_record_file_info{ call_record_duration<file_duration file_link } contact_info{ communication_number contact_full_name contact_id contact_phone_number } employee_info{ employee_full_name employee_id }",
    ),
    (
        "call_hold_control",
        "Удержание вызова",
        "virtual_phone_number status notification_time notification_name leg_id employee_phone_number employee_id employee_full_name direction contact_phone_number contact_full_name call_session_id",
    ),
];

const LEG: &str = "notification_time notification_name leg_id external_id direction call_source call_session_id contact_info{ contact_id contact_phone_number } employee_info{ employee_full_name employee_id }";

/// As the vendor's own: every event in one method.
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

/// Flat, with the slip of the vendor's own: no `&` before `employee_full_name`.
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
