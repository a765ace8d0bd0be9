//! Which parameters each method takes. One too many, one too few, one of another type: refused, as documented.

use serde_json::Value;

use super::rpc::{Fault, Question};

/// A method and its parameters: `name type`, `!` after the type where it must be there.
const METHODS: &[(&str, &str)] = &[
    ("login.user", "login s!,password s!"),
    ("logout.user", "access_token s!"),
    ("get.account", "access_token s!"),
    ("get.calls_report", "@,date_from s!,date_till s!,include_ongoing_calls b"),
    ("get.call_legs_report", "@,date_from s!,date_till s!"),
    ("get.offline_messages_report", "@,date_from s!,date_till s!,include_tech_offline_messages b"),
    ("get.employees", "@"),
    ("get.virtual_numbers", "@"),
    ("get.campaigns", "@"),
    ("get.tags", "@"),
    (
        "set.tag_communications",
        "access_token s!,user_id n,communication_id n,communication_ext_id s,communication_type s!,tag_id n!",
    ),
    ("list.calls", "access_token s!,direction s,virtual_phone_number s"),
    (
        "start.employee_call",
        "access_token s!,first_call s!,switch_at_once b,early_switching b,media_file_id n,\
         show_virtual_phone_number b,virtual_phone_number s!,virtual_phone_usage_rule s,external_id s,dtmf_string s,\
         direction s,contact s!,employee o!,contact_message o,employee_message o",
    ),
    ("release.call", "access_token s!,call_session_id n!"),
    ("hold.call", "access_token s!,call_session_id n!,contact_message o!"),
    ("unhold.call", "access_token s!,call_session_id n!"),
    ("make.call", "access_token s!,call_session_id n!,to s!,to_message o"),
    ("transfer.talk", "access_token s!,call_session_id n!"),
    ("restore.talk", "access_token s!,call_session_id n!"),
    ("tag.call", "access_token s!,call_session_id n!,tag_id n!"),
];

/// What every `get.*` of a list takes.
const LIST: &str = "access_token s!,user_id n,limit n,offset n,filter o,fields a,sort a";

pub fn is_known(method: &str) -> bool {
    METHODS.iter().any(|(known, _)| *known == method)
}

pub fn check(question: &Question) -> Result<(), Fault> {
    let (_, taken) = METHODS.iter().find(|(method, _)| *method == question.method).unwrap();
    let taken = taken.replace('@', LIST);
    let taken: Vec<(&str, &str)> = taken.split(',').map(|one| one.split_once(' ').unwrap()).collect();
    if let Some(name) = question.params.keys().find(|name| !taken.iter().any(|(known, _)| known == name)) {
        return Err(Fault::of("unexpected_parameters", name));
    }
    for (name, form) in taken {
        match question.params.get(name) {
            None if form.ends_with('!') => return Err(Fault::of("required_parameter_missed", name)),
            Some(value) if !fits(value, form) => return Err(Fault::of("data_type_error", name)),
            _ => {}
        }
    }
    Ok(())
}

fn fits(value: &Value, form: &str) -> bool {
    match &form[..1] {
        "s" => value.is_string(),
        "n" => value.is_i64(),
        "b" => value.is_boolean(),
        "a" => value.is_array(),
        _ => value.is_object(),
    }
}
