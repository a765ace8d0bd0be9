//! Random clinics, after every change: facts kept up by the log are those read from scratch, both are what plain SQL says,
//! and so is every cell of every grouping, of the facts and of the ledger, also when the ledger was kept in its cache.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "report/asked.rs"]
mod asked;
#[path = "report/clinic.rs"]
#[allow(dead_code, reason = "the rules of the report use the rest")]
mod clinic;
#[path = "facts/fold.rs"]
mod fold;
#[path = "facts/kept.rs"]
mod kept;
#[path = "facts/naive.rs"]
mod naive;
#[path = "facts/question.rs"]
mod question;
#[path = "facts/rules.rs"]
mod rules;
#[path = "facts/steps.rs"]
mod steps;

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use pult::domain::fact::{CallNumber, Fact};
use pult::domain::link::Deed;
use pult::domain::money::Money;
use pult::domain::report::{Filter, Kind};
use pult::domain::visit::Stage;
use pult::engine::Figures;
use pult::store::facts::{self, Changes};
use pult::store::report;

use clinic::{Clinic, ZONE, clinics};
use fold::{before, fold, now};
use kept::Kept;
use naive::Naive;
use question::Question;
use steps::steps;

/// Whether the facts, and every cell that is asked of them, are as plain SQL has them.
fn assert_facts(clinic: &Clinic, kept: &Kept, question: &Question) {
    let naive = Naive::read(&clinic.path());
    assert_eq!(kept.lines(), naive.facts());
    let Question { filter, condition, period, .. } = question;
    let found = clinic.store.read(|conn| facts::matching(conn, filter)).unwrap();
    assert_eq!(found.is_some(), filter.asks_the_store());
    let facts =
        kept.facts.values().filter(|fact| found.as_ref().is_none_or(|found| found.contains(fact.number)));
    let facts: Vec<Fact> = facts.cloned().collect();
    for kind in [Kind::Calls, Kind::Patients] {
        naive.count(kind, condition, *period);
        for query in question.queries(kind) {
            assert_eq!(now(&fold(&facts, &query)), naive.cells(query.by, query.then_by), "{query:?}");
        }
    }
}

/// Whether the ledger says so too, of the period and of the one it is compared with.
fn assert_ledger(clinic: &Clinic, figures: &Figures, question: &Question) {
    let naive = Naive::read(&clinic.path());
    for kind in [Kind::Calls, Kind::Patients] {
        let tables: Vec<_> = question.queries(kind).map(|query| asked::table(figures, &query)).collect();
        naive.count(kind, &question.condition, question.period);
        for table in &tables {
            let (by, then_by) = (table.query.by, table.query.then_by);
            assert_eq!(now(table), naive.cells(by, then_by), "{:?}", table.query);
        }
        let Some(compare) = question.compare else { continue };
        naive.count(kind, &question.condition, question.period.before(compare));
        for table in &tables {
            let (by, then_by) = (table.query.by, table.query.then_by);
            assert_eq!(before(table), naive.cells(by, then_by), "{:?}", table.query);
        }
    }
}

/// Whether every cell of one grouping opens into what it counts.
fn assert_drills(figures: &Figures, question: &Question) {
    for kind in [Kind::Calls, Kind::Patients] {
        let query = question.queries(kind).last().unwrap();
        asked::walk(figures, &asked::table(figures, &query));
    }
}

/// As after the night: from a cache that is some changes behind, from one that is not, from none, and from one so old
/// that the log does not know any more what came after it.
fn assert_reopened(clinic: &Clinic, old: &[u8], question: &Question) {
    let cache = clinic.path().with_added_extension("ledger");
    let behind = clinic.figures();
    assert_ledger(clinic, &behind, question);
    behind.save();
    assert_ledger(clinic, &clinic.figures(), question);
    fs::remove_file(&cache).unwrap();
    assert_ledger(clinic, &clinic.figures(), question);
    fs::write(&cache, old).unwrap();
    assert_ledger(clinic, &clinic.figures(), question);
}

