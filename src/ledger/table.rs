//! The table: two levels of totals, and the period it is compared with.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Ledger;
use super::grid::Plan;
use super::question::Question;
use crate::domain::fact::Numbers;
use crate::domain::period::Period;
use crate::domain::report::{Level, Measures, Query, Row, Table};

/// The figures of one cell, now and in the period compared with.
type Pair = (Measures, Measures);

impl Ledger {
    /// `matching` are the calls that the store found for what only it can tell of the filter.
    pub fn table(&self, query: &Query, matching: Option<&Numbers>) -> Table {
        let before = query.compared_with();
        let spans =
            [Some(query.period), before].map(|period| period.map_or(0..0, |period| self.range(period)));
        let hull = match before {
            Some(_) => spans[0].start.min(spans[1].start)..spans[0].end.max(spans[1].end),
            None => spans[0].clone(),
        };
        let plan = Plan::new(query, &self.names, self.stretch(hull));
        let mut cells: BTreeMap<[usize; 2], Pair> = BTreeMap::new();
        for (codes, measures) in self.cells(&plan, query, query.period, matching) {
            cells.entry(codes).or_default().0 = measures;
        }
        for (codes, measures) in before.map_or(vec![], |before| self.cells(&plan, query, before, matching)) {
            cells.entry(codes).or_default().1 = measures;
        }
        let total = sum(cells.values());
        let kept = |measures| before.map(|_| measures);
        Table {
            query: query.clone(),
            rows: rows(&plan, query, &cells),
            total: total.0,
            before: kept(total.1),
        }
    }

    fn cells(
        &self,
        plan: &Plan,
        query: &Query,
        period: Period,
        matching: Option<&Numbers>,
    ) -> Vec<([usize; 2], Measures)> {
        let question = Question::of(self, query, period, matching);
        let (mut grid, second) = question.halves(|range| plan.count(&question, range));
        second.iter().for_each(|second| grid.merge(second));
        grid.filled(plan)
    }
}

fn rows(plan: &Plan, query: &Query, cells: &BTreeMap<[usize; 2], Pair>) -> Vec<Row> {
    let kept = |measures| query.compare.map(|_| measures);
    let cells: Vec<(&[usize; 2], &Pair)> = cells.iter().collect();
    let row = |inside: &[(&[usize; 2], &Pair)]| {
        let inner = |(codes, pair): &(&[usize; 2], &Pair)| Row {
            group: plan.axes[1].group(codes[1]),
            measures: pair.0,
            before: kept(pair.1),
            rows: vec![],
        };
        let inner: Vec<Row> = match query.then_by {
            Level::None => vec![],
            _ => inside.iter().map(inner).collect(),
        };
        let (measures, before) = sum(inside.iter().map(|(_, pair)| *pair));
        Row { group: plan.axes[0].group(inside[0].0[0]), measures, before: kept(before), rows: sorted(inner) }
    };
    sorted(cells.chunk_by(|one, next| one.0[0] == next.0[0]).map(row).collect())
}

fn sum<'p>(pairs: impl Iterator<Item = &'p Pair> + Clone) -> Pair {
    (pairs.clone().map(|pair| pair.0).sum(), pairs.map(|pair| pair.1).sum())
}

/// Most calls first, times in their own order.
fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    match rows.first().is_some_and(|row| row.group.is_of_time()) {
        true => rows.sort_by(|one, other| one.group.cmp(&other.group)),
        false => rows.sort_by(|one, other| {
            let key = |row: &Row| Reverse(row.measures.calls);
            key(one).cmp(&key(other)).then_with(|| one.group.cmp(&other.group))
        }),
    }
    rows
}
