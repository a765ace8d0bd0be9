//! The report for programs: the same keys in every language, names beside ids.

use serde_json::{Value, json};

use super::label::{Labels, id, plain};
use crate::cli::Failure;
use crate::domain::phone::Remote;
use crate::domain::report::{CallRow, Group, Measures, Row, Table};

pub fn table(table: &Table, labels: &Labels) -> Result<String, Failure> {
    let rows: Vec<Value> = table.rows.iter().map(|one| row(one, labels)).collect();
    let query = &table.query;
    printed(&json!({
        "from": query.period.from,
        "to": query.period.to,
        "kind": query.kind,
        "by": query.by,
        "then_by": query.then_by,
        "rows": rows,
        "total": measures(&table.total),
    }))
}

fn row(row: &Row, labels: &Labels) -> Value {
    let mut value = measures(&row.measures);
    value["name"] = json!(labels.group(&row.group));
    value["id"] = match row.group {
        Group::Outcome(outcome) => json!(outcome),
        _ => json!(id(&row.group)),
    };
    if !row.rows.is_empty() {
        let rows: Vec<Value> = row.rows.iter().map(|one| self::row(one, labels)).collect();
        value["rows"] = json!(rows);
    }
    value
}

/// Seconds are sums, percents are of calls taken, money is roubles as text, so that no kopeck is rounded.
fn measures(figures: &Measures) -> Value {
    json!({
        "calls": figures.calls,
        "taken": figures.taken,
        "missed": figures.missed,
        "wait_s": figures.wait.as_secs_f64(),
        "talk_s": figures.talk.as_secs_f64(),
        "booked": figures.booked,
        "booked_percent": figures.booked_percent(),
        "held": figures.held,
        "held_percent": figures.held_percent(),
        "money": plain(figures.money),
        "average_money": figures.average_money().map(plain),
    })
}

/// One object for each call; directories' entries by their names, null where nothing is known.
pub fn calls(calls: &[CallRow], labels: &Labels) -> Result<String, Failure> {
    printed(&Value::Array(calls.iter().map(|one| call(one, labels)).collect()))
}

fn call(call: &CallRow, labels: &Labels) -> Value {
    let directories = labels.directories;
    json!({
        "id": call.id,
        "started_at": call.started_at.with_timezone(&labels.zone).to_rfc3339(),
        "direction": call.direction,
        "number": call.remote.phone().map(|phone| phone.to_string()),
        "withheld": call.remote == Remote::Withheld,
        "person": call.person_name,
        "line": call.line,
        "channel": call.channel.and_then(|id| directories.channel(id)).map(|entry| &entry.name),
        "branch": call.branch.and_then(|id| directories.branch(id)).map(|entry| &entry.name),
        "result": call.result,
        "outcome": call.outcome,
        "employee": call.employee.and_then(|id| directories.employee(id)).map(|entry| &entry.name),
        "agent": call.agent,
        "caller_type": call.caller_type.and_then(|id| directories.caller_type(id)).map(|entry| &entry.name),
        "topic": call.topic.and_then(|id| directories.topic(id)).map(|entry| &entry.name),
        "wait_s": call.wait.as_secs_f64(),
        "talk_s": call.talk.as_secs_f64(),
        "money": plain(call.money),
        "comment": call.comment,
        "stands": call.stands,
    })
}

fn printed(value: &Value) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
