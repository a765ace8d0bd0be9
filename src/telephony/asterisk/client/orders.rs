//! Orders to actions. Every value is checked before anything is sent.

use super::pending::random_id;
use crate::domain::call::CallKey;
use crate::domain::phone::Phone;
use crate::telephony::asterisk::map::{Map, OWN_LEG};
use crate::telephony::asterisk::settings::Settings;
use crate::telephony::asterisk::wire::{Action, Unsafe};
use crate::telephony::{Order, OrderError};

/// How long the operator's own phone rings, in milliseconds.
const RING: &str = "30000";
const LONGEST_NUMBER: usize = 32;
/// What the ids of legs that are played to begin with: they are no calls.
const OWN_PLAY: &str = "play-";

pub struct Prepared {
    pub id: String,
    pub action: Action,
    /// Uniqueid that the operator's leg will have, when a phone is rung.
    pub leg: Option<String>,
    /// Whom that leg then calls.
    pub wanted: Option<Phone>,
}

impl From<Unsafe> for OrderError {
    fn from(Unsafe(header): Unsafe) -> OrderError {
        OrderError::Unsafe(header)
    }
}

pub fn prepare(order: &Order, settings: &Settings, map: &Map) -> Result<Prepared, OrderError> {
    match order {
        Order::Dial { extension, number } => dial(extension, *number, settings),
        Order::HangUp(call) => {
            let channel = channel(map, call)?;
            let id = random_id();
            let action = Action::new("Hangup", &id)?.with("Channel", channel)?.with("Cause", "16")?;
            Ok(Prepared { id, action, leg: None, wanted: None })
        }
        Order::Transfer { call, to } => {
            let id = random_id();
            let action = Action::new("Redirect", &id)?
                .with("Channel", channel(map, call)?)?
                .with("Context", &settings.context)?
                .with("Exten", dialable(to)?)?
                .with("Priority", "1")?;
            Ok(Prepared { id, action, leg: None, wanted: None })
        }
        Order::PlayOnPhone { extension, recording } => play(extension, recording, settings),
        Order::Hold(_)
        | Order::Unhold(_)
        | Order::Consult { .. }
        | Order::HandOver(_)
        | Order::TakeBack(_)
        | Order::Tag { .. } => Err(OrderError::Unsupported),
    }
}

/// The operator's phone first, then the number through the dialplan; the phone shows the number while it rings.
fn dial(extension: &str, number: Phone, settings: &Settings) -> Result<Prepared, OrderError> {
    let (leg, digits) = (format!("{OWN_LEG}{}", random_id()), number.0.to_string());
    let (id, action) = ring(extension, &leg, settings)?;
    let action = action
        .with("Context", &settings.context)?
        .with("Exten", dialable(&digits)?)?
        .with("Priority", "1")?
        .with("CallerID", &format!("<{digits}>"))?;
    Ok(Prepared { id, action, leg: Some(leg), wanted: Some(number) })
}

/// The PBX plays its own file: only one that lies in the folder it was given for that, by a name without a meaning in
/// a dialplan.
fn play(extension: &str, recording: &str, settings: &Settings) -> Result<Prepared, OrderError> {
    let shelf = settings.shelf.as_ref().filter(|shelf| shelf.is_played_by_pbx());
    let file =
        shelf.ok_or(OrderError::Unsupported)?.own_file(recording).ok_or(OrderError::Unsafe("recording"))?;
    let leg = format!("{OWN_PLAY}{}", random_id());
    let (id, action) = ring(extension, &leg, settings)?;
    let action = action.with("Application", "Playback")?.with("Data", &file)?;
    Ok(Prepared { id, action, leg: Some(leg), wanted: None })
}

/// The beginning of an Originate that rings one of our phones.
fn ring(extension: &str, leg: &str, settings: &Settings) -> Result<(String, Action), OrderError> {
    let ours = settings.extensions.is_empty() || settings.extensions.iter().any(|known| known == extension);
    let plain =
        !extension.is_empty() && extension.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if !plain {
        return Err(OrderError::Unsafe("extension"));
    }
    if !ours {
        return Err(OrderError::Refused("no such extension in the configuration".to_owned()));
    }
    let id = random_id();
    let action = Action::new("Originate", &id)?
        .with("Channel", &format!("{}/{extension}", settings.technology))?
        .with("Timeout", RING)?
        .with("Async", "true")?
        .with("ChannelId", leg)?;
    Ok((id, action))
}

fn channel<'a>(map: &'a Map, call: &CallKey) -> Result<&'a str, OrderError> {
    map.channel_of(call).ok_or_else(|| OrderError::Refused("that call is over".to_owned()))
}

/// A comma in an extension, a letter that means a function: only what a phone's keys can dial.
fn dialable(number: &str) -> Result<&str, OrderError> {
    let keys = |c: char| c.is_ascii_digit() || "*#+".contains(c);
    let good = (1..=LONGEST_NUMBER).contains(&number.len()) && number.chars().all(keys);
    if good { Ok(number) } else { Err(OrderError::Unsafe("number")) }
}
