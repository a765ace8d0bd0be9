//! The store against the truth: call by call, and gap by gap.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{Direction, Snapshot};
use pult::domain::gap::{Cause, Gap, Restored};
use pult::domain::id::CallId;
use pult::domain::lead::Lead;
use pult::store::{Error, Store, calls, gaps, leads};

use super::day::{opens, seconds};
use super::weather::{Kind, Outage, Weather};

/// What differs, in words; at most so many.
const TOLD: usize = 10;
/// How far before an outage the last word can have come.
const SILENCE: TimeDelta = TimeDelta::seconds(300);

/// Every call that is expected, as it is expected, and no other.
pub fn calls(store: &Store, expected: &[Snapshot]) -> Vec<String> {
    let mut stored = all(store);
    let mut wrong = vec![];
    for wanted in expected {
        match stored.remove(&wanted.key.id).as_deref() {
            None => wrong.push(format!("call {} is not there", wanted.key.id)),
            Some([found]) if found == wanted => {}
            Some([found]) => wrong.push(format!("call {}: {}", wanted.key.id, differences(found, wanted))),
            Some(found) => wrong.push(format!("call {} is there {} times", wanted.key.id, found.len())),
        }
    }
    wrong.extend(stored.keys().map(|id| format!("nobody knows of call {id}")));
    wrong.truncate(TOLD);
    wrong
}

fn all(store: &Store) -> BTreeMap<String, Vec<Snapshot>> {
    let ids = store.read(|conn| {
        let mut statement = conn.prepare("SELECT id FROM calls WHERE merged = 0")?;
        let ids: Vec<CallId> =
            statement.query_map([], |row| Ok(CallId(row.get(0)?)))?.collect::<Result<_, _>>()?;
        Ok::<_, Error>(ids)
    });
    let mut all: BTreeMap<String, Vec<Snapshot>> = BTreeMap::new();
    for id in ids.unwrap() {
        let call = store.read(move |conn| calls::board_call(conn, id)).unwrap().unwrap().snapshot;
        all.entry(call.key.id.clone()).or_default().push(call);
    }
    all
}

/// The fields of two snapshots that are not the same.
fn differences(found: &Snapshot, wanted: &Snapshot) -> String {
    let (found, wanted) = (serde_json::to_value(found).unwrap(), serde_json::to_value(wanted).unwrap());
    let fields = wanted.as_object().unwrap().iter().filter(|(name, value)| found[name.as_str()] != **value);
    let told: Vec<String> =
        fields.map(|(name, value)| format!("{name} is {} and was {value}", found[name.as_str()])).collect();
    told.join("; ")
}

/// Every request of a form, once.
pub fn leads(store: &Store, expected: &[Lead]) -> Vec<String> {
    let mut wrong = vec![];
    for wanted in expected {
        let number = wanted.remote.phone().unwrap();
        let known = store.read(|conn| leads::by_phone(conn, number, 1_000)).unwrap();
        let found: Vec<&Lead> = known.iter().filter(|lead| lead.id == wanted.id).collect();
        if found != [wanted] {
            wrong.push(format!("request {} is {found:?} and was {wanted:?}", wanted.id));
        }
    }
    let count = "SELECT count(*) FROM leads";
    let stored: i64 =
        store.read(|conn| Ok::<_, Error>(conn.query_row(count, [], |row| row.get(0))?)).unwrap();
    if stored != expected.len() as i64 {
        wrong.push(format!("{stored} requests are there, and {} were left", expected.len()));
    }
    wrong.truncate(TOLD);
    wrong
}

/// Every outage is a gap with a beginning and an end, all of it came back, and there is no gap without a cause.
pub fn gaps(store: &Store, provider: &str, expected: &[Snapshot], weather: &Weather) -> Vec<String> {
    let always = opens() - seconds(86_400)..opens() + seconds(3 * 86_400);
    let found = store.read(|conn| gaps::touching(conn, &always)).unwrap();
    let mut wrong = vec![];
    for outage in &weather.outages {
        if !found.iter().any(|gap| gap.source == provider && tells_of(gap, outage)) {
            wrong.push(format!("no gap tells of {outage:?}; there are {found:?}"));
        }
    }
    for gap in &found {
        let span = gap.began_at..gap.ended_at.unwrap_or(DateTime::<Utc>::MAX_UTC);
        let n = calls_in(expected, &span);
        if gap.restored != (Restored::Counted { whole: n, found: n }) {
            wrong.push(format!("{n} calls were in {gap:?}"));
        }
        if !has_cause(&span, weather) {
            wrong.push(format!("nothing was wrong in {gap:?}"));
        }
    }
    wrong.truncate(TOLD);
    wrong
}

fn tells_of(gap: &Gap, outage: &Outage) -> bool {
    let cause = match outage.kind {
        Kind::Provider => Cause::Provider,
        Kind::Ourselves => Cause::Ourselves,
    };
    let early = outage.span.start - gap.began_at;
    gap.cause == cause
        && (TimeDelta::zero()..SILENCE).contains(&early)
        && gap.ended_at == Some(outage.span.end)
}

fn calls_in(expected: &[Snapshot], span: &Range<DateTime<Utc>>) -> u32 {
    let told = expected.iter().filter(|call| call.direction != Direction::Internal);
    told.filter(|call| call.started_at <= span.end && call.ended_at >= Some(span.start)).count() as u32
}

fn has_cause(span: &Range<DateTime<Utc>>, weather: &Weather) -> bool {
    let touches = |other: &Range<DateTime<Utc>>| other.start <= span.end && other.end >= span.start;
    weather.outages.iter().any(|outage| touches(&outage.span))
        || weather.kills.iter().chain(&weather.troubles).any(|at| touches(&(*at..*at + SILENCE)))
}
