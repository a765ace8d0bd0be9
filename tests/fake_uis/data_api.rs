//! The Data API's methods: reports and directories by page, and the tag of a call.

use chrono::{DateTime, Months, NaiveDateTime, TimeZone, Utc};
use serde_json::{Map, Value, json};

use super::fields::{self, Field};
use super::rpc::{Fault, Question};
use super::world::World;
use super::{filter, rows};

type Row = Map<String, Value>;

const LIMIT: i64 = 10_000;
const OFFSET: i64 = 100_000;

pub fn answer(question: &Question, world: &mut World, now: DateTime<Utc>) -> Result<Value, Fault> {
    let rows: Vec<Row> = match question.method.as_str() {
        "get.account" => {
            let account = json!({"app_id": world.app_id, "name": "Клиника", "timezone": world.zone.name()});
            return Ok(json!({"data": [account]}));
        }
        "set.tag_communications" => return tag(question, world),
        "get.calls_report" => calls(question, world, now)?,
        "get.call_legs_report" => legs(question, world, now)?,
        "get.offline_messages_report" => leads(question, world, now)?,
        "get.employees" => world.employees.iter().map(rows::employee).collect(),
        "get.virtual_numbers" => world.numbers.iter().map(|number| rows::number(world, number)).collect(),
        "get.campaigns" => {
            let campaigns = world.campaigns.iter();
            let told =
                |id: i64, name: &str| json!({"id": id, "name": name, "status": "active", "type": "basic"});
            campaigns.filter_map(|one| told(one.id, &one.name).as_object().cloned()).collect()
        }
        "get.tags" => {
            let told = |id: i64, name: &str| json!({"id": id, "name": name, "is_system": false});
            world.tags.iter().filter_map(|one| told(one.id, &one.name).as_object().cloned()).collect()
        }
        _ => return Err(Fault::new(-32601, "method_not_found")),
    };
    page(question, rows)
}

fn calls(question: &Question, world: &World, now: DateTime<Utc>) -> Result<Vec<Row>, Fault> {
    let span = span(question, world)?;
    let ongoing = question.params.get("include_ongoing_calls") == Some(&json!(true));
    let known = world.sessions.iter().filter(|session| {
        span.contains(session.begins + world.skew)
            && (session.reported <= now && session.ends <= now || ongoing && session.is_live(now))
    });
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|session| session.begins);
    Ok(known.into_iter().map(|session| rows::call(world, session, now)).collect())
}

fn legs(question: &Question, world: &World, now: DateTime<Utc>) -> Result<Vec<Row>, Fault> {
    let span = span(question, world)?;
    let reported = world.sessions.iter().filter(|session| session.reported <= now && session.ends <= now);
    let all = reported.flat_map(|session| session.legs.iter().map(move |leg| (session, leg)));
    let mut known: Vec<_> = all.filter(|(_, leg)| span.contains(leg.begins + world.skew)).collect();
    known.sort_by_key(|(_, leg)| leg.begins);
    Ok(known.into_iter().map(|(session, leg)| rows::leg(world, session, leg, now)).collect())
}

fn leads(question: &Question, world: &World, now: DateTime<Utc>) -> Result<Vec<Row>, Fault> {
    let span = span(question, world)?;
    let known = world.leads.iter().filter(|lead| lead.known_from <= now);
    Ok(known
        .filter(|lead| span.contains(lead.left_at + world.skew))
        .map(|lead| rows::lead(world, lead))
        .collect())
}

/// Both ends belong to it: the documentation does not say, and a client must not care.
struct Span(DateTime<Utc>, DateTime<Utc>);

impl Span {
    fn contains(&self, at: DateTime<Utc>) -> bool {
        // Dates have whole seconds.
        self.0 <= at && at.timestamp() <= self.1.timestamp()
    }
}

fn span(question: &Question, world: &World) -> Result<Span, Fault> {
    let read = |name: &str| {
        let text = question.params[name].as_str().unwrap_or_default();
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S");
        let at = local.ok().and_then(|local| world.zone.from_local_datetime(&local).earliest());
        at.map(|at| at.to_utc()).ok_or_else(|| Fault::of("invalid_parameter_value", name))
    };
    let (from, till) = (read("date_from")?, read("date_till")?);
    if till < from {
        return Err(Fault::of("invalid_parameters_combination", "date_till"));
    }
    if till > from + Months::new(3) {
        return Err(Fault::of("date_interval_limit_reached", "date_till"));
    }
    Ok(Span(from, till))
}

