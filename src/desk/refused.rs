//! How a refusal of the engine is said on the desk.

use super::look::Look;
use crate::domain::desk::Refusal;

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
