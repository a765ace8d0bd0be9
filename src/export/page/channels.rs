//! Advertising channels by the money their calls brought.

use std::cmp::Reverse;

use super::super::cell::roubles;
use super::super::paper::Paper;
use super::markup::{bar, element, section};
use crate::domain::report::{Level, Row, Table};

/// More bars than this are no picture; the table has them all.
const SHOWN: usize = 15;

/// Nothing where no channel brought money.
pub fn draw(table: &Table, paper: &Paper<'_>) -> String {
    let mut rows: Vec<&Row> = table.rows.iter().filter(|row| row.measures.money.0 != 0).collect();
    rows.sort_by_key(|row| Reverse(row.measures.money));
    rows.truncate(SHOWN);
    let Some(most) = rows.iter().map(|row| row.measures.money.0).max() else { return String::new() };
    let one = |row: &&Row| {
        let money = row.measures.money;
        let share = money.0 as f64 / most.max(1) as f64;
        bar(&paper.words.group(&row.group), share, &format!("{} ₽", roubles(money)))
    };
    let bars: String = rows.iter().map(one).collect();
    section(&paper.words.level(Level::Channel), &element("table", "bars", &bars))
}