/// What is asked of the rows: filtered, sorted, cut to a page and to the columns wanted.
fn page(question: &Question, rows: Vec<Row>) -> Result<Value, Fault> {
    let params = &question.params;
    let fields = fields::of(&question.method).unwrap_or_default();
    let columns = columns(params.get("fields"), &fields)?;
    let limit = within(params, "limit", 1_000, 1..=LIMIT)?;
    let offset = within(params, "offset", 0, 0..=OFFSET)?;
    let mut found = vec![];
    for row in rows {
        if params.get("filter").map_or(Ok(true), |wanted| filter::passes(wanted, &row, &fields))? {
            found.push(row);
        }
    }
    sort(params.get("sort"), &mut found, &fields)?;
    let total = found.len();
    let asked = found.into_iter().skip(offset as usize).take(limit as usize);
    let data: Vec<Value> = asked.map(|row| cut(&row, &columns)).collect();
    Ok(json!({"data": data, "metadata": {"total_items": total}}))
}

fn within(
    params: &Row,
    name: &str,
    usual: i64,
    allowed: std::ops::RangeInclusive<i64>,
) -> Result<i64, Fault> {
    let value = params.get(name).and_then(Value::as_i64).unwrap_or(usual);
    if allowed.contains(&value) { Ok(value) } else { Err(Fault::of("invalid_parameter_value", name)) }
}

fn columns<'a>(wanted: Option<&Value>, fields: &'a [Field]) -> Result<Vec<&'a Field>, Fault> {
    let Some(wanted) = wanted else {
        return Ok(fields.iter().filter(|field| field.by_default).collect());
    };
    let names = wanted.as_array().into_iter().flatten();
    names
        .map(|name| {
            let known = fields.iter().find(|field| Some(field.name) == name.as_str());
            known.ok_or_else(|| Fault::of("invalid_parameter_value", "fields"))
        })
        .collect()
}

fn sort(wanted: Option<&Value>, rows: &mut [Row], fields: &[Field]) -> Result<(), Fault> {
    for one in wanted.and_then(Value::as_array).into_iter().flatten().rev() {
        let name = one["field"].as_str().unwrap_or_default();
        if !fields.iter().any(|field| field.name == name && field.sorted) {
            return Err(Fault::of("sort_prohibited", name));
        }
        // Dates sort as their text, ids as numbers.
        let key = |row: &Row| (row.get(name).and_then(Value::as_i64), row.get(name).map(Value::to_string));
        match one.get("order").and_then(Value::as_str) {
            None | Some("asc") => rows.sort_by_key(key),
            Some("desc") => rows.sort_by_key(|row| std::cmp::Reverse(key(row))),
            Some(_) => return Err(Fault::of("invalid_parameter_value", "sort")),
        }
    }
    Ok(())
}

/// An empty scalar is null, an empty array `[]`, an empty object `{}`.
fn cut(row: &Row, columns: &[&Field]) -> Value {
    let filled = columns.iter().map(|field| {
        let empty = match field.form {
            'a' => json!([]),
            'o' => json!({}),
            _ => Value::Null,
        };
        (field.name.to_owned(), row.get(field.name).cloned().unwrap_or(empty))
    });
    Value::Object(filled.collect())
}

fn tag(question: &Question, world: &mut World) -> Result<Value, Fault> {
    let number = |name: &str| question.params.get(name).and_then(Value::as_i64);
    if question.params["communication_type"] != "call" {
        return Err(Fault::of("invalid_parameter_value", "communication_type"));
    }
    let Some(tag) = number("tag_id").filter(|id| world.tag(*id).is_some()) else {
        return Err(Fault::of("entity_not_found", "tag_id"));
    };
    let Some(session) = number("communication_id").and_then(|id| world.session(id)) else {
        return Err(Fault::of("entity_not_found", "communication_id"));
    };
    if !session.tags.contains(&tag) {
        session.tags.push(tag);
    }
    Ok(json!({}))
}
