//! A call as `pult replay` prints it.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::domain::call::{CallResult, Direction, Snapshot, Transfer, TransferKind};
use crate::domain::phone::Remote;

/// The keys are the command's promise.
#[derive(Serialize)]
pub struct Line {
    pub direction: Direction,
    /// E.164 with `+`.
    pub number: Option<String>,
    pub withheld: bool,
    pub name: Option<String>,
    pub line: Option<String>,
    pub queue: Option<String>,
    pub result: Option<CallResult>,
    pub agent: Option<String>,
    pub wait_s: f64,
    pub talk_s: f64,
    pub hold_s: f64,
    pub transfers: Vec<HandOver>,
    #[serde(serialize_with = "rfc3339")]
    pub started_at: DateTime<Utc>,
}

#[derive(Serialize)]
pub struct HandOver {
    pub kind: TransferKind,
    pub to: String,
    pub talk_s: f64,
}

impl From<&Snapshot> for Line {
    fn from(call: &Snapshot) -> Line {
        Line {
            direction: call.direction,
            number: call.remote.phone().map(|phone| phone.to_string()),
            withheld: call.remote == Remote::Withheld,
            name: call.name.clone(),
            line: call.line.clone(),
            queue: call.queue.clone(),
            result: call.result,
            agent: call.agent.clone(),
            wait_s: seconds(call.wait),
            talk_s: seconds(call.talk),
            hold_s: seconds(call.hold),
            transfers: call.transfers.iter().map(HandOver::from).collect(),
            started_at: call.started_at,
        }
    }
}

impl From<&Transfer> for HandOver {
    fn from(transfer: &Transfer) -> HandOver {
        HandOver { kind: transfer.kind, to: transfer.to.clone(), talk_s: seconds(transfer.talk) }
    }
}

/// To the millisecond.
fn seconds(duration: Duration) -> f64 {
    duration.as_millis() as f64 / 1000.0
}

fn rfc3339<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true))
}
