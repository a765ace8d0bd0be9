//! What the ledger refuses, and what it keeps exactly though it does not fit.

use std::sync::Arc;
use std::time::Duration;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use pult::domain::call::Direction;
use pult::domain::fact::{CallNumber, Fact, Party};
use pult::domain::money::Money;
use pult::domain::period::Period;
use pult::domain::report::{Filter, Group, Kind, Level, Query};
use pult::ledger::{Builder, Fault, Ledger};

use crate::given::{self, CLOCKS};

fn fact() -> Fact {
    let base = CLOCKS[0].1.parse().unwrap();
    given::fact(base).new_tree(&mut TestRunner::deterministic()).unwrap().current()
}

#[test]
fn what_no_code_is_left_for_is_counted_as_unknown() {
    let mut builder = Builder::new(CLOCKS[0].0);
    let one = fact();
    let line =
        |nth: u32| Fact { number: CallNumber(nth), line: Some(Arc::from(nth.to_string())), ..one.clone() };
    (0..65_535).for_each(|nth| builder.push(&line(nth)).unwrap());
    (65_535..65_537).for_each(|nth| builder.push(&line(nth)).unwrap());
    let (by, then_by, filter) = (Level::Line, Level::None, Filter::default());
    let day = one.started_at.with_timezone(&CLOCKS[0].0).date_naive();
    let query = Query { period: Period::day(day), kind: Kind::Calls, by, then_by, filter, compare: None };
    let table = builder.finish().table(&query, None);
    assert_eq!((table.total.calls, table.rows.len()), (65_537, 65_536));
    assert_eq!((&table.rows[0].group, table.rows[0].measures.calls), (&Group::Line(None), 2));
}

#[test]
fn a_call_that_stays_in_the_house_is_refused() {
    let mut ledger = Ledger::new(CLOCKS[0].0);
    let fact = Fact { direction: Direction::Internal, ..fact() };
    assert_eq!(ledger.put(&fact), Err(Fault::Internal(fact.number.0)));
    assert!(ledger.is_empty());
}

#[test]
fn a_person_whose_number_is_taken_by_strangers_is_refused() {
    let fact = Fact { party: Party::Person(1 << 31), ..fact() };
    assert_eq!(Ledger::new(CLOCKS[0].0).put(&fact), Err(Fault::Person(1 << 31)));
}

#[test]
fn a_time_out_of_range_is_refused() {
    let fact = Fact { started_at: chrono::DateTime::<chrono::Utc>::MAX_UTC, ..fact() };
    assert_eq!(Ledger::new(CLOCKS[0].0).put(&fact), Err(Fault::Time(fact.number.0)));
}

#[test]
fn sums_that_fit_no_column_are_exact_and_endless_talks_are_cut() {
    let mut ledger = Ledger::new(CLOCKS[0].0);
    let amounts = [i64::from(i32::MIN), i64::from(i32::MAX) + 1, -(1 << 40), 5];
    for (nth, money) in (0u32..).zip(amounts) {
        let talk = Duration::from_secs(u64::MAX / 10);
        ledger.put(&Fact { number: CallNumber(nth), money: Money(money), talk, ..fact() }).unwrap();
    }
    let day = fact().started_at.date_naive();
    let period = Period { from: day - chrono::Days::new(1), to: day + chrono::Days::new(1) };
    let (by, then_by, filter) = (Level::None, Level::None, Filter::default());
    let query = Query { period, kind: Kind::Calls, by, then_by, filter, compare: None };
    let total = ledger.table(&query, None).total;
    assert_eq!(total.money, Money(amounts.iter().sum()));
    assert_eq!(total.talk, Duration::from_millis(4 * u64::from(u32::MAX)));
}
