//! The pictures beside the table: what they ask, what they show at every size, and the calls they open into.

use std::time::Duration;

use pult::desk::Language;
use pult::domain::desk::{Refusal, Reply, Request};
use pult::domain::metric::{Debts, Metrics, Spread};
use pult::domain::money::Money;
use pult::domain::period::Period;
use pult::domain::report::{Group, Kind, Level, Measures, Query, Row, Table};

use super::fixture::{self, Desk, Look, MAPS, PLAIN, SITE, measures, row};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
/// Key presses from the table, and what they lead to.
const PANES: [(&str, &str); 5] =
    [("v", "heat"), ("v v", "trend"), ("v v v", "funnel"), ("V V", "channels"), ("V", "metrics")];

/// As the sample clinic would: it works from 8 to 21, less on Sundays, and is called most at ten on Mondays.
fn reply(request: &Request) -> Reply {
    match request {
        Request::Report(query) => Reply::Report(Box::new(table(query))),
        Request::Metrics { .. } => Reply::Metrics(Box::new(METRICS)),
        other => fixture::reply(other),
    }
}

fn table(query: &Query) -> Table {
    let rows = match query.by {
        Level::Weekday => (0..7).map(weekday).collect(),
        Level::Day | Level::Week => days(query),
        Level::Channel => channels(),
        Level::None => vec![row(Group::All, measures(800, 320, 560_000_000), vec![])],
        _ => return fixture::table(query),
    };
    let total = rows.iter().map(|row| row.measures).sum();
    Table { query: query.clone(), rows, total, before: None }
}

fn weekday(day: u8) -> Row {
    let calls = |hour: u8| match (day, hour) {
        (6, 9..15) => 3,
        (6, _) => 0,
        (_, 8..12) => 150 - 10 * u64::from(day) - 9 * u64::from(hour.abs_diff(10)),
        (_, 12..21) => 70 - 3 * u64::from(hour.abs_diff(16)) - u64::from(day),
        _ => 0,
    };
    let hour = |hour| row(Group::Hour(hour), measures(calls(hour), calls(hour) / 3, 0), vec![]);
    let rows: Vec<Row> = (0..24).filter(|hour| calls(*hour) > 0).map(hour).collect();
    row(Group::Weekday(day), rows.iter().map(|row| row.measures).sum(), rows)
}

fn days(query: &Query) -> Vec<Row> {
    let Period { from, to } = query.period;
    let first = match query.by {
        Level::Week => from.week(chrono::Weekday::Mon).first_day(),
        _ => from,
    };
    let step = if query.by == Level::Week { 7 } else { 1 };
    let later = u64::from(query.period.to >= fixture::noon().date_naive());
    first
        .iter_days()
        .step_by(step)
        .take_while(|day| *day <= to)
        .enumerate()
        .filter(|(nth, _)| nth % 7 != 6)
        .map(|(nth, day)| {
            let calls = 40 + 5 * (nth as u64 % 5) + 9 * later * (nth as u64 % 3);
            let group = if query.by == Level::Week { Group::Week(day) } else { Group::Day(day) };
            row(group, measures(calls, calls / 3, 250_000 * calls as i64), vec![])
        })
        .collect()
}

fn channels() -> Vec<Row> {
    let channel = |id, calls, booked, money| row(Group::Channel(id), measures(calls, booked, money), vec![]);
    vec![
        channel(None, 300, 20, 12_000_000),
        channel(Some(MAPS), 250, 120, 241_030_000),
        channel(Some(SITE), 40, 4, -250_000),
    ]
}

const METRICS: Metrics = Metrics {
    answered: 1000,
    abandoned: 60,
    answered_in_time: 860,
    abandoned_in_time: 20,
    abandoned_short: 10,
    answer: Spread {
        sum: Duration::from_secs(13_000),
        median: Duration::from_secs(9),
        p90: Duration::from_secs(31),
        longest: Duration::from_secs(190),
    },
    abandon: Spread {
        sum: Duration::from_secs(1_800),
        median: Duration::from_secs(25),
        p90: Duration::from_secs(61),
        longest: Duration::from_secs(140),
    },
    taken: 1200,
    talk: Duration::from_secs(265_000),
    wrapped: 900,
    wrap_up: Duration::from_secs(36_000),
    booked: 452,
    debts: Debts { open: 12, attempted: 5, came_through: 11, called_back_late: 7, called_back_in_time: 25 },
};

fn answer(desk: &mut Desk) {
    while !desk.asked.is_empty() {
        for (ticket, request) in std::mem::take(&mut desk.asked) {
            desk.answer(ticket, Ok(reply(&request)));
        }
    }
}

fn pictured(look: Look, keys: &str) -> Desk {
    let mut desk = Desk::new(look);
    desk.press("f6 1");
    answer(&mut desk);
    desk.press(keys);
    answer(&mut desk);
    desk
}

#[test]
fn every_pane_at_every_size_in_both_languages() {
    for size in SIZES {
        for (language, tag) in [(Language::Ru, "ru"), (Language::En, "en")] {
            for (keys, name) in PANES {
                let desk = pictured(Look { size, language, ..PLAIN }, keys);
                insta::assert_snapshot!(format!("{name}_{tag}_{}", size.0), desk.screen());
            }
        }
    }
}
