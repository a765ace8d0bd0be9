//! A long list comes by pages, and the clinic goes on working meanwhile.

use pult::desk::Language;
use pult::domain::desk::{Reply, Request};
use pult::domain::report::CallRow;
use pult::export::{Dialect, Format};

use super::given::{call, list, try_written};

/// What is written of `calls` by an engine that changes them by `change` after every page.
fn rows(mut calls: Vec<CallRow>, mut change: impl FnMut(&mut Vec<CallRow>)) -> Vec<String> {
    let format = Format::Separated(Dialect::OF_PROGRAMS);
    let mut ask = |request: Request| {
        let Request::Drill { offset, limit, .. } = request else { panic!("nobody should ask {request:?}") };
        let rows = calls.iter().skip(offset).take(limit).cloned().collect();
        let total = (offset + limit >= calls.len()).then_some(calls.len());
        change(&mut calls);
        Ok(Reply::Calls { rows, total })
    };
    let written = try_written(&list(), format, Language::En, &[], &mut ask).unwrap();
    let text = String::from_utf8(written).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap()[3].to_owned()).collect()
}

fn calls(count: usize) -> Vec<CallRow> {
    (0..count).map(|nth| call(nth, &nth.to_string())).collect()
}

fn names(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|nth| nth.to_string()).collect()
}

#[test]
fn calls_that_leave_the_list_between_pages_take_no_other_with_them() {
    let written = rows(calls(25_000), |calls| drop(calls.drain(..3)));
    assert!(written == names(0..25_000), "{} are written", written.len());
}

#[test]
fn calls_that_come_between_pages_repeat_none() {
    let mut next = 100_000;
    let written = rows(calls(25_000), |calls| {
        next += 1;
        calls.insert(0, call(next, "new"));
    });
    assert!(written == names(0..25_000), "{} are written", written.len());
}

#[test]
fn a_page_shorter_than_asked_for_is_not_the_end() {
    let mut calls = calls(25_000);
    let mut ask = |request: Request| {
        let Request::Drill { offset, limit, .. } = request else { panic!("nobody should ask {request:?}") };
        let rows = calls.iter().skip(offset).take(limit.min(700)).cloned().collect();
        Ok(Reply::Calls { rows, total: None })
    };
    let format = Format::Separated(Dialect::OF_PROGRAMS);
    let written = try_written(&list(), format, Language::En, &[], &mut ask).unwrap();
    assert_eq!(String::from_utf8(written).unwrap().lines().count(), 25_001);
    calls.truncate(0);
    assert!(rows(calls, |_| {}).is_empty());
}
