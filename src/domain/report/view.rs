//! The state of a report's screen: a question that stays true tomorrow, and how its answer is shown.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::level::Level;
use super::measure::Measure;
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
