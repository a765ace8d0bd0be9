//! JSON, for programs: the same keys in every language, names beside ids.

use std::io::Write;

use serde_json::{Value, json};

use super::Shown;
use super::calls::Listing;
use super::cell::{one_line, plain_roubles};
use super::error::Error;
use super::paper::Paper;
use crate::domain::metric::{Losses, Metrics, Spread};
use crate::domain::phone::Remote;
use crate::domain::report::{CallRow, Column, Group, Measure, Measures, Query, Row};
use crate::domain::text::is_visible;

pub fn table(shown: &Shown<'_>, paper: &Paper<'_>, out: &mut (dyn Write + Send)) -> Result<(), Error> {
    let (table, columns) = (shown.table, shown.columns());
    let rows: Vec<Value> = table.rows.iter().map(|one| row(one, columns, paper)).collect();
    let query = &table.query;
    let mut value = json!({
        "from": query.period.from,
        "to": query.period.to,
        "kind": query.kind,
        "by": query.by,
        "then_by": query.then_by,
        "rows": rows,
        "total": measures(&table.total, columns),
    });
    if let Some(before) = query.compared_with() {
        value["compared_with"] = json!({ "from": before.from, "to": before.to });
        value["total"]["before"] = json!(table.before.as_ref().map(|before| measures(before, columns)));
    }
    serde_json::to_writer_pretty(&mut *out, &value)?;
    Ok(writeln!(out)?)
}

fn row(row: &Row, columns: &[Column], paper: &Paper<'_>) -> Value {
    let mut value = measures(&row.measures, columns);
    value["name"] = json!(one_line(&paper.words.group(&row.group)));
    value["id"] = id(&row.group);
    if let Some(before) = &row.before {
        value["before"] = measures(before, columns);
    }
    if !row.rows.is_empty() {
        let rows: Vec<Value> = row.rows.iter().map(|one| self::row(one, columns, paper)).collect();
        value["rows"] = json!(rows);
    }
    value
}

/// What a group stands for, whatever it is called; nothing where it is not known.
fn id(group: &Group) -> Value {
    match group {
        Group::Employee(id) => json!(id),
        Group::Outcome(outcome) => json!(outcome),
        Group::Topic(id) => json!(id),
        Group::Channel(id) => json!(id),
        Group::CallerType(id) => json!(id),
        Group::Branch(id) => json!(id),
        Group::Line(name) | Group::Speciality(name) => json!(name.as_deref().map(one_line)),
        Group::Direction(direction) => json!(direction),
        Group::Day(day) | Group::Week(day) | Group::Month(day) => json!(day),
        Group::Weekday(number) | Group::Hour(number) => json!(number),
        Group::Familiarity(familiarity) => json!(familiarity),
        Group::All => Value::Null,
    }
}

/// Seconds are sums, percents are of calls taken, money is roubles as text, so that no kopeck is rounded.
fn measures(figures: &Measures, columns: &[Column]) -> Value {
    Value::Object(columns.iter().map(|column| measure(figures, *column)).collect())
}

fn measure(figures: &Measures, column: Column) -> (String, Value) {
    let (key, value) = match column {
        Measure::Calls => ("calls", json!(figures.calls)),
        Measure::Taken => ("taken", json!(figures.taken)),
        Measure::Missed => ("missed", json!(figures.missed)),
        Measure::Wait => ("wait_s", json!(figures.wait.as_secs_f64())),
        Measure::Talk => ("talk_s", json!(figures.talk.as_secs_f64())),
        Measure::Booked => ("booked", json!(figures.booked)),
        Measure::BookedPercent => ("booked_percent", json!(figures.booked_percent())),
        Measure::Held => ("held", json!(figures.held)),
        Measure::HeldPercent => ("held_percent", json!(figures.held_percent())),
        Measure::Money => ("money", json!(plain_roubles(figures.money))),
        Measure::AverageMoney => ("average_money", json!(figures.average_money().map(plain_roubles))),
    };
    (key.to_owned(), value)
}

