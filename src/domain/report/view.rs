//! The state of a report's screen: a question that stays true tomorrow, and how its answer is shown.

use std::cmp::Ordering;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::level::Level;
use super::measure::{Measure, Measures};
use super::{Comparison, Kind, Query};
use crate::domain::period::{Period, Span};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct View {
    pub when: When,
    pub kind: Kind,
    pub by: Level,
    pub then_by: Level,
    pub filter: Filter,
    pub compare: Option<Comparison>,
    pub pane: Pane,
    /// In the order of the screen; empty is all of them.
    pub columns: Vec<Column>,
    pub sorted: Option<Sorted>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Moves with the day it is asked on.
    Span(Span),
    Dates(Period),
}

/// How the answer is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    #[default]
    Table,
    /// The calls themselves.
    Calls,
    /// By hour and weekday.
    HeatMap,
    /// By day, with the period compared with.
    Trend,
    Funnel,
    /// Advertising channels by money.
    Channels,
    /// Service level, waits, abandonment, handling time, call-backs, and what misses cost.
    Metrics,
}

/// A column of the table.
pub type Column = Measure;

/// A column said again stands where it stood first.
pub fn each_once(columns: Vec<Column>) -> Vec<Column> {
    let mut once = Vec::new();
    for column in columns {
        if !once.contains(&column) {
            once.push(column);
        }
    }
    once
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sorted {
    pub by: Measure,
    pub order: Order,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    MostFirst,
    LeastFirst,
}

impl Sorted {
    /// How two rows stand to each other; what has nothing to count comes last either way.
    pub fn compare(self, one: &Measures, other: &Measures) -> Ordering {
        match (one.value(self.by), other.value(self.by)) {
            (Some(one), Some(other)) => match self.order {
                Order::MostFirst => other.total_cmp(&one),
                Order::LeastFirst => one.total_cmp(&other),
            },
            (one, other) => other.is_some().cmp(&one.is_some()),
        }
    }
}

impl When {
    pub fn period(self, today: NaiveDate) -> Period {
        match self {
            When::Span(span) => span.period(today),
            When::Dates(period) => period,
        }
    }
}

impl View {
    /// As a table, nothing filtered.
    pub fn new(when: When, kind: Kind, by: Level, then_by: Level) -> View {
        View {
            when,
            kind,
            by,
            then_by,
            filter: Filter::default(),
            compare: None,
            pane: Pane::Table,
            columns: Vec::new(),
            sorted: None,
        }
    }

    pub fn query(&self, today: NaiveDate) -> Query {
        Query {
            period: self.when.period(today),
            kind: self.kind,
            by: self.by,
            then_by: self.then_by,
            filter: self.filter.clone(),
            compare: self.compare,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_nothing_to_count_come_last_either_way() {
        let row = |calls, taken, booked| Measures { calls, taken, booked, ..Measures::default() };
        let rows = [row(3, 0, 0), row(9, 4, 1), row(5, 4, 3), row(1, 0, 0)];
        let sorted = |order| {
            let mut rows = rows;
            rows.sort_by(|one, other| Sorted { by: Measure::BookedPercent, order }.compare(one, other));
            rows.map(|row| row.calls)
        };
        assert_eq!(sorted(Order::MostFirst), [5, 9, 3, 1]);
        assert_eq!(sorted(Order::LeastFirst), [9, 5, 3, 1]);
    }
}
