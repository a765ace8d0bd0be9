//! How a refusal of the engine is said on the desk.

use super::format;
use super::look::Look;
use super::reason;
use crate::domain::desk::{Link, Refusal};

/// The key of its text; what to do about it stands under the same key with `-hint`.
pub fn key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotFound => "refused-not-found",
        Refusal::Incomplete => "refused-incomplete",
        Refusal::NothingToUndo => "refused-nothing-to-undo",
        Refusal::ProviderDown => "refused-provider-down",
        Refusal::NoExtension => "refused-no-extension",
        Refusal::ProviderRefused(_) => "refused-by-provider",
        Refusal::NoRecording(_) => "refused-no-recording",
        Refusal::Store(_) => "refused-by-store",
    }
}

pub fn said(refusal: &Refusal, look: &Look) -> String {
    let reason = match refusal {
        Refusal::ProviderRefused(reason) | Refusal::NoRecording(reason) | Refusal::Store(reason) => reason,
        _ => "",
    };
    look.say_with(key(refusal), &[("reason", reason.into())])
}

/// With what the link knows: since when nothing can be ordered, and why.
pub fn said_beside(refusal: &Refusal, link: &Link, look: &Look) -> String {
    match (refusal, link) {
        (Refusal::ProviderDown, Link::Down { since, reason }) => {
            let values = [
                ("since", format::clock(*since, look).into()),
                ("reason", reason::said(reason, look).into()),
            ];
            look.say_with("refused-provider-down-since", &values)
        }
        _ => said(refusal, look),
    }
}
