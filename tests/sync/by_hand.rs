//! Calls that somebody wrote down while the provider was not heard, and the real ones.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pult::domain::call::{Direction, Snapshot};
use pult::domain::desk::{Change, ManualCall, Reply, Request};
use pult::domain::id::CallId;
use pult::domain::period::Period;
use pult::domain::phone::Remote;
use pult::domain::report::{Filter, Kind, Level, Query};
use pult::domain::wrapup::Fields;

use crate::fixture::*;

fn log(life: &Life, started_at: DateTime<Utc>) -> CallId {
    let manual = ManualCall {
        direction: Direction::Incoming,
        remote: Remote::Number(CALLER),
        started_at,
        talk: Duration::from_secs(60),
        answered: true,
    };
    match life.ask(Request::LogByHand(manual)) {
        Ok(Reply::Logged(call)) => call,
        other => panic!("{other:?}"),
    }
}

fn write_about(life: &Life, call: CallId) -> Fields {
    let Ok(Reply::Directories(directories)) = life.ask(Request::Directories) else { panic!() };
    let kind = directories.caller_types.iter().find(|entry| !entry.needs_topic).unwrap().id;
    let fields =
        Fields { caller_type: Some(kind), comment: "перезвонить".into(), ..Fields::default() };
    life.ask(Request::Save { call, fields: fields.clone() }).unwrap();
    fields
}

fn counted(life: &Life) -> u64 {
    let day = noon().date_naive();
    let period = Period { from: day, to: day };
    let filter = Filter::default();
    let query =
        Query { period, kind: Kind::Calls, by: Level::Outcome, then_by: Level::None, filter, compare: None };
    match life.ask(Request::Report(query)) {
        Ok(Reply::Report(table)) => table.total.calls,
        other => panic!("{other:?}"),
    }
}

fn opened(life: &Life, id: &str) -> pult::domain::desk::OpenCall {
    let call = life.store.read(|conn| pult::store::calls::id_of(conn, &key(id))).unwrap().unwrap();
    match life.ask(Request::Open(call)) {
        Ok(Reply::Opened(open)) => *open,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_call_written_down_in_a_gap_becomes_the_real_one() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    life.settle();
    clinic.set_clock(at(10));
    let said = log(&life, at(7));
    let fields = write_about(&life, said);
    assert_eq!(counted(&life), 1);

    clinic.has_in_record([talked("real", at(5), TimeDelta::minutes(1))]);
    clinic.set_clock(at(20));
    life.changes();
    life.up(at(20));
    life.wait_until("matched", |life| life.stored("real").is_some() && counted(life) == 1);
    life.wait_restored(whole(1, 1));
    life.settle();
    assert!(life.changes().contains(&Change::Gone(said)));
    assert_eq!(opened(&life, "real").wrapup.unwrap().fields, fields);
    assert_eq!(counted(&life), 1);

    // Read again after an hour, nothing more happens; after a restart neither.
    clinic.set_clock(at(90));
    life.wait_until("read late", |life| {
        life.cursor("test.calls.late_read_at").as_deref() == Some(at(90).to_rfc3339().as_str())
    });
    assert_eq!((counted(&life), opened(&life, "real").wrapup.unwrap().fields), (1, fields));
    life.end();
}

#[test]
fn one_written_down_after_the_real_one_came_is_the_real_one_at_once() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    life.settle();
    clinic.has_in_record([talked("real", at(5), TimeDelta::minutes(1))]);
    clinic.set_clock(at(20));
    life.up(at(20));
    life.wait_restored(whole(1, 1));
    let said = log(&life, at(7));
    let fields = write_about(&life, said);
    assert_eq!(opened(&life, "real").wrapup.unwrap().fields, fields);
    assert_eq!(counted(&life), 1);
    // The next one is another call: nobody becomes the same one twice.
    log(&life, at(6));
    assert_eq!(counted(&life), 2);
    life.end();
}

#[test]
fn outside_gaps_a_call_by_hand_is_a_call_of_its_own() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.settle();
    log(&life, at(1));
    clinic.has_in_record([talked("real", at(1), TimeDelta::minutes(1))]);
    clinic.set_clock(at(5));
    life.wait_until("read", |life| life.stored("real").is_some());
    assert_eq!(counted(&life), 2);
    life.end();
}

#[test]
fn a_call_that_was_over_before_the_gap_is_not_the_one_written_down_in_it() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    clinic.has_in_record([talked("heard", at(-3), TimeDelta::minutes(1))]);
    life.up(at(-5));
    life.wait_until("read", |life| life.stored("heard").is_some());
    life.down(at(0));
    life.settle();
    clinic.set_clock(at(10));
    let said = log(&life, at(4));
    assert_eq!(counted(&life), 2, "{said:?}");
    clinic.has_in_record([talked("unheard", at(5), TimeDelta::minutes(1))]);
    life.up(at(20));
    life.wait_restored(whole(1, 1));
    assert_eq!(counted(&life), 2);
    life.end();
}

#[test]
fn a_record_that_settles_nothing_is_matched_too() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    life.settle();
    log(&life, at(7));
    let rough = Snapshot { settled: false, ..talked("real", at(5), TimeDelta::minutes(1)) };
    clinic.has_in_record([rough]);
    clinic.set_clock(at(20));
    life.up(at(20));
    life.wait_restored(whole(1, 1));
    assert_eq!(counted(&life), 1);
    life.end();
}
