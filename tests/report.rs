//! The report on random clinics against the same rules told the long way round, and the rules one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "report/clinic.rs"]
mod clinic;
#[path = "report/naive.rs"]
mod naive;
#[path = "report/rules.rs"]
mod rules;

use std::slice::from_ref;

use chrono::Days;
use proptest::prelude::*;
use pult::domain::call::CallResult;
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{CallRow, Filter, Group, Kind, Level, Measures, Query};
use pult::store::report;

use clinic::{Clinic, ZONE, clinics, period};

const LEVELS: [Level; 5] = [Level::Employee, Level::Outcome, Level::Topic, Level::Channel, Level::None];

fn filters(clinic: &Clinic) -> Vec<Filter> {
    let topic = clinic.topic("Гигиена");
    vec![
        Filter::default(),
        Filter { patients_only: true, ..Filter::default() },
        Filter::only([Outcome::Missed, Outcome::NotBooked].map(|it| Group::Outcome(Some(it)))),
        Filter::only([Group::Topic(Some(topic))]),
        Filter { person: Some(clinic.person("p1")), ..Filter::default() },
        Filter::only([Group::Line(Some("74950000001".into()))]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_is_what_the_rules_say_and_every_drill_adds_up(
        clinic in clinics(),
        kind in prop_oneof![Just(Kind::Calls), Just(Kind::Patients)],
        by in prop::sample::select(&LEVELS[..]),
        then_by in prop::sample::select(&LEVELS[..]),
        filter in 0usize..6,
    ) {
        let clinic = Clinic::open(clinic);
        let filter = filters(&clinic).remove(filter);
        let query = Query { period: period(), kind, by, then_by, filter, compare: None };
        let table = clinic.store.read(|connection| report::table(connection, &query, ZONE)).unwrap();
        let naive = naive::contacts(&clinic, &query);
        prop_assert_eq!(table.total, naive::total(&naive));
        prop_assert_eq!(sum(table.rows.iter().map(|row| row.measures)), table.total);
        for row in &table.rows {
            prop_assert_eq!(row.measures, naive::total_of(&naive, &[(by, &row.group)]));
            prop_assert_eq!(drilled(&clinic, &query, from_ref(&row.group)), row.measures);
            if then_by != Level::None {
                prop_assert_eq!(sum(row.rows.iter().map(|row| row.measures)), row.measures);
            }
            for inner in &row.rows {
                let path = [(by, &row.group), (then_by, &inner.group)];
                prop_assert_eq!(inner.measures, naive::total_of(&naive, &path));
                prop_assert_eq!(drilled(&clinic, &query, &[row.group.clone(), inner.group.clone()]), inner.measures);
            }
        }
    }

    #[test]
    fn a_history_says_of_a_call_what_the_report_says(clinic in clinics()) {
        let clinic = Clinic::open(clinic);
        for code in ["p1", "p2", "child"] {
            let person = clinic.person(code);
            let filter = Filter { person: Some(person), ..Filter::default() };
            let query = Query { period: always(), kind: Kind::Calls, by: Level::None, then_by: Level::None, filter, compare: None };
            let (listed, _) =
                clinic.store.read(|connection| report::calls(connection, &query, &[], 0..1000, ZONE)).unwrap();
            let mut history = clinic.store.read(|connection| report::history(connection, person, ZONE)).unwrap();
            // The list does not know these.
            history.iter_mut().for_each(|row| (row.familiarity, row.speciality) = (None, None));
            prop_assert_eq!(history, listed);
        }
    }
}

/// Longer than anything in these clinics.
fn always() -> Period {
    Period { from: period().from - Days::new(9), to: period().to + Days::new(9) }
}

fn sum(measures: impl Iterator<Item = Measures>) -> Measures {
    measures.sum()
}

/// The figures again, from nothing but the rows of the drill, read in small pages.
fn drilled(clinic: &Clinic, query: &Query, path: &[Group]) -> Measures {
    let mut rows: Vec<CallRow> = vec![];
    loop {
        let page = rows.len()..rows.len() + 3;
        let (more, total) =
            clinic.store.read(|connection| report::calls(connection, query, path, page, ZONE)).unwrap();
        rows.extend(more);
        if rows.len() >= total {
            assert_eq!(rows.len(), total);
            break;
        }
    }
    let starts: Vec<usize> = (0..rows.len()).filter(|place| rows[*place].stands).collect();
    assert!(rows.is_empty() || rows[0].stands);
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    starts.iter().zip(ends).map(|(start, end)| contact(&rows[*start..end])).sum()
}

fn contact(rows: &[CallRow]) -> Measures {
    let any = |is: fn(&CallRow) -> bool| u64::from(rows.iter().any(is));
    let taken = any(|row| row.result == CallResult::Answered);
    Measures {
        calls: 1,
        taken,
        missed: (1 - taken) * any(|row| row.result == CallResult::Missed),
        wait: rows.iter().map(|row| row.wait).sum(),
        talk: rows.iter().map(|row| row.talk).sum(),
        booked: any(|row| row.outcome == Some(Outcome::Booked)),
        // Every visit of these clinics that was held brought something.
        held: any(|row| row.money != Money(0)),
        money: rows.iter().map(|row| row.money).sum(),
    }
}
