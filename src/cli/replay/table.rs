//! Calls as an aligned table for people.

use unicode_width::UnicodeWidthStr;

use super::line::{HandOver, Line};
use crate::domain::text;

const HEAD: [&str; 11] = [
    "started",
    "dir",
    "number",
    "line",
    "queue",
    "result",
    "agent",
    "wait",
    "talk",
    "hold",
    "name, transfers",
];

/// Every cell is cleaned again: the table goes to a terminal.
pub fn render(lines: &[Line]) -> String {
    let rows: Vec<[String; 11]> =
        std::iter::once(HEAD.map(str::to_owned)).chain(lines.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    rows.iter().map(|row| aligned(row, &widths)).collect()
}

fn aligned(row: &[String; 11], widths: &[usize]) -> String {
    let cell = |(text, width): (&String, &usize)| format!("{text}{}", " ".repeat(width - text.width()));
    let cells: Vec<String> = row.iter().zip(widths).map(cell).collect();
    format!("{}\n", cells.join("  ").trim_end())
}

fn row(line: &Line) -> [String; 11] {
    let number = if line.withheld { Some("withheld") } else { line.number.as_deref() };
    [
        line.started_at.format("%Y-%m-%d %H:%M:%SZ").to_string(),
        word(&line.direction),
        shown(number),
        shown(line.line.as_deref()),
        shown(line.queue.as_deref()),
        word(&line.result),
        shown(line.agent.as_deref()),
        format!("{:.1}", line.wait_s),
        format!("{:.1}", line.talk_s),
        format!("{:.1}", line.hold_s),
        remarks(line),
    ]
}

fn remarks(line: &Line) -> String {
    let transfer =
        |over: &HandOver| format!("-> {} ({}, {:.1})", text::clean(&over.to), word(&over.kind), over.talk_s);
    let name = line.name.as_deref().map(text::clean);
    name.into_iter().chain(line.transfers.iter().map(transfer)).collect::<Vec<_>>().join(" ")
}

fn shown(value: Option<&str>) -> String {
    value.map_or_else(|| "-".to_owned(), text::clean)
}

/// A value by the word it has in JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "-".to_owned(),
    }
}
