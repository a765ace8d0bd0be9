//! How a refusal of the engine is said on the desk.

use super::format;
use super::look::Look;
use super::reason;
use crate::domain::desk::{Link, Refusal};
use crate::domain::recording::Absence;

/// The key of its text; what to do about it stands under the same key with `-hint`.
pub fn key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotFound => "refused-not-found",
        Refusal::Incomplete => "refused-incomplete",
        Refusal::NothingToUndo => "refused-nothing-to-undo",
        Refusal::ProviderDown => "refused-provider-down",
        Refusal::NoExtension => "refused-no-extension",
        Refusal::ProviderRefused(_) => "refused-by-provider",
        Refusal::NoRecording(why) if why.may_pass() => "refused-no-recording-yet",
        Refusal::NoRecording(_) => "refused-no-recording",
        Refusal::Store(_) => "refused-by-store",
    }
}

pub fn said(refusal: &Refusal, look: &Look) -> String {
    let reason = match refusal {
        Refusal::ProviderRefused(reason) | Refusal::Store(reason) => reason.clone(),
        Refusal::NoRecording(why) => absence(why, look),
        _ => String::new(),
    };
    look.say_with(key(refusal), &[("reason", reason.into())])
}

/// Why there is nothing to hear, to stand after a colon.
pub fn absence(why: &Absence, look: &Look) -> String {
    let of = |key: &str, reason: &str| look.say_with(key, &[("reason", reason.into())]);
    let after = |key: &str, days: u32| look.say_with(key, &[("n", days.into())]);
    match why {
        Absence::NotRecorded => look.say("absence-not-recorded").into_owned(),
        Absence::NotKept => look.say("absence-not-kept").into_owned(),
        Absence::NotFetchedFrom(provider) => of("absence-not-fetched-from", provider),
        Absence::TooOld(days) => after("absence-too-old", *days),
        Absence::NeverCame(days) => after("absence-never-came", *days),
        Absence::Silent => look.say("absence-silent").into_owned(),
        Absence::Deleted(at) => of("absence-deleted", &format::date(look.day(*at), look)),
        Absence::FileGone => look.say("absence-file-gone").into_owned(),
        Absence::NoRoom => look.say("absence-no-room").into_owned(),
        Absence::DiskRefused => look.say("absence-disk-refused").into_owned(),
        Absence::OnItsWay => look.say("absence-on-its-way").into_owned(),
        Absence::NotReady => look.say("absence-not-ready").into_owned(),
        Absence::Unreachable(how) => of("absence-unreachable", how),
        Absence::Refused(how) => of("absence-refused", how),
        Absence::Gone(how) => of("absence-gone", how),
        Absence::NoSound(what) => of("absence-no-sound", what),
        Absence::TooLarge(most) => look.say_with("absence-too-large", &[("mb", (most / 1_000_000).into())]),
        Absence::Unreadable(how) => of("absence-unreadable", how),
        Absence::UnknownForm => look.say("absence-unknown-form").into_owned(),
    }
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
