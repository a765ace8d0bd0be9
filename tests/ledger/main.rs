//! The ledger against a naive recomputation over the same facts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cache;
mod given;
mod limits;
mod naive;

use std::collections::BTreeMap;
use std::ops::Range;

use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use pult::domain::desk::Figure;
use pult::domain::fact::{CallNumber, Fact, Numbers};
use pult::domain::id::{BranchId, ChannelId};
use pult::domain::metric::Norms;
use pult::domain::report::{Group, Level, Measure, Query, Table};
use pult::ledger::{Builder, Ledger};

use given::{CLOCKS, LINES};
use naive::Naive;

#[derive(Clone, Debug)]
enum Change {
    Put(Box<Fact>),
    Remove(CallNumber),
    Relabel(&'static str, Option<ChannelId>, Option<BranchId>),
}

#[derive(Clone, Debug)]
struct Given {
    zone: Tz,
    facts: Vec<Fact>,
    changes: Vec<Change>,
    queries: Vec<Query>,
    matching: Option<Numbers>,
}

fn given() -> impl Strategy<Value = Given> {
    let near = |(zone, base): (Tz, &'static str)| {
        let base = base.parse().unwrap();
        let change = prop_oneof![
            6 => given::fact(base).prop_map(|fact| Change::Put(Box::new(fact))),
            2 => (0u32..200).prop_map(|number| Change::Remove(CallNumber(number))),
            1 => (select(&LINES), given::id(ChannelId), given::id(BranchId))
                .prop_map(|(line, channel, branch)| Change::Relabel(line, channel, branch)),
        ];
        let facts = proptest::collection::vec(given::fact(base), 0..60);
        let changes = proptest::collection::vec(change, 0..30);
        let queries = proptest::collection::vec(given::query(base), 6);
        let matching =
            proptest::option::weighted(0.2, proptest::collection::vec((0u32..200).prop_map(CallNumber), 90));
        (facts, changes, queries, matching).prop_map(move |(facts, changes, queries, matching)| Given {
            zone,
            facts,
            changes,
            queries,
            matching: matching.map(|numbers| numbers.into_iter().collect()),
        })
    };
    select(&CLOCKS).prop_flat_map(near)
}

fn built(facts: &BTreeMap<CallNumber, Fact>, zone: Tz) -> Ledger {
    let mut builder = Builder::new(zone);
    facts.values().rev().for_each(|fact| builder.push(fact).unwrap());
    builder.finish()
}

fn change(ledger: &mut Ledger, facts: &mut BTreeMap<CallNumber, Fact>, change: &Change) {
    match change {
        Change::Put(fact) => {
            ledger.put(fact).unwrap();
            facts.insert(fact.number, (**fact).clone());
        }
        Change::Remove(number) => {
            ledger.remove(*number);
            facts.remove(number);
        }
        Change::Relabel(line, channel, branch) => {
            ledger.relabel(line, *channel, *branch);
            for fact in facts.values_mut().filter(|fact| fact.line.as_deref() == Some(*line)) {
                fact.branch = *branch;
                if !fact.own_channel {
                    fact.channel = *channel;
                }
            }
        }
    }
}

/// Every figure of the query's table, and whatever it opens.
fn check(ledger: &Ledger, naive: &Naive, query: &Query) {
    assert_eq!(ledger.len(), naive.facts.len());
    let table = ledger.table(query, naive.matching);
    assert_eq!(table, naive.table(query), "{query:?}");
    let norms = Norms::default();
    assert_eq!(ledger.metrics(query, &norms, naive.matching), naive.metrics(query, &norms));
    for path in paths(&table) {
        for measure in Measure::ALL {
            check_figure(ledger, naive, &Figure { query: query.clone(), path: path.clone(), measure });
        }
    }
}

/// The total, some rows and some rows inside them.
fn paths(table: &Table) -> Vec<Vec<Group>> {
    let mut paths = vec![vec![]];
    for row in table.rows.iter().take(3) {
        paths.push(vec![row.group.clone()]);
        paths.extend(row.rows.iter().take(2).map(|inner| vec![row.group.clone(), inner.group.clone()]));
    }
    paths
}

fn check_figure(ledger: &Ledger, naive: &Naive, figure: &Figure) {
    let behind = naive.behind(figure);
    let wanted: Vec<(CallNumber, bool)> = behind
        .iter()
        .flat_map(|contact| contact.iter().enumerate().map(|(nth, fact)| (fact.number, nth == 0)))
        .collect();
    let drilled = |page: Range<usize>| {
        let calls = ledger.drill(figure, page, naive.matching);
        calls.iter().map(|call| (call.number, call.stands)).collect::<Vec<_>>()
    };
    assert_eq!(drilled(0..usize::MAX), wanted, "{figure:?}");
    let page = wanted.len() / 3..wanted.len() / 3 + 4;
    assert_eq!(drilled(page.clone()), wanted[page.start..page.end.min(wanted.len())]);
    let explanation = ledger.explain(figure, naive.matching);
    assert_eq!(explanation, naive.explain(figure), "{figure:?}");
    assert_eq!(ledger.size(figure, naive.matching), wanted.len());
    let left_out: u64 = explanation.left_out.iter().map(|(_, calls)| calls).sum();
    assert_eq!(explanation.considered, explanation.counted + left_out);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_question_is_answered_like_a_naive_recomputation(given in given()) {
        let mut facts: BTreeMap<CallNumber, Fact> =
            given.facts.iter().map(|fact| (fact.number, fact.clone())).collect();
        let mut ledger = built(&facts, given.zone);
        let compare = |ledger: &Ledger, facts: &BTreeMap<CallNumber, Fact>, queries: &[Query]| {
            let facts: Vec<Fact> = facts.values().cloned().collect();
            let naive = Naive { facts: &facts, zone: given.zone, matching: given.matching.as_ref() };
            queries.iter().for_each(|query| check(ledger, &naive, query));
        };
        compare(&ledger, &facts, &given.queries[..3]);
        for one in &given.changes {
            change(&mut ledger, &mut facts, one);
        }
        compare(&ledger, &facts, &given.queries[3..]);
    }
}

#[test]
fn every_pair_of_levels_is_right() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut given = given().new_tree(&mut runner).unwrap().current();
    while given.facts.len() < 40 {
        given = self::given().new_tree(&mut runner).unwrap().current();
    }
    let facts = given.facts.iter().map(|fact| (fact.number, fact.clone())).collect();
    let ledger = built(&facts, given.zone);
    let facts: Vec<Fact> = facts.into_values().collect();
    let naive = Naive { facts: &facts, zone: given.zone, matching: None };
    for by in Level::ALL {
        for then_by in Level::ALL {
            for query in &given.queries {
                let query = Query { by, then_by, ..query.clone() };
                assert_eq!(ledger.table(&query, None), naive.table(&query), "{query:?}");
            }
        }
    }
}
