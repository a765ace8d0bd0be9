//! The table: two levels of totals, and the period it is compared with.

use std::cmp::Reverse;

use super::Ledger;
use super::grid::Plan;
use super::question::Question;
use crate::domain::fact::Numbers;
use crate::domain::period::Period;
use crate::domain::report::{Level, Measures, Query, Row, Table};

/// The figures of one cell, now and in the period compared with.
type Pair = (Measures, Measures);
/// By the codes of its two groups.
type Cell = ([usize; 2], Pair);

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
        let now = self.cells(&plan, query, query.period, matching);
        let earlier = before.map_or(vec![], |before| self.cells(&plan, query, before, matching));
        let none = Measures::default();
        let now = now.into_iter().map(|(codes, measures)| (codes, (measures, none)));
        let earlier = earlier.into_iter().map(|(codes, measures)| (codes, (none, measures)));
        let mut cells: Vec<Cell> = now.chain(earlier).collect();
        cells.sort_by_key(|(codes, _)| *codes);
        let total = sum(cells.iter());
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

/// `cells` are in order of their codes.
fn rows(plan: &Plan, query: &Query, cells: &[Cell]) -> Vec<Row> {
    let row = |level: usize, inside: &[Cell], rows: Vec<Row>| {
        let (measures, before) = sum(inside.iter());
        let group = plan.axes[level].group(inside[0].0[level]);
        Row { group, measures, before: query.compare.map(|_| before), rows: sorted(rows) }
    };
    let inner = |inside: &[Cell]| -> Vec<Row> {
        let same = inside.chunk_by(|one, next| one.0 == next.0);
        match query.then_by {
            Level::None => vec![],
            _ => same.map(|same| row(1, same, vec![])).collect(),
        }
    };
    let same = cells.chunk_by(|one, next| one.0[0] == next.0[0]);
    sorted(same.map(|same| row(0, same, inner(same))).collect())
}

fn sum<'c>(cells: impl Iterator<Item = &'c Cell> + Clone) -> Pair {
    (cells.clone().map(|(_, pair)| pair.0).sum(), cells.map(|(_, pair)| pair.1).sum())
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
