//! The report on random clinics, from the store through facts and the ledger to the answer, against the same rules told
//! the long way round, and the rules one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "report/asked.rs"]
mod asked;
#[path = "report/clinic.rs"]
mod clinic;
#[path = "report/naive.rs"]
mod naive;
#[path = "report/rules.rs"]
mod rules;

use chrono::Days;
use proptest::prelude::*;
use pult::domain::desk::{Figure, Reply};
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::report::{Filter, Group, Kind, Level, Measure, Query};

use clinic::{Clinic, clinics, period};

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
        let figures = clinic.figures();
        let filter = filters(&clinic).remove(filter);
        let query = Query { period: period(), kind, by, then_by, filter, compare: None };
        let table = asked::table(&figures, &query);
        let naive = naive::contacts(&clinic, &query);
        prop_assert_eq!(table.total, naive::total(&naive));
        for row in &table.rows {
            prop_assert_eq!(row.measures, naive::total_of(&naive, &[(by, &row.group)]));
            for inner in &row.rows {
                let path = [(by, &row.group), (then_by, &inner.group)];
                prop_assert_eq!(inner.measures, naive::total_of(&naive, &path));
            }
        }
        asked::walk(&figures, &table);
        figures.save();
        drop(figures);
        let clinic = clinic.reopen();
        prop_assert_eq!(asked::table(&clinic.figures(), &query), table);
    }

    #[test]
    fn a_history_says_of_a_call_what_the_report_says(clinic in clinics()) {
        let clinic = Clinic::open(clinic);
        let figures = clinic.figures();
        for code in ["p1", "p2", "child"] {
            let person = clinic.person(code);
            let (by, then_by) = (Level::None, Level::None);
            let filter = Filter { person: Some(person), ..Filter::default() };
            let query = Query { period: always(), kind: Kind::Calls, by, then_by, filter, compare: None };
            let figure = Figure { query, path: vec![], measure: Measure::Calls };
            let rows = asked::drilled(&figures, &figure);
            let total = Some(rows.len());
            prop_assert_eq!(figures.history(person).unwrap(), Reply::Calls { rows, total });
        }
    }
}

/// Longer than anything in these clinics.
fn always() -> Period {
    Period { from: period().from - Days::new(9), to: period().to + Days::new(9) }
}