/// Details as people see them say what the facts say.
fn assert_details(clinic: &Clinic, kept: &Kept) {
    let numbers: Vec<CallNumber> = kept.facts.keys().rev().copied().collect();
    let rows = clinic.store.read(|conn| report::rows(conn, &numbers)).unwrap();
    assert_eq!(rows.len(), numbers.len());
    for ((_, row), fact) in rows.iter().zip(kept.facts.values().rev()) {
        assert_eq!((row.started_at, row.talk, row.result), (fact.started_at, fact.talk, fact.result));
        assert_eq!((row.employee, row.topic, row.caller_type), (fact.employee, fact.topic, fact.caller_type));
        assert_eq!(
            (row.line.as_deref(), row.channel, row.branch),
            (fact.line.as_deref(), fact.channel, fact.branch)
        );
        let links = clinic.store.read(|conn| report::links(conn, row.id, ZONE)).unwrap();
        let booked: Vec<_> = links.iter().filter(|link| link.deed == Deed::Booked).collect();
        assert_eq!(!booked.is_empty(), fact.booked);
        let held = booked.iter().filter(|link| link.stage == Stage::Held);
        assert_eq!(held.map(|link| link.money).sum::<Money>(), fact.money);
        assert!(links.iter().all(|link| (link.window().0..=link.window().1).contains(&link.at)));
    }
    let known: BTreeMap<_, _> =
        rows.into_iter().map(|(_, row)| row.id).zip(kept.facts.values().rev()).collect();
    for person in ["p1", "p2", "child"].into_iter().filter_map(|code| clinic.find(code)) {
        let filter = Filter { person: Some(person), ..Filter::default() };
        let theirs = clinic.store.read(|conn| facts::matching(conn, &filter)).unwrap().unwrap();
        let history = clinic.store.read(|conn| report::history(conn, person, ZONE)).unwrap();
        assert!(history.is_sorted_by_key(|row| std::cmp::Reverse(row.started_at)));
        assert_eq!(history.len(), kept.facts.keys().filter(|call| theirs.contains(**call)).count());
        for row in history {
            let fact = known[&row.id];
            let speciality = fact.speciality.as_deref();
            assert_eq!(
                (row.outcome, row.money, row.familiarity),
                (fact.outcome, fact.money, fact.familiarity)
            );
            assert_eq!(row.speciality.as_deref(), speciality);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn facts_and_the_ledger_follow_every_change_and_say_what_the_store_says(
        clinic in clinics(),
        steps in steps(),
        saved in 0usize..8,
        seed in any::<usize>(),
    ) {
        let clinic = Clinic::open(clinic);
        let mut kept = Kept::all(&clinic.store);
        let figures = clinic.figures();
        let question = Question::of(&clinic, seed);
        assert_facts(&clinic, &kept, &question);
        assert_ledger(&clinic, &figures, &question);
        figures.save();
        let old = fs::read(clinic.path().with_added_extension("ledger")).unwrap();
        for (place, (step, seed)) in steps.into_iter().enumerate() {
            step.take(&clinic);
            kept.follow(&clinic.store);
            let scratch = Kept::all(&clinic.store);
            prop_assert_eq!(&kept.facts, &scratch.facts);
            prop_assert_eq!(kept.stamp, scratch.stamp);
            let question = Question::of(&clinic, seed);
            assert_facts(&clinic, &kept, &question);
            assert_ledger(&clinic, &figures, &question);
            if place == saved {
                figures.save();
            }
        }
        assert_details(&clinic, &kept);
        assert_drills(&figures, &question);
        drop(figures);
        let clinic = clinic.reopen();
        prop_assert_eq!(&kept.facts, &Kept::all(&clinic.store).facts);
        let since = clinic.store.read(|conn| facts::since(conn, ZONE, kept.stamp)).unwrap();
        prop_assert_eq!(since.changes, Changes::Some { facts: vec![], gone: vec![], lines: vec![] });
        assert_reopened(&clinic, &old, &Question::of(&clinic, seed));
    }
}
