//! One notification as it came over HTTP, read leniently: the template that made it is the clinic's own.
//!
//! Takes JSON, query strings and what comes out when a template or a value breaks either. Knows nothing of calls
//! beyond what the fields are called; nothing that comes in can make it panic or grow without bound.

mod kind;
mod loose;
mod query;
mod variables;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::map::time::{is_likely, moment, moment_near};

pub use kind::Kind;

/// Pairs looked at in one notification; the longest template of the vendor has 60.
const MOST_FIELDS: usize = 256;

/// How far the written time and the Unix time may stand apart before the zone is to blame.
const ZONE_SLIP: TimeDelta = TimeDelta::minutes(2);

/// Fields by name, nesting forgotten. A scalar is one value, an array several, null and what the platform did not
/// fill in none: the name alone says which template it was.
pub type Fields = BTreeMap<String, Vec<String>>;

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Notice {
    /// `None`: it does not say what happened.
    pub kind: Option<Kind>,
    fields: Fields,
}

/// The parts of an HTTP request that can carry a notification.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent<'a> {
    /// The last part of our own address, which the clinic pasted into the cabinet.
    pub event: Option<&'a str>,
    /// As it stands in the address, percent-encoded.
    pub query: &'a str,
    pub body: &'a [u8],
}

impl Notice {
    pub fn read(sent: &Sent) -> Notice {
        let mut reading = Reading::default();
        let body = String::from_utf8_lossy(sent.body);
        let body = body.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        match body.starts_with('{') {
            true => loose::object(body, &mut reading),
            false => query::pairs(body.trim_end(), &mut reading),
        }
        query::pairs(sent.query, &mut reading);
        Notice { kind: Kind::told(sent.event, &reading.fields), fields: reading.fields }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    pub fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        let number: f64 = self.get(name)?.trim().parse().ok()?;
        (0.0..=MOST_SECONDS).contains(&number).then_some(number)
    }

    /// The provider's own id of the call.
    pub fn session(&self) -> Option<&str> {
        self.get("call_session_id").filter(|id| is_id(id))
    }

    /// When it happened by the provider's clock, which writes in the account's zone.
    pub fn at(&self, zone: Tz) -> Option<DateTime<Utc>> {
        let unix = self.get("notification_timestamp").and_then(|text| text.trim().parse::<i64>().ok());
        let unix = unix.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).filter(is_likely);
        let written = self.get("notification_time").and_then(|text| match unix {
            Some(unix) => moment_near(text, zone, unix),
            None => moment(text, zone),
        });
        match (written, unix) {
            (Some(written), Some(unix)) if (written - unix).abs() > ZONE_SLIP => Some(unix),
            (written, unix) => written.or(unix),
        }
    }
}

/// Thirty years: whatever is longer is no length of time.
const MOST_SECONDS: f64 = 1e9;

/// Ids are numbers beyond 32 bits; nothing else may name a call.
pub fn is_id(text: &str) -> bool {
    (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What is read so far: the first value of a name that is one counts.
#[derive(Default)]
struct Reading {
    fields: Fields,
    /// Pairs seen, of whatever names.
    seen: usize,
}

impl Reading {
    fn is_full(&self) -> bool {
        self.seen >= MOST_FIELDS
    }

    fn take(&mut self, name: &str, values: Vec<String>) {
        let name = variables::usual(name.trim());
        if name.is_empty() || self.is_full() {
            return;
        }
        self.seen += 1;
        let values = values.into_iter().filter(|value| variables::is_filled_in(value, name)).collect();
        let known = self.fields.entry(name.to_owned()).or_default();
        if known.is_empty() {
            *known = values;
        }
    }
}