/// Counts and seconds as they are: every formula can be reckoned from them.
pub fn metrics(
    query: &Query,
    metrics: &Metrics,
    losses: &Losses,
    out: &mut (dyn Write + Send),
) -> Result<(), Error> {
    let value = json!({
        "from": query.period.from,
        "to": query.period.to,
        "answered": metrics.answered,
        "abandoned": metrics.abandoned,
        "answered_in_time": metrics.answered_in_time,
        "abandoned_in_time": metrics.abandoned_in_time,
        "abandoned_short": metrics.abandoned_short,
        "answer": spread(&metrics.answer),
        "abandon": spread(&metrics.abandon),
        "taken": metrics.taken,
        "talk_s": metrics.talk.as_secs_f64(),
        "wrapped": metrics.wrapped,
        "wrap_up_s": metrics.wrap_up.as_secs_f64(),
        "booked": metrics.booked,
        "missed_calls": metrics.debts,
        "lost": {
            "patients": losses.patients,
            "bookings": losses.bookings().ok(),
            "money": losses.money().ok().map(plain_roubles),
        },
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    Ok(writeln!(out)?)
}

fn spread(spread: &Spread) -> Value {
    json!({
        "sum_s": spread.sum.as_secs_f64(),
        "median_s": spread.median.as_secs_f64(),
        "p90_s": spread.p90.as_secs_f64(),
        "longest_s": spread.longest.as_secs_f64(),
    })
}

/// One object for each call; directories' entries by their names, null where nothing is known.
pub fn calls<'w>(paper: &'w Paper<'w>, out: &'w mut (dyn Write + Send)) -> Result<Calls<'w>, Error> {
    out.write_all(b"[")?;
    Ok(Calls { paper, out, is_first: true })
}

pub struct Calls<'w> {
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
    is_first: bool,
}

impl Listing for Calls<'_> {
    fn put(&mut self, call: &CallRow) -> Result<(), Error> {
        let comma = if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" };
        self.out.write_all(comma.as_bytes())?;
        Ok(serde_json::to_writer_pretty(&mut *self.out, &self::call(call, self.paper))?)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        let end = if self.is_first { "]\n" } else { "\n]\n" };
        Ok(self.out.write_all(end.as_bytes())?)
    }
}

fn call(call: &CallRow, paper: &Paper<'_>) -> Value {
    let directories = paper.words.directories;
    json!({
        "id": call.id,
        "started_at": paper.words.look.local(call.started_at).to_rfc3339(),
        "direction": call.direction,
        "number": number(&call.remote),
        "withheld": call.remote == Remote::Withheld,
        "person": call.person_name.as_deref().map(harmless),
        "line": call.line.as_deref().map(harmless),
        "channel": call.channel.and_then(|id| directories.channel(id)).map(|entry| harmless(&entry.name)),
        "branch": call.branch.and_then(|id| directories.branch(id)).map(|entry| harmless(&entry.name)),
        "result": call.result,
        "outcome": call.outcome,
        "employee": call.employee.and_then(|id| directories.employee(id)).map(|entry| harmless(&entry.name)),
        "agent": call.agent.as_deref().map(harmless),
        "caller_type": call.caller_type.and_then(|id| directories.caller_type(id)).map(|entry| harmless(&entry.name)),
        "topic": call.topic.and_then(|id| directories.topic(id)).map(|entry| harmless(&entry.name)),
        "wait_s": call.wait.as_secs_f64(),
        "talk_s": call.talk.as_secs_f64(),
        "recording": call.recording,
        "money": plain_roubles(call.money),
        "familiarity": call.familiarity,
        "speciality": call.speciality.as_deref().map(harmless),
        "comment": harmless(&call.comment),
        "stands": call.stands,
    })
}

fn number(remote: &Remote) -> Option<String> {
    match remote {
        Remote::Number(phone) => Some(phone.to_string()),
        Remote::Other(text) => Some(harmless(text)),
        Remote::Withheld => None,
    }
}

/// With its lines, without what could steer a terminal.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| is_visible(*c) || matches!(c, '\n' | '\t')).collect()
}
