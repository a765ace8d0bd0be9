//! The report as rows and columns.

use super::label::{Labels, plain};
use super::sheet::{Cell, Column, Sheet};
use crate::domain::call::{CallResult, Direction};
use crate::domain::phone::Remote;
use crate::domain::report::{CallRow, Kind, Level, Measures, Row, Table};
use crate::domain::text::is_visible;
use crate::domain::written::duration;

/// Both levels below each other, the total last.
pub fn table(table: &Table, labels: &Labels) -> Sheet {
    let mut rows = vec![];
    for row in &table.rows {
        rows.push(shown(labels.group(&row.group), &row.measures, labels));
        rows.extend(
            row.rows
                .iter()
                .map(|row| shown(format!("  {}", labels.group(&row.group)), &row.measures, labels)),
        );
    }
    rows.push(shown(labels.say("report-total"), &table.total, labels));
    let mut columns = vec![Column { key: "group", title: heading(table, labels) }];
    columns.extend(measure_columns(table, labels));
    Sheet { columns, rows }
}

/// One row for each group of the last level, so that a spreadsheet may add them up.
pub fn leaves(table: &Table, labels: &Labels) -> Sheet {
    let two = table.query.then_by != Level::None;
    let mut columns = vec![Column { key: "by", title: level(table.query.by, labels) }];
    columns.extend(two.then(|| Column { key: "then_by", title: level(table.query.then_by, labels) }));
    columns.extend(measure_columns(table, labels));
    let leaf = |path: &[&Row]| {
        let mut cells: Vec<Cell> = path.iter().map(|row| Cell::Text(labels.group(&row.group))).collect();
        cells.extend(path.last().map(|row| measures(&row.measures, labels)).unwrap_or_default());
        cells
    };
    let rows = table.rows.iter().flat_map(|row| match two {
        true => row.rows.iter().map(|inner| leaf(&[row, inner])).collect(),
        false => vec![leaf(&[row])],
    });
    Sheet { rows: rows.collect(), columns }
}

fn heading(table: &Table, labels: &Labels) -> String {
    match table.query.then_by {
        Level::None => level(table.query.by, labels),
        second => format!("{} / {}", level(table.query.by, labels), level(second, labels)),
    }
}

fn level(level: Level, labels: &Labels) -> String {
    let key = match level {
        Level::Employee => "report-level-employee",
        Level::Outcome => "report-level-outcome",
        Level::Topic => "report-level-topic",
        Level::Channel => "report-level-channel",
        Level::CallerType => "report-level-caller-type",
        Level::Branch => "report-level-branch",
        Level::Line => "report-level-line",
        Level::Direction => "report-level-direction",
        Level::Day => "report-level-day",
        Level::Week => "report-level-week",
        Level::Month => "report-level-month",
        Level::Weekday => "report-level-weekday",
        Level::Hour => "report-level-hour",
        Level::Speciality => "report-level-speciality",
        Level::Familiarity => "report-level-familiarity",
        Level::None => "report-all",
    };
    labels.desk.say(key).into_owned()
}

fn shown(name: String, figures: &Measures, labels: &Labels) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(name)];
    cells.extend(measures(figures, labels));
    cells
}

const COLUMNS: [(&str, &str); 11] = [
    ("calls", "report-calls"),
    ("taken", "report-taken"),
    ("missed", "report-missed"),
    ("average_wait_s", "report-wait"),
    ("average_talk_s", "report-talk"),
    ("booked", "report-booked"),
    ("booked_percent", "report-percent"),
    ("held", "report-held"),
    ("held_percent", "report-percent"),
    ("money", "report-money"),
    ("average_money", "report-average"),
];

fn measure_columns(table: &Table, labels: &Labels) -> impl Iterator<Item = Column> {
    COLUMNS.iter().map(|(key, title)| {
        let title = match (*key, table.query.kind) {
            ("calls", Kind::Patients) => "report-patients",
            _ => title,
        };
        Column { key, title: labels.say(title) }
    })
}

