//! A hundred thousand rows, day by line: a key touches no more of them than the screen shows.

use chrono::{Days, NaiveDate};
use pult::desk::Event;
use pult::domain::desk::{Reply, Request};
use pult::domain::report::{Group, Row, Table};

use super::fixture::{Desk, Look, PLAIN, measures, row};

const DAYS: u64 = 2_000;
const LINES: u64 = 50;

fn days() -> Vec<Row> {
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    let line = |day: u64| {
        move |line: u64| {
            row(Group::Line(Some(format!("7495{line:07}"))), measures(day % 90 + line, line, 0), vec![])
        }
    };
    let day = |day: u64| {
        row(
            Group::Day(first + Days::new(day)),
            measures(4_000 + day, 50, 0),
            (0..LINES).map(line(day)).collect(),
        )
    };
    (0..DAYS).map(day).collect()
}

fn opened() -> Desk {
    let mut desk = Desk::new(Look { size: (200, 60), ..PLAIN });
    desk.press("f6 1");
    let (ticket, request) = desk.asked.pop().unwrap();
    let Request::Report(query) = request else { panic!("{request:?}") };
    let table = Table { query, rows: days(), total: measures(8_000_000, 100_000, 0), before: None };
    desk.answer(ticket, Ok(Reply::Report(Box::new(table))));
    desk.press("*");
    desk
}

#[test]
fn all_of_them_are_gone_through_and_drawn() {
    let mut desk = opened();
    assert!(desk.screen().contains("1 из 102000"), "{}", desk.screen());
    // What looked at every row at each key would take minutes here.
    for _ in 0..300 {
        desk.press("j pagedown k");
        desk.buffer();
    }
    desk.press("end k");
    assert!(desk.screen().contains("102000 из 102000"), "{}", desk.screen());
    desk.press("left");
    assert!(desk.screen().contains("101950 из 102000"), "its day: {}", desk.screen());
    desk.press("enter");
    assert!(desk.screen().contains("101950 из 101950"), "{}", desk.screen());
    let before = desk.screen();
    desk.event(Event::Resize { width: 200, height: 60 });
    assert_eq!(desk.screen(), before);
}
