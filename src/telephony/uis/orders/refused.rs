//! The platform's refusals of orders, in words for whoever gave them.

use crate::telephony::OrderError;
use crate::telephony::uis::rpc::RpcError;

pub fn refused(error: &RpcError) -> OrderError {
    match error {
        RpcError::Refused(refusal) => {
            OrderError::Refused(known(&refusal.mnemonic).unwrap_or_else(|| refusal.hint()).to_owned())
        }
        RpcError::Unreachable { .. } => OrderError::NotConnected,
        other => OrderError::Refused(other.to_string()),
    }
}

/// What the call's state alone speaks against.
pub fn is_wrong_state(error: &RpcError) -> bool {
    is(error, "invalid_state")
}

/// Asked for and so already.
pub fn stands_already(error: &RpcError) -> bool {
    is(error, "duplicate_tag")
}

fn is(error: &RpcError, mnemonic: &str) -> bool {
    error.refusal().is_some_and(|refusal| refusal.mnemonic == mnemonic)
}

fn known(mnemonic: &str) -> Option<&'static str> {
    Some(match mnemonic {
        "invalid_state" => "the call is not in a state for that: nobody talks, or it is held already",
        "call_session_not_found" => "that call is over",
        "employee_not_found" => "the account has no such employee",
        "no_active_phone_number" => "no telephone of that employee is active",
        "virtual_phone_number_not_found" => "the account has no such number: correct `number` under [uis]",
        "own_virtual_phone_number_not_allowed" => "that is a number of the account itself",
        "contact_in_blacklist" => "the number is on the account's black list",
        "tag_not_found" => "the account has no such tag",
        _ => return None,
    })
}
