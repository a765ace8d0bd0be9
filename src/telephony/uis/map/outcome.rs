//! How a call ended, from what the report says of it.
//!
//! The list of reasons is open: one we do not know is a call nobody answered, never an error.

use crate::domain::call::{CallResult, Direction};

/// Turned away before anybody could take it, by a rule of the account.
const TURNED_AWAY: [&str; 17] = [
    "numa_in_black_list",
    "numa_in_spam_list",
    "numa_dnd_interval",
    "too_many_identical_incoming_calls",
    "in_call_not_allowed",
    "out_call_not_allowed",
    "out_call_not_allowed_by_status",
    "external_call_not_allowed",
    "external_call_not_allowed_by_status",
    "internal_call_not_allowed",
    "internal_call_not_allowed_by_status",
    "call_not_allowed_on_tp",
    "phone_protocol_not_allowed_by_status",
    "auto_out_calls_not_allowed_by_status",
    "api_permission_denied",
    "api_ip_now_allowed",
    "locked_numb",
];

/// The employee's own phone did not take part in an outgoing call.
const NO_AGENT: [&str; 14] = [
    "no_success_operator_call",
    "operator_busy",
    "operator_not_responsible",
    "operator_disconnects",
    "operator_number_problems",
    "operator_channels_busy",
    "no_operator_confirmation",
    "no_operator_cdr_found",
    "employee_busy",
    "employee_busy_after_call",
    "employee_phone_inactive",
    "employee_without_phones",
    "employee_phone_not_found",
    "sip_offline",
];

/// Nobody's phone could ring.
const FAILED: [&str; 14] = [
    "numb_not_exists",
    "incorrect_input",
    "numb_is_inactive",
    "subscriber_number_problems",
    "communication_unavailable",
    "internal_error",
    "incorrect_config",
    "no_resources",
    "no_money",
    "not_enough_money",
    "limit_exceeded",
    "max_out_call_reached",
    "net_lock",
    "account_not_found",
];

pub fn result(direction: Direction, answered: bool, reason: &str) -> CallResult {
    match direction {
        _ if answered => CallResult::Answered,
        _ if TURNED_AWAY.contains(&reason) => CallResult::Rejected,
        Direction::Incoming => CallResult::Missed,
        _ if reason == "subscriber_busy" => CallResult::Busy,
        _ if NO_AGENT.contains(&reason) => CallResult::AgentNoAnswer,
        _ if FAILED.contains(&reason) => CallResult::Failed,
        _ => CallResult::NoAnswer,
    }
}
