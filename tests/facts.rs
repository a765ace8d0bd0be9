//! Facts on random clinics, after every change: those kept up by the log are those read from scratch, and both are what
//! plain SQL says; so is every cell of every grouping of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "report/clinic.rs"]
#[allow(dead_code, reason = "the rules of the report use the rest")]
mod clinic;
#[path = "facts/fold.rs"]
mod fold;
#[path = "facts/naive.rs"]
mod naive;
#[path = "facts/rules.rs"]
mod rules;
#[path = "facts/steps.rs"]
mod steps;

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use pult::domain::fact::{CallNumber, Fact};
use pult::domain::link::Deed;
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::report::{Between, Filter, Group, Kind, Level, Query};
use pult::domain::visit::Stage;
use pult::store::facts::{self, Changes};
use pult::store::{Error, Store, report};

use clinic::{Clinic, ZONE, clinics, period};
use fold::{figures, fold, line};
use naive::Naive;
use steps::steps;

/// Facts as whoever keeps them has them.
struct Kept {
    facts: BTreeMap<CallNumber, Fact>,
    stamp: u64,
}

impl Kept {
    fn all(store: &Store) -> Kept {
        let mut facts = BTreeMap::new();
        let mut last = None;
        let take = |fact: &Fact| {
            assert!(last <= Some(fact.started_at), "oldest first");
            last = Some(fact.started_at);
            assert!(facts.insert(fact.number, fact.clone()).is_none(), "each once");
            Ok::<_, Error>(())
        };
        let stamp = facts::all(store, ZONE, &|_, _| (), take).unwrap();
        Kept { facts, stamp }
    }

    fn follow(&mut self, store: &Store) {
        let since = store.read(|conn| facts::since(conn, ZONE, self.stamp)).unwrap();
        match since.changes {
            Changes::Everything => *self = Kept::all(store),
            Changes::Some { facts, gone, lines } => {
                for (line, channel, branch) in lines {
                    let on_line = self.facts.values_mut().filter(|fact| fact.line.as_deref() == Some(&line));
                    on_line.for_each(|fact| (fact.channel, fact.branch) = (channel, branch));
                }
                gone.iter().for_each(|call| drop(self.facts.remove(call)));
                self.facts.extend(facts.into_iter().map(|fact| (fact.number, fact)));
            }
        }
        self.stamp = since.stamp;
    }

    fn lines(&self) -> BTreeMap<u32, String> {
        self.facts.iter().map(|(number, fact)| (number.0, line(fact))).collect()
    }
}

/// A filter and the same in SQL.
fn filters(clinic: &Clinic) -> Vec<(Filter, String)> {
    let topic = clinic.topic("Гигиена");
    let between = Between { least: Some(Duration::from_secs(60)), most: Some(Duration::from_secs(1200)) };
    let mut filters = vec![
        (Filter::default(), "1".to_owned()),
        (Filter { patients_only: true, ..Filter::default() }, "counts".into()),
        (
            Filter::only([Outcome::Missed, Outcome::NotBooked].map(|it| Group::Outcome(Some(it)))),
            "outcome IN ('missed', 'not_booked')".into(),
        ),
        (
            Filter::only([
                Group::Topic(Some(topic)),
                Group::Topic(None),
                Group::Line(Some("74950000001".into())),
            ]),
            format!("topic IN ('{}', '-') AND line = '74950000001'", fold::hex(Some(topic.0))),
        ),
        (
            Filter { talk: between, recording: Some(false), ..Filter::default() },
            "talk BETWEEN 60000 AND 1200000 AND NOT recording".into(),
        ),
        (Filter { comment: Some(true), ..Filter::default() }, "comment <> ''".into()),
        (
            Filter { text: "бол ЗУБ".into(), ..Filter::default() },
            "comment IN ('зуб болит', 'Больница, зубы')".into(),
        ),
        (Filter { text: "Елк\"* OR".into(), ..Filter::default() }, "0".into()),
        (Filter { text: "елк".into(), ..Filter::default() }, "comment = 'ёлка'".into()),
        (Filter { number: "8 (942) 000-00-02".into(), ..Filter::default() }, "phone = 79420000002".into()),
        (
            Filter { number: "21".into(), ..Filter::default() },
            "instr(phone, '21') OR instr(other, '21')".into(),
        ),
    ];
    if let Some(person) = clinic.find("p1") {
        let id = format!("x'{}'", person.0.simple());
        filters.push((
            Filter { person: Some(person), ..Filter::default() },
            format!("who = {id} OR about = {id}"),
        ));
    }
    filters
}

/// Every grouping of two levels that meet in this case, and every one of one level.
fn assert_figures(clinic: &Clinic, kept: &Kept, seed: usize) {
    let naive = Naive::read(&clinic.path());
    assert_eq!(kept.lines(), naive.facts());
    let filters = filters(clinic);
    let (filter, condition) = filters[seed % filters.len()].clone();
    let found = clinic.store.read(|conn| facts::matching(conn, &filter)).unwrap();
    assert_eq!(found.is_some(), filter.asks_the_store());
    let facts =
        kept.facts.values().filter(|fact| found.as_ref().is_none_or(|found| found.contains(fact.number)));
    let facts: Vec<Fact> = facts.cloned().collect();
    for kind in [Kind::Calls, Kind::Patients] {
        naive.count(kind, &condition);
        let two = [(Level::ALL[seed % 16], Level::ALL[seed / 16 % 16])];
        for (by, then_by) in Level::ALL.map(|level| (level, Level::None)).into_iter().chain(two) {
            let query = Query { period: period(), kind, by, then_by, filter: filter.clone(), compare: None };
            assert_eq!(figures(&fold(&facts, &query)), naive.figures(by, then_by), "{query:?}");
        }
    }
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
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn facts_follow_every_change_and_say_what_the_store_says(
        clinic in clinics(),
        steps in steps(),
        seed in any::<usize>(),
    ) {
        let clinic = Clinic::open(clinic);
        let mut kept = Kept::all(&clinic.store);
        assert_figures(&clinic, &kept, seed);
        for (place, step) in steps.into_iter().enumerate() {
            step.take(&clinic);
            kept.follow(&clinic.store);
            let scratch = Kept::all(&clinic.store);
            prop_assert_eq!(&kept.facts, &scratch.facts);
            prop_assert_eq!(kept.stamp, scratch.stamp);
            assert_figures(&clinic, &kept, seed.wrapping_add(place));
        }
        assert_details(&clinic, &kept);
        let clinic = clinic.reopen();
        prop_assert_eq!(&kept.facts, &Kept::all(&clinic.store).facts);
        let since = clinic.store.read(|conn| facts::since(conn, ZONE, kept.stamp)).unwrap();
        prop_assert_eq!(since.changes, Changes::Some { facts: vec![], gone: vec![], lines: vec![] });
    }
}
