//! Orders to questions of the Call API, in the sequence that its states allow: a talk is held before another is
//! called, and joined or taken back after. What begins a call is never asked twice.

mod refused;

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;
use uuid::Uuid;

use self::refused::{refused, stands_already};
use super::account::Account;
use super::live::Dialled;
use super::poll;
use super::rpc::RpcError;
use crate::domain::call::CallKey;
use crate::domain::phone::Phone;
use crate::telephony::{Order, OrderError};

const LONGEST_NUMBER: usize = 32;
/// Said to whoever is held; the method wants words.
const HOLD_WORDS: &str = "Оставайтесь, пожалуйста, на линии";
/// Waits before each look for a call whose answer was lost.
const LOOKS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];

/// Whoever carries out orders; cheap to copy, so that no order waits for another.
#[derive(Clone)]
pub struct Orders(pub Arc<Account>);

/// What came of an order: a call of its own, where it began one.
pub type Outcome = Result<Option<(String, Dialled)>, OrderError>;

#[derive(Deserialize)]
struct Started {
    call_session_id: i64,
}

impl Orders {
    pub async fn carry_out(&self, order: Order) -> Outcome {
        match order {
            Order::Dial { extension, number } => return self.dial(extension, number).await,
            Order::HangUp(call) => self.control("release.call", &call).await,
            Order::Hold(call) => self.hold(&call).await,
            Order::Unhold(call) => self.control("unhold.call", &call).await,
            Order::Consult { call, to } => self.consult(&call, &to).await,
            Order::HandOver(call) => self.control("transfer.talk", &call).await,
            Order::TakeBack(call) => self.take_back(&call).await,
            Order::Transfer { call, to } => self.transfer(&call, &to).await,
            Order::Tag { call, tag } => self.tag(&call, &tag).await,
            Order::PlayOnPhone { .. } => Err(OrderError::Unsupported),
        }
        .map(|()| None)
    }

    async fn dial(&self, extension: String, number: Phone) -> Outcome {
        let line = self.0.settings.virtual_number.clone();
        let line = line.ok_or_else(|| told("no number to call from: set `number` under [uis]"))?;
        let employee = self.employee_at(&extension).await?;
        let external_id = Uuid::now_v7().to_string();
        let params = json!({
            "first_call": "employee",
            "virtual_phone_number": line,
            "contact": number.0.to_string(),
            "external_id": external_id,
            "direction": "out",
            "employee": { "id": employee },
        });
        let answer = self.0.calls.call::<_, Started>("start.employee_call", params).await;
        let id = match answer {
            Ok(answer) => answer.data.call_session_id.to_string(),
            Err(error) => self.after_silence(error, &external_id).await?,
        };
        Ok(Some((id, Dialled { external_id, extension, number, line })))
    }

    async fn employee_at(&self, extension: &str) -> Result<i64, OrderError> {
        let directory = self.0.directory().await.map_err(|error| refused(&error))?;
        let staff = directory.staff();
        let employee =
            staff.iter().find(|(_, known)| *known == extension).and_then(|(id, _)| id.parse().ok());
        employee.ok_or_else(|| told("no employee of the account has the operator's extension"))
    }

    /// A call may have begun though its answer was lost: asking again would ring twice.
    async fn after_silence(&self, error: RpcError, external_id: &str) -> Result<String, OrderError> {
        if error.refusal().is_some() {
            return Err(refused(&error));
        }
        for pause in LOOKS {
            sleep(pause).await;
            let Ok((calls, _)) = poll::running(&self.0.calls).await else { continue };
            if let Some(call) =
                calls.into_iter().find(|call| call.external_id.as_deref() == Some(external_id))
            {
                return Ok(call.id);
            }
        }
        Err(refused(&error))
    }

    async fn control(&self, method: &str, call: &CallKey) -> Result<(), OrderError> {
        self.ask(method, call, json!({})).await.map_err(|error| refused(&error))
    }

    async fn ask(&self, method: &str, call: &CallKey, mut params: Value) -> Result<(), RpcError> {
        // An id that is no number names no call there; the platform says so itself.
        params["call_session_id"] = call.id.parse::<i64>().unwrap_or_default().into();
        self.0.calls.call::<_, Value>(method, params).await.map(|_| ())
    }

    async fn hold(&self, call: &CallKey) -> Result<(), OrderError> {
        let words = json!({ "contact_message": { "type": "tts", "value": HOLD_WORDS } });
        self.ask("hold.call", call, words).await.map_err(|error| refused(&error))
    }

    /// A call that is held already stays so; without a colleague the talk goes on.
    async fn consult(&self, call: &CallKey, to: &str) -> Result<(), OrderError> {
        let to = dialable(to)?;
        let held = self.hold(call).await;
        match self.ask("make.call", call, json!({ "to": to })).await {
            Ok(()) => Ok(()),
            Err(_) if held.is_err() => held,
            Err(error) => {
                let _ = self.control("unhold.call", call).await;
                Err(refused(&error))
            }
        }
    }

    /// The colleague who did not answer is gone by then: the other side is only held.
    async fn take_back(&self, call: &CallKey) -> Result<(), OrderError> {
        match self.ask("restore.talk", call, json!({})).await {
            Err(error) if refused::is_wrong_state(&error) => self.control("unhold.call", call).await,
            answer => answer.map_err(|error| refused(&error)),
        }
    }

    async fn transfer(&self, call: &CallKey, to: &str) -> Result<(), OrderError> {
        self.consult(call, to).await?;
        let handed_over = self.control("transfer.talk", call).await;
        if handed_over.is_err() {
            let _ = self.take_back(call).await;
        }
        handed_over
    }

    async fn tag(&self, call: &CallKey, tag: &str) -> Result<(), OrderError> {
        let tags = self.0.tags().await.map_err(|error| refused(&error))?;
        let wanted = tag.trim().to_lowercase();
        let found = tags.iter().find(|known| known.name.trim().to_lowercase() == wanted);
        let found = found.ok_or_else(|| told("the account has no such tag: make it in the cabinet"))?;
        match self.ask("tag.call", call, json!({ "tag_id": found.id })).await {
            Err(error) if !stands_already(&error) => Err(refused(&error)),
            _ => Ok(()),
        }
    }
}

fn told(reason: &str) -> OrderError {
    OrderError::Refused(reason.to_owned())
}

/// What a phone's keys can dial; the platform wants numbers without their plus.
fn dialable(to: &str) -> Result<&str, OrderError> {
    let number = to.strip_prefix('+').unwrap_or(to);
    let keys = |c: char| c.is_ascii_digit() || "*#".contains(c);
    let good = (1..=LONGEST_NUMBER).contains(&number.len()) && number.chars().all(keys);
    if good { Ok(number) } else { Err(OrderError::Unsafe("number")) }
}
