//! The envelope of an answer, read leniently: the vendor's own samples disagree about it.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::telephony::uis::limits::Told;

/// What was asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer<R> {
    pub data: R,
    /// How many there are on all pages together; only reports and directories tell.
    pub total: Option<u64>,
}

pub enum Said {
    Result(Outcome),
    Error(Fault),
}

/// `data` is missing where a method only succeeds: then the result itself is what was asked for.
#[derive(Deserialize)]
pub struct Outcome {
    data: Option<Value>,
    #[serde(default, alias = "meta_data")]
    metadata: Option<Metadata>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
pub struct Fault {
    #[serde(default)]
    pub code: i64,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub data: Option<FaultData>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct FaultData {
    pub mnemonic: Option<String>,
    pub field: Option<String>,
    pub value: Option<Value>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Metadata {
    total_items: Option<u64>,
    limits: Option<Told>,
}

#[derive(Deserialize)]
struct Envelope {
    result: Option<Value>,
    error: Option<Fault>,
}

/// `None`: no JSON-RPC answer.
pub fn open(body: &[u8]) -> Option<Said> {
    let envelope: Envelope = serde_json::from_slice(body).ok()?;
    match envelope {
        Envelope { error: Some(fault), .. } => Some(Said::Error(fault)),
        Envelope { result: Some(result), .. } => Some(Said::Result(Outcome::of(result))),
        _ => None,
    }
}

impl Said {
    pub fn limits(&self) -> Option<Told> {
        match self {
            Said::Result(outcome) => outcome.metadata.as_ref()?.limits,
            Said::Error(fault) => fault.data.as_ref()?.metadata.as_ref()?.limits,
        }
    }
}

impl Outcome {
    /// A result that is no object, or whose metadata cannot be read, is still what was asked for.
    fn of(result: Value) -> Outcome {
        serde_json::from_value(result.clone()).unwrap_or_else(|_| Outcome {
            data: result.get("data").cloned().or(Some(result)),
            metadata: None,
            rest: serde_json::Map::new(),
        })
    }

    pub fn answer<R: DeserializeOwned>(self) -> Result<Answer<R>, serde_json::Error> {
        let total = self.metadata.and_then(|metadata| metadata.total_items);
        let data = self.data.unwrap_or(Value::Object(self.rest));
        Ok(Answer { data: serde_json::from_value(data)?, total })
    }
}
