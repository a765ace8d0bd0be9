//! A running call as the provider lists it: read leniently, its states are words for people.

use serde::Deserialize;
use serde_json::Value;

use crate::domain::call::Direction;
use crate::telephony::uis::notice::is_id;

#[derive(Clone, PartialEq, Debug)]
pub struct ListedCall {
    pub id: String,
    pub direction: Option<Direction>,
    /// As written, in the account's zone.
    pub start_time: Option<String>,
    pub line: Option<String>,
    pub contact: Option<String>,
    pub external_id: Option<String>,
    pub tags: Vec<String>,
    pub legs: Vec<Leg>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Leg {
    pub is_operator: bool,
    pub employee: Option<String>,
    pub state: LegState,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LegState {
    Ringing,
    Talking,
    Queued,
    Held,
    /// Two of ours, while the other side is held.
    Consulting,
    Over,
    /// Tones, a fax, a transfer on its way: the call goes on as it was.
    Busy,
}

impl LegState {
    fn named(state: &str) -> LegState {
        match state {
            "Дозвон" => LegState::Ringing,
            "Разговор" => LegState::Talking,
            "На очереди" => LegState::Queued,
            "На удержании" => LegState::Held,
            "Разговор операторов" => LegState::Consulting,
            "Разъединено" => LegState::Over,
            _ => LegState::Busy,
        }
    }
}

#[derive(Deserialize)]
struct RawCall {
    call_session_id: Value,
    #[serde(default)]
    direction: Option<String>,
    #[serde(default)]
    start_time: Option<String>,
    #[serde(default)]
    virtual_phone_number: Value,
    #[serde(default)]
    contact_phone_number: Value,
    #[serde(default)]
    external_id: Value,
    #[serde(default)]
    tags: Option<Vec<RawTag>>,
    #[serde(default)]
    legs: Option<Vec<RawLeg>>,
}

#[derive(Deserialize)]
struct RawTag {
    #[serde(default)]
    tag_name: Option<String>,
}

#[derive(Deserialize)]
struct RawLeg {
    #[serde(default)]
    is_operator: bool,
    #[serde(default)]
    employee_id: Value,
    #[serde(default)]
    state: String,
}

impl ListedCall {
    /// `None`: no call can be made of it.
    pub fn read(item: &Value) -> Option<ListedCall> {
        let raw = RawCall::deserialize(item).ok()?;
        Some(ListedCall {
            id: text(&raw.call_session_id).filter(|id| is_id(id))?,
            direction: raw.direction.as_deref().and_then(direction),
            start_time: raw.start_time,
            line: text(&raw.virtual_phone_number),
            contact: text(&raw.contact_phone_number),
            external_id: text(&raw.external_id),
            tags: raw.tags.into_iter().flatten().filter_map(|tag| tag.tag_name).collect(),
            legs: raw.legs.into_iter().flatten().map(Leg::of).collect(),
        })
    }
}

impl Leg {
    fn of(raw: RawLeg) -> Leg {
        Leg {
            is_operator: raw.is_operator,
            employee: text(&raw.employee_id),
            state: LegState::named(raw.state.trim()),
        }
    }
}

/// The platform's word for it.
pub fn direction(word: &str) -> Option<Direction> {
    match word {
        "in" => Some(Direction::Incoming),
        "out" => Some(Direction::Outgoing),
        _ => None,
    }
}

/// Ids and numbers come as either.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
