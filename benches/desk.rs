//! What a key costs on a report of 100,000 open rows, day by line, and the frame after it. `cargo bench --bench desk`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::hint::black_box;

use chrono::{DateTime, Days, NaiveDate, Utc};
use criterion::Criterion;
use pult::desk::{Effect, Event, Key, Keymap, Language, RingKind, Setup, State, Theme, start, update, view};
use pult::domain::desk::{Reply, Request};
use pult::domain::money::Money;
use pult::domain::report::{Group, Measures, Query, Row, Table};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const DAYS: u64 = 2_000;
const LINES: u64 = 50;
const SIZE: (u16, u16) = (200, 60);

fn now() -> DateTime<Utc> {
    "2026-11-21T09:31:00Z".parse().unwrap()
}

fn setup() -> Setup {
    Setup {
        operator: None,
        operator_name: String::new(),
        extension: None,
        language: Language::Ru,
        words: None,
        zone: chrono_tz::Europe::Moscow,
        theme: Theme::preset("dark").unwrap(),
        keymap: Keymap::from_toml(None).unwrap(),
        ascii: false,
        ring: RingKind::Off,
        norms: Default::default(),
        abilities: pult::domain::desk::Abilities { transfer: true, ..Default::default() },
        size: SIZE,
    }
}

fn row(group: Group, calls: u64, rows: Vec<Row>) -> Row {
    let (taken, booked) = (calls * 9 / 10, calls / 3);
    let money = Money(booked as i64 * 1_234_500);
    let measures = Measures {
        calls,
        taken,
        missed: calls - taken,
        booked,
        held: booked / 2,
        money,
        ..Measures::default()
    };
    Row { group, measures, before: None, rows }
}

fn table(query: Query) -> Table {
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    let lines = |day: u64| {
        let line = |line: u64| row(Group::Line(Some(format!("7495{line:07}"))), day % 90 + line, vec![]);
        (0..LINES).map(line).collect()
    };
    let rows: Vec<Row> =
        (0..DAYS).map(|day| row(Group::Day(first + Days::new(day)), 4_000 + day, lines(day))).collect();
    let total = rows.iter().map(|row| row.measures).sum();
    Table { query, rows, total, before: None }
}

fn press(state: &mut State, name: &str) -> Vec<Effect> {
    update(state, Event::Key(name.parse::<Key>().unwrap()), now())
}

/// A report with every row open.
fn opened() -> State {
    let (mut state, _) = start(setup());
    press(&mut state, "f6");
    let asked = press(&mut state, "1").into_iter().find_map(|effect| match effect {
        Effect::Ask { ticket, request: Request::Report(query) } => Some((ticket, query)),
        _ => None,
    });
    let (ticket, query) = asked.expect("a report was asked");
    let reply = Ok(Reply::Report(Box::new(table(query))));
    update(&mut state, Event::Reply { ticket, reply }, now());
    press(&mut state, "*");
    state
}

fn main() {
    let mut state = opened();
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("a key on 102,000 rows", |bench| {
        bench.iter(|| {
            press(&mut state, "pagedown");
            press(&mut state, "k")
        });
    });
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buf = Buffer::empty(area);
    criterion.bench_function("its frame, 200x60", |bench| {
        bench.iter(|| view(&state, area, black_box(&mut buf), now()));
    });
    criterion.bench_function("a row opened and closed", |bench| {
        press(&mut state, "home");
        bench.iter(|| {
            press(&mut state, "enter");
            press(&mut state, "enter")
        });
    });
    criterion.bench_function("sorted anew", |bench| bench.iter(|| press(&mut state, "s")));
    criterion.final_summary();
}
