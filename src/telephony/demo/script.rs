//! A day of calls as TOML: what happens to each, in seconds.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::NAME;
use crate::domain::advert::Advert;
use crate::domain::call::{CallResult, Direction};
use crate::domain::lead::Lead;
use crate::domain::phone::Remote;

#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// In order of `at`.
    #[serde(default, rename = "call")]
    pub calls: Vec<Part>,
    /// Times in which nobody is told of calls, though they happen.
    #[serde(default, rename = "outage", skip_serializing_if = "Vec::is_empty")]
    pub outages: Vec<Outage>,
    #[serde(default, rename = "lead", skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<Form>,
}

/// Left on the site before the day begins.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Seconds from then to the beginning of the script.
    pub before: f64,
    #[serde(default)]
    pub number: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub text: String,
    #[serde(default)]
    pub advert: Advert,
}

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// Seconds from the beginning of the script.
    pub at: f64,
    pub seconds: f64,
}

/// One call of the script.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Seconds from the beginning of the script.
    pub at: f64,
    #[serde(default = "incoming")]
    pub direction: Direction,
    /// The other side's number as a trunk would write it; empty: withheld.
    #[serde(default)]
    pub number: String,
    pub name: Option<String>,
    pub line: Option<String>,
    pub queue: Option<String>,
    /// Extensions that ring.
    #[serde(default)]
    pub rings: Vec<String>,
    /// Seconds until somebody answers or the call is given up.
    pub wait: f64,
    /// Extension that answers (incoming) or that places the call (outgoing).
    pub agent: Option<String>,
    /// Seconds of talk; 0: nobody answered.
    #[serde(default)]
    pub talk: f64,
    /// Seconds of hold within the talk, from its middle on.
    #[serde(default)]
    pub hold: f64,
    pub transfer: Option<HandOver>,
    /// What brought the caller.
    pub advert: Option<Advert>,
    /// As the telephony puts them on the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How an unanswered outgoing call ends; `no_answer` when not said.
    pub result: Option<CallResult>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    pub to: String,
    pub talk: f64,
}

#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    #[error("the script of the day: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("the script of the day: outage {nth}: {seconds} is no number of seconds from 0 to {DAY}")]
    Outage { nth: usize, seconds: f64 },
    #[error("the script of the day: lead {nth}: {seconds} is no number of seconds from 0 to {DAY}")]
    Form { nth: usize, seconds: f64 },
    #[error("the script of the day: call {nth}: {seconds} is no number of seconds from 0 to {DAY}")]
    Seconds { nth: usize, seconds: f64 },
}

/// Seconds: nothing in a script is longer.
const DAY: f64 = 86_400.0;

impl Script {
    pub fn parse(text: &str) -> Result<Script, ScriptError> {
        let mut script: Script = toml::from_str(text)?;
        for (place, call) in script.calls.iter().enumerate() {
            call.check().map_err(|seconds| ScriptError::Seconds { nth: place + 1, seconds })?;
        }
        for (place, outage) in script.outages.iter().enumerate() {
            played([outage.at, outage.seconds])
                .map_err(|seconds| ScriptError::Outage { nth: place + 1, seconds })?;
        }
        for (place, form) in script.forms.iter().enumerate() {
            played([form.before]).map_err(|seconds| ScriptError::Form { nth: place + 1, seconds })?;
        }
        script.calls.sort_by(|a, b| a.at.total_cmp(&b.at));
        Ok(script)
    }

    /// The forms, of a day that begins at `begun`.
    pub fn leads(&self, begun: DateTime<Utc>) -> Vec<Lead> {
        self.forms.iter().enumerate().map(|(place, form)| form.lead(place + 1, begun)).collect()
    }
}

impl Form {
    fn lead(&self, nth: usize, begun: DateTime<Utc>) -> Lead {
        Lead {
            source: NAME.into(),
            id: nth.to_string(),
            left_at: begun - TimeDelta::milliseconds((self.before * 1000.0) as i64),
            remote: Remote::parse(&self.number),
            name: self.name.clone(),
            email: self.email.clone(),
            text: self.text.clone(),
            advert: self.advert.clone(),
        }
    }
}

impl Part {
    /// `Err` is the first time that cannot be played.
    fn check(&self) -> Result<(), f64> {
        let handed_over = self.transfer.as_ref().map_or(0.0, |hand_over| hand_over.talk);
        played([self.at, self.wait, self.talk, self.hold, handed_over])
    }
}

fn played<const N: usize>(times: [f64; N]) -> Result<(), f64> {
    times.into_iter().find(|time| !(0.0..=DAY).contains(time)).map_or(Ok(()), Err)
}

fn incoming() -> Direction {
    Direction::Incoming
}
