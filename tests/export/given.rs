//! A report and a list of calls, answered as an engine would, with names nobody should trust.

use std::time::Duration;

use chrono::{DateTime, Utc};
use pult::desk::{Language, Look, ReportNorms, ReportWords, Text};
use pult::domain::call::{CallResult, Direction};
use pult::domain::desk::{Figure, Refusal, Reply, Request};
use pult::domain::directory::{Directories, Topic};
use pult::domain::export::Content;
use pult::domain::id::{CallId, TopicId};
use pult::domain::metric::Metrics;
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::phone::{Phone, Remote};
use pult::domain::report::{
    CallRow, Comparison, Familiarity, Filter, Group, Kind, Level, Measure, Measures, Query, Row, Table,
};
use pult::export::{Error, Format, Paper, write};
use uuid::Uuid;

/// What spreadsheets, browsers and terminals could take for something else, and a name of 80 letters.
pub fn hostile() -> Vec<String> {
    let texts = [
        "=1+1",
        "+7",
        "-cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "\t=HYPERLINK(1)",
        "\r=1",
        "＝1+1",
        "a;\"b\",c",
        "</td><script>alert('x')</script>",
        "\u{1b}[2J\u{202e}&amp;\u{0}",
    ];
    texts.into_iter().map(str::to_owned).chain([format!("Ёл{}", "я".repeat(78))]).collect()
}

pub fn topic(nth: usize) -> TopicId {
    TopicId(Uuid::from_u128(nth as u128 + 1))
}

pub fn query() -> Query {
    Query {
        period: pult::domain::period::Period { from: day("2026-11-16"), to: day("2026-11-21") },
        kind: Kind::Calls,
        by: Level::Topic,
        then_by: Level::Day,
        filter: Filter::default(),
        compare: None,
    }
}

pub fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub fn table() -> Content {
    Content::Table { query: query(), columns: vec![], sorted: None }
}

pub fn compared() -> Content {
    let query = Query { compare: Some(Comparison::Previous), ..query() };
    Content::Table { query, columns: vec![Measure::Calls, Measure::Money], sorted: None }
}

pub fn list() -> Content {
    Content::Calls(Figure { query: query(), path: vec![], measure: Measure::Calls })
}

/// What `content` is written as, for a clinic whose topics have the names of `names`.
pub fn written(content: &Content, format: Format, language: Language, names: &[String]) -> Vec<u8> {
    try_written(content, format, language, names, &mut |request| Ok(answer(&request, names))).unwrap()
}

pub fn try_written(
    content: &Content,
    format: Format,
    language: Language,
    names: &[String],
    ask: &mut dyn FnMut(Request) -> Result<Reply, Refusal>,
) -> Result<Vec<u8>, Error> {
    let look = Look::on_paper(Text::new(language), chrono_tz::Europe::Moscow);
    let topics = names.iter().enumerate().map(|(nth, name)| Topic { id: topic(nth), name: name.clone() });
    let directories = Directories { topics: topics.collect(), ..Directories::default() };
    let now: DateTime<Utc> = "2026-11-21T09:31:00Z".parse().unwrap();
    let words = ReportWords { look: &look, directories: &directories };
    let mut out = Vec::new();
    write(content, format, &Paper::new(words, ReportNorms::default(), now), &mut out, ask)?;
    Ok(out)
}

pub fn answer(request: &Request, names: &[String]) -> Reply {
    match request {
        Request::Report(query) => Reply::Report(Box::new(report(query, names.len()))),
        Request::Drill { offset, limit, .. } => {
            let calls: Vec<CallRow> = (0..names.len()).map(|nth| call(nth, &names[nth])).collect();
            let rows = calls.iter().skip(*offset).take(*limit).cloned().collect();
            Reply::Calls { rows, total: Some(calls.len()) }
        }
        Request::Metrics { .. } => Reply::Metrics(Box::new(metrics())),
        Request::Gaps(_) => Reply::Gaps(vec![]),
        other => panic!("nobody should ask {other:?}"),
    }
}

/// One row of each topic with one day beneath it; any other question has one row.
fn report(query: &Query, topics: usize) -> Table {
    let row = |group, rows| Row { group, measures: measures(), before: before(query), rows };
    let inner = |level| match level {
        Level::Hour => vec![row(Group::Hour(9), vec![])],
        Level::Day => vec![row(Group::Day(day("2026-11-20")), vec![])],
        _ => vec![],
    };
    let rows = match query.by {
        Level::Topic => {
            (0..topics).map(|nth| row(Group::Topic(Some(topic(nth))), inner(query.then_by))).collect()
        }
        Level::Weekday => vec![row(Group::Weekday(4), inner(query.then_by))],
        Level::Day => inner(Level::Day),
        _ => vec![row(Group::Channel(None), vec![])],
    };
    Table { query: query.clone(), rows, total: measures(), before: before(query) }
}

fn before(query: &Query) -> Option<Measures> {
    query.compare.map(|_| Measures { calls: 7, money: Money(-5), ..Measures::default() })
}

fn metrics() -> Metrics {
    Metrics { answered: 1000, abandoned: 60, answered_in_time: 860, taken: 1200, ..Metrics::default() }
}

/// More was paid back than paid.
pub fn measures() -> Measures {
    Measures {
        calls: 1234,
        taken: 1000,
        missed: 234,
        wait: Duration::from_secs(1234 * 14),
        talk: Duration::from_secs(221_500),
        booked: 441,
        held: 2,
        money: Money(-120_050),
    }
}

pub fn call(nth: usize, text: &str) -> CallRow {
    CallRow {
        id: CallId(Uuid::from_u128(1000 + nth as u128)),
        started_at: "2026-11-20T21:30:05Z".parse().unwrap(),
        direction: Direction::Incoming,
        remote: if nth == 0 { Remote::Other(text.to_owned()) } else { Remote::Number(Phone(79_161_234_567)) },
        person: None,
        person_name: Some(text.to_owned()),
        line: Some(text.to_owned()),
        channel: None,
        branch: None,
        result: CallResult::Answered,
        outcome: Some(Outcome::NotBooked),
        employee: None,
        agent: Some(text.to_owned()),
        caller_type: None,
        topic: Some(topic(nth)),
        wait: Duration::from_millis(2_500),
        talk: Duration::from_secs(3723),
        recording: true,
        comment: format!("{text}\n{text}"),
        wrapped: true,
        money: Money(-120_050),
        familiarity: Some(Familiarity::New),
        speciality: Some(text.to_owned()),
        stands: true,
    }
}