fn measures(figures: &Measures, labels: &Labels) -> Vec<Cell> {
    let seconds = |average: Option<std::time::Duration>| {
        Cell::number(average.map(|it| (duration(it), format!("{:.1}", it.as_secs_f64()))))
    };
    let percent =
        |percent: Option<f64>| Cell::number(percent.map(|it| (labels.percent(it), format!("{it:.1}"))));
    let money = |money| (labels.roubles(money), plain(money));
    vec![
        Cell::count(figures.calls),
        Cell::count(figures.taken),
        Cell::count(figures.missed),
        seconds(figures.average_wait()),
        seconds(figures.average_talk()),
        Cell::count(figures.booked),
        percent(figures.booked_percent()),
        Cell::count(figures.held),
        percent(figures.held_percent()),
        Cell::number(Some(money(figures.money))),
        Cell::number(figures.average_money().map(money)),
    ]
}

const CALL_COLUMNS: [&str; 15] = [
    "started_at",
    "direction",
    "number",
    "person",
    "line",
    "channel",
    "result",
    "outcome",
    "employee",
    "topic",
    "wait_s",
    "talk_s",
    "money",
    "stands",
    "comment",
];

pub fn calls(calls: &[CallRow], labels: &Labels) -> Sheet {
    let columns =
        CALL_COLUMNS.map(|key| Column { key, title: labels.say(&format!("call-{}", key.replace('_', "-"))) });
    Sheet { columns: columns.into(), rows: calls.iter().map(|call| call_cells(call, labels)).collect() }
}

fn call_cells(call: &CallRow, labels: &Labels) -> Vec<Cell> {
    let directories = labels.directories;
    let text = |text: Option<&str>| text.map_or(Cell::Text(String::new()), |text| Cell::Text(one_line(text)));
    let channel = call.channel.and_then(|id| directories.channel(id)).map(|entry| entry.name.as_str());
    let employee = call.employee.and_then(|id| directories.employee(id)).map(|entry| entry.name.as_str());
    let topic = call.topic.and_then(|id| directories.topic(id)).map(|entry| entry.name.as_str());
    let seconds = |it: std::time::Duration| Cell::Number {
        shown: duration(it),
        plain: format!("{:.1}", it.as_secs_f64()),
    };
    vec![
        Cell::Text(call.started_at.with_timezone(&labels.zone).format("%Y-%m-%d %H:%M:%S").to_string()),
        Cell::Text(labels.say(direction(call.direction))),
        number(&call.remote, labels),
        text(call.person_name.as_deref()),
        text(call.line.as_deref()),
        text(channel),
        Cell::Text(labels.say(result(call.result))),
        Cell::Text(labels.outcome(call.outcome)),
        text(employee),
        text(topic),
        seconds(call.wait),
        seconds(call.talk),
        Cell::Number { shown: labels.roubles(call.money), plain: plain(call.money) },
        Cell::count(u64::from(call.stands)),
        text(Some(&call.comment)),
    ]
}

/// For programs a number is its digits, so that nothing takes its plus for a formula.
fn number(remote: &Remote, labels: &Labels) -> Cell {
    match remote {
        Remote::Number(phone) => Cell::Number { shown: phone.international(), plain: phone.0.to_string() },
        Remote::Other(text) => Cell::Text(one_line(text)),
        Remote::Withheld => Cell::Text(labels.say("call-withheld")),
    }
}

/// Whole, however long: a comment is read in a spreadsheet too.
fn one_line(text: &str) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    line.chars().filter(|c| is_visible(*c)).collect::<String>().trim().to_owned()
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "call-in",
        Direction::Outgoing => "call-out",
        Direction::Internal => "call-internal",
    }
}

fn result(result: CallResult) -> &'static str {
    match result {
        CallResult::Answered => "call-answered",
        CallResult::Missed => "call-missed",
        CallResult::NoAnswer => "call-no-answer",
        CallResult::Busy => "call-busy",
        CallResult::Failed => "call-failed",
        CallResult::AgentNoAnswer => "call-agent-no-answer",
        CallResult::Rejected => "call-rejected",
    }
}
