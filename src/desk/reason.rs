//! Why the telephony is not there, in the desk's language.

use super::look::Look;
use super::setup::Language;
use super::text::Text;
use crate::domain::reason::{Reason, Trouble};

/// What somebody at the desk wants to know; the provider's own words where no others are known.
pub fn said(reason: &Reason, look: &Look) -> String {
    key(reason.trouble).map_or_else(|| reason.details.clone(), |key| look.say(key).into_owned())
}

/// With the provider's own words, for whoever mends it; `None` where there is nothing to say.
pub fn in_full(reason: &Reason, text: &Text) -> Option<String> {
    let details = (!reason.details.is_empty()).then_some(reason.details.as_str());
    match (key(reason.trouble), details) {
        (Some(key), Some(details)) => Some(format!("{} ({details})", text.say(key))),
        (Some(key), None) => Some(text.say(key).into_owned()),
        (None, details) => details.map(str::to_owned),
    }
}

/// The same outside the desk: for a set-up and a doctor.
pub fn in_words(reason: &Reason, language: Language) -> String {
    in_full(reason, &Text::new(language)).unwrap_or_default()
}

fn key(trouble: Trouble) -> Option<&'static str> {
    Some(match trouble {
        Trouble::Unreachable => "trouble-unreachable",
        Trouble::Silent => "trouble-silent",
        Trouble::Garbled => "trouble-garbled",
        Trouble::Login => "trouble-login",
        Trouble::KeyOver => "trouble-key-over",
        Trouble::Address => "trouble-address",
        Trouble::Rights => "trouble-rights",
        Trouble::Account => "trouble-account",
        Trouble::Limit => "trouble-limit",
        Trouble::Server => "trouble-server",
        Trouble::Unannounced => "trouble-unannounced",
        Trouble::Port => "trouble-port",
        Trouble::Other => return None,
    })
}
