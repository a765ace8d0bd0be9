use pult::desk::Language;
use pult::export::Format;
use serde_json::{Value, json};

use super::given::{compared, hostile, list, table, written};

fn read(content: &pult::domain::export::Content, names: &[String]) -> Value {
    serde_json::from_slice(&written(content, Format::Json, Language::Ru, names)).unwrap()
}

#[test]
fn a_table_has_both_levels_and_the_total() {
    let report = read(&table(), &["Имплантация".to_owned()]);
    let figures = json!({
        "calls": 1234, "taken": 1000, "missed": 234, "wait_s": 17276.0, "talk_s": 221500.0,
        "booked": 441, "booked_percent": 44.1, "held": 2, "held_percent": 0.2,
        "money": "-1200.50", "average_money": "-600.25",
    });
    assert_eq!(report["total"], figures);
    assert_eq!([&report["from"], &report["by"], &report["then_by"]], ["2026-11-16", "topic", "day"]);
    let row = &report["rows"][0];
    assert_eq!([&row["name"], &row["id"]], ["Имплантация", "00000000-0000-0000-0000-000000000001"]);
    assert_eq!([&row["rows"][0]["name"], &row["rows"][0]["id"]], ["20.11.2026 Пт", "2026-11-20"]);
}

#[test]
fn only_the_columns_asked_for_are_written() {
    let report = read(&compared(), &["Имплантация".to_owned()]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report["total"]), ["before", "calls", "money"]);
    assert_eq!(keys(&report["rows"][0]["before"]), ["calls", "money"]);
}

#[test]
fn figures_compared_with_stand_inside() {
    let report = read(&compared(), &["Имплантация".to_owned()]);
    assert_eq!(report["compared_with"], json!({ "from": "2026-11-10", "to": "2026-11-15" }));
    assert_eq!(report["total"]["before"]["money"], "-0.05");
    assert_eq!(report["rows"][0]["before"]["calls"], 7);
}

#[test]
fn a_list_keeps_the_comments_lines_and_no_trick() {
    let names = hostile();
    let calls = read(&list(), &names);
    assert_eq!(calls.as_array().unwrap().len(), names.len());
    assert_eq!(calls[0]["comment"], "=1+1\n=1+1");
    assert_eq!([&calls[1]["number"], &calls[1]["started_at"]], ["+79161234567", "2026-11-21T00:30:05+03:00"]);
    assert_eq!(calls[9]["person"], "[2J&amp;");
    assert_eq!(calls[9]["topic"], "[2J&amp;", "a directory's name is no safer");
    assert_eq!([&calls[0]["number"], &calls[0]["withheld"]], [&json!("=1+1"), &json!(false)]);
    assert_eq!(read(&list(), &[]), json!([]));
}

#[test]
fn the_metrics_are_what_the_formulas_are_reckoned_from() {
    let content =
        pult::domain::export::Content::Metrics { query: super::given::query(), formula: Default::default() };
    let metrics = read(&content, &[]);
    assert_eq!([&metrics["answered"], &metrics["answered_in_time"], &metrics["abandoned"]], [1000, 860, 60]);
    assert_eq!(metrics["missed_calls"]["open"], 0);
    assert_eq!(metrics["lost"]["patients"], 234);
}
