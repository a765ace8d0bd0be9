//! The texts to paste into the cabinet, one a notification: flat, with every variable that tells something of a call
//! and the mnemonic that the vendor's own templates leave out. What a variable does not hold for an event, the
//! platform leaves as it is written; [`Notice`](super::notice::Notice) takes that for nothing.

use std::fmt::Write;

/// One notification of the cabinet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Template {
    /// The provider's name of the event; our address ends with it.
    pub mnemonic: &'static str,
    /// As the cabinet calls it.
    pub name: &'static str,
    of: Of,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of {
    /// A whole call: also what brought the caller.
    Call,
    /// One telephone in it.
    Leg,
    Talk,
    End,
    Sound,
    Tag,
}

/// In the order of a call's life. The first three and the end are enough to see calls; the others make it exact.
pub const TEMPLATES: [Template; 15] = [
    template("in_call_session", "Входящий звонок на виртуальный номер", Of::Call),
    template("out_call_session", "Исходящий звонок", Of::Call),
    template("lost_call_session", "Потерянный звонок", Of::End),
    template("call_session_finished", "Завершение звонка", Of::End),
    template("in_call", "Входящее плечо", Of::Leg),
    template("out_call", "Исходящее плечо", Of::Leg),
    template("call_proceeding", "Ожидание ответа", Of::Leg),
    template("call_connected", "Поднятие трубки", Of::Leg),
    template("call_disconnected", "Завершение плеча", Of::Leg),
    template("talk_started", "Начало разговора", Of::Talk),
    template("talk_finished", "Окончание разговора", Of::Talk),
    template("call_hold_control", "Удержание вызова", Of::Leg),
    template("talk_record_file", "Записанный разговор", Of::Sound),
    template("set_mark", "Проставление тега", Of::Tag),
    template("unset_mark", "Снятие тега", Of::Tag),
];

const ALWAYS: [&str; 11] = [
    "notification_mnemonic",
    "notification_time",
    "notification_timestamp",
    "call_session_id",
    "start_time",
    "direction",
    "virtual_phone_number",
    "contact_phone_number",
    "contact_full_name",
    "external_id",
    "call_source",
];

const WHO: [&str; 4] =
    ["employee_id", "employee_full_name", "employee_phone_number", "extension_phone_number"];

const ADVERT: [&str; 12] = [
    "scenario_name",
    "campaign_name",
    "channel",
    "search_engine",
    "search_query",
    "referrer_domain",
    "entrance_page",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
];

const END: [&str; 9] = [
    "wait_time_duration",
    "talk_time_duration",
    "total_time_duration",
    "call_status",
    "is_transfer",
    "last_talked_employee_id",
    "employee_ids",
    "full_record_file_link",
    "record_file_links",
];

const fn template(mnemonic: &'static str, name: &'static str, of: Of) -> Template {
    Template { mnemonic, name, of }
}

impl Template {
    pub fn variables(&self) -> Vec<&'static str> {
        let own: &[&[&str]] = match self.of {
            Of::Call => &[&WHO, &ADVERT],
            Of::Leg => &[&WHO, &["leg_id", "status", "record_file_link"]],
            Of::Talk => &[&WHO, &["leg_ids", "talk_time_duration"]],
            Of::End => &[&WHO, &ADVERT, &END, &["tag_names"]],
            Of::Sound => &[&WHO, &["file_link", "file_duration", "tag_names"]],
            Of::Tag => &[&["tag_id", "tag_name"]],
        };
        ALWAYS.iter().chain(own.iter().copied().flatten()).copied().collect()
    }

    /// For POST. Values come as JSON, with their own quotes.
    pub fn body(&self) -> String {
        let mut body = String::from("{\n");
        for (nth, variable) in self.variables().iter().enumerate() {
            let comma = if nth == 0 { "" } else { ",\n" };
            let _ = write!(body, "{comma}  \"{variable}\": {{{{{variable}}}}}");
        }
        body.push_str("\n}");
        body
    }
}
