//! The rules that people ask about, one by one.

use std::fs;
use std::path::Path;

use pult::domain::call::{CallResult, Direction};
use pult::domain::clinic::CallRecord;
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::person::PersonKind;
use pult::domain::report::{Filter, Group, Kind, Level, Query, Table};
use pult::domain::visit::Stage;
use pult::engine::Figures;
use pult::store::clinic::Records;

use crate::asked;
use crate::clinic::{Clinic, Facts, NUMBERS, call, numbered, period, person, unanswered, visit, wrapup};

fn table(clinic: &Clinic, kind: Kind, filter: Filter) -> Table {
    let query =
        Query { period: period(), kind, by: Level::Outcome, then_by: Level::None, filter, compare: None };
    let figures = clinic.figures();
    let table = asked::table(&figures, &query);
    asked::walk(&figures, &table);
    table
}

fn counts(clinic: &Clinic, kind: Kind) -> Vec<(Option<Outcome>, u64)> {
    let group = |group: &Group| match group {
        Group::Outcome(outcome) => *outcome,
        _ => panic!("asked by outcome"),
    };
    let table = table(clinic, kind, Filter::default());
    let mut rows: Vec<_> = table.rows.iter().map(|row| (group(&row.group), row.measures.calls)).collect();
    rows.sort_unstable();
    rows
}

fn calls(calls: impl IntoIterator<Item = CallRecord>) -> Facts {
    Facts { calls: calls.into_iter().collect(), visits: vec![] }
}

#[test]
fn a_missed_call_reached_later_that_day_is_not_missed_by_patients() {
    let missed = || unanswered(call("c1", NUMBERS[0], 600, 0), CallResult::Missed);
    let mut back = call("c2", NUMBERS[1], 640, 3);
    back.snapshot.direction = Direction::Outgoing;
    // From the family's number, to the one who was missed on their own.
    back.wrapup = Some(wrapup(Some("p1"), None));
    let clinic = Clinic::open(calls([missed(), back.clone()]));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 1)]);
    assert_eq!(counts(&clinic, Kind::Calls), [(Some(Outcome::NotBooked), 1), (Some(Outcome::Missed), 1)]);
    // The day after is another day.
    let next = |mut call: CallRecord| {
        for at in [&mut call.snapshot.started_at].into_iter().chain(&mut call.snapshot.answered_at) {
            *at += chrono::TimeDelta::days(1);
        }
        call.snapshot.ended_at = call.snapshot.ended_at.map(|at| at + chrono::TimeDelta::days(1));
        call
    };
    let clinic = Clinic::open(calls([missed(), next(back)]));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 1), (Some(Outcome::Missed), 1)]);
}

#[test]
fn a_missed_call_of_a_family_is_closed_by_the_talk_that_followed() {
    let missed = unanswered(call("c1", NUMBERS[1], 600, 0), CallResult::Missed);
    let mut talk = call("c2", NUMBERS[1], 620, 3);
    talk.wrapup = Some(wrapup(Some("p2"), Some("Пациент. Хочет записаться")));
    let clinic = Clinic::open(calls([missed, talk]));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 1)]);
}

#[test]
fn a_call_of_a_family_after_all_others_is_with_the_last_one_named() {
    let mut talk = call("c1", NUMBERS[1], 600, 3);
    talk.wrapup = Some(wrapup(Some("p1"), None));
    let mut vain = unanswered(call("c2", NUMBERS[1], 620, 0), CallResult::Busy);
    vain.snapshot.direction = Direction::Outgoing;
    vain.wrapup = Some(wrapup(Some("p2"), None));
    let missed = unanswered(call("c3", NUMBERS[1], 640, 0), CallResult::Missed);
    let clinic = Clinic::open(calls([talk, vain, missed]));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 1), (Some(Outcome::Missed), 1)]);
}

#[test]
fn an_unknown_number_is_a_person_and_becomes_one_when_identified() {
    let unknown = call("c1", NUMBERS[2], 600, 3);
    let known = call("c2", NUMBERS[0], 700, 3);
    let clinic = Clinic::open(calls([unknown, known]));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 2)]);
    let identified = person(("p1", PersonKind::Patient, &[NUMBERS[0], NUMBERS[1], NUMBERS[2]], None));
    clinic.put(Records::People(numbered([identified])));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 1)]);
}

#[test]
fn hidden_numbers_are_never_taken_for_one_person() {
    let hidden = |id, minutes| {
        let mut call = call(id, 0, minutes, 2);
        call.snapshot.remote = pult::domain::phone::Remote::Withheld;
        call
    };
    let clinic = Clinic::open(calls([hidden("c1", 600), hidden("c2", 660)]));
    assert_eq!(counts(&clinic, Kind::Patients), [(Some(Outcome::NotBooked), 2)]);
}

#[test]
fn a_booking_belongs_to_the_nearest_talk_also_across_the_edge_of_the_period() {
    // Talks end at 00:04:10 before the period's first midnight and begin at 00:20:10 after it.
    let before = call("c1", NUMBERS[0], -14, 10);
    let after = call("c2", NUMBERS[0], 20, 10);
    for (booked, figure) in [(7, 0), (9, 1), (60, 1), (61, 0)] {
        let facts =
            Facts { calls: vec![before.clone(), after.clone()], visits: vec![visit("v1", "p1", booked)] };
        let total = table(&Clinic::open(facts), Kind::Calls, Filter::default()).total;
        assert_eq!((total.calls, total.booked), (1, figure), "booked at 00:{booked:02}");
    }
}

#[test]
fn a_visit_held_later_changes_the_report_later() {
    let mut booked = visit("v1", "child", 610);
    let facts = Facts { calls: vec![call("c1", NUMBERS[0], 600, 5)], visits: vec![booked.clone()] };
    let clinic = Clinic::open(facts);
    let total = table(&clinic, Kind::Calls, Filter::default()).total;
    assert_eq!((total.booked, total.held, total.money), (1, 0, Money(0)), "a parent's call, a child's visit");
    (booked.stage, booked.money) = (Stage::Held, Money(500_000));
    clinic.put(Records::Visits(numbered([booked])));
    let total = table(&clinic, Kind::Calls, Filter::default()).total;
    assert_eq!((total.booked, total.held, total.money), (1, 1, Money(500_000)));
    assert_eq!(total.average_money(), Some(Money(500_000)));
}

#[test]
fn two_visits_booked_in_one_call_are_one_booking_with_the_money_of_both() {
    let held = |code, patient| {
        let booked = visit(code, patient, 602);
        pult::domain::clinic::VisitRecord { stage: Stage::Held, money: Money(100_000), ..booked }
    };
    let facts = Facts {
        calls: vec![call("c1", NUMBERS[0], 600, 5)],
        visits: vec![held("v1", "p1"), held("v2", "child")],
    };
    let total = table(&Clinic::open(facts), Kind::Calls, Filter::default()).total;
    assert_eq!((total.booked, total.held, total.money), (1, 1, Money(200_000)));
}

#[test]
fn employees_calls_have_no_outcome_and_can_be_left_out() {
    let mut typed = call("c2", NUMBERS[0], 700, 3);
    typed.wrapup = Some(wrapup(None, Some("Прочие и контрагенты")));
    let missed = unanswered(call("c3", NUMBERS[3], 800, 0), CallResult::Missed);
    let clinic = Clinic::open(calls([call("c1", NUMBERS[3], 600, 3), typed, missed]));
    assert_eq!(counts(&clinic, Kind::Calls), [(None, 3)]);
    assert_eq!(table(&clinic, Kind::Calls, Filter::default()).total.missed, 1);
    let patients = Filter { patients_only: true, ..Filter::default() };
    assert_eq!(table(&clinic, Kind::Calls, patients).total.calls, 0);
}

#[test]
fn what_a_talk_without_a_booking_was_depends_on_the_operators_word_and_the_visits_ahead() {
    let ahead = visit("v1", "p1", -3_000);
    let said = |caller_type: Option<&str>| {
        let mut talk = call("c1", NUMBERS[0], 600, 3);
        talk.wrapup = Some(wrapup(Some("p1"), caller_type));
        counts(&Clinic::open(Facts { calls: vec![talk], visits: vec![ahead.clone()] }), Kind::Calls)
    };
    assert_eq!(said(Some("Пациент. Хочет записаться")), [(Some(Outcome::NotBooked), 1)]);
    assert_eq!(said(Some("Пациент. Уже записан")), [(Some(Outcome::AlreadyBooked), 1)]);
    assert_eq!(said(Some("Пациент. Задача CRM")), [(Some(Outcome::AlreadyBooked), 1)]);
    assert_eq!(said(None), [(Some(Outcome::AlreadyBooked), 1)]);
}

#[test]
fn the_filter_comes_before_the_best_of_the_day() {
    let missed = unanswered(call("c1", NUMBERS[0], 600, 0), CallResult::Missed);
    let clinic = Clinic::open(calls([missed, call("c2", NUMBERS[0], 640, 3)]));
    let only_missed = Filter::only([Group::Outcome(Some(Outcome::Missed))]);
    assert_eq!(table(&clinic, Kind::Patients, only_missed).total.missed, 1);
    assert_eq!(table(&clinic, Kind::Patients, Filter::default()).total.missed, 0);
}

#[test]
fn a_day_on_which_the_filter_keeps_nothing_is_left_out_of_every_explanation() {
    let said = |id, minutes, topic: Option<&str>| {
        let mut talk = call(id, NUMBERS[0], minutes, 3);
        talk.wrapup = Some(wrapup(None, None));
        talk.wrapup.as_mut().unwrap().topic = topic.map(str::to_owned);
        talk
    };
    // On the first of the two days.
    let clinic = Clinic::open(calls([said("c1", 600, Some("Гигиена")), said("c2", 600 + 24 * 60, None)]));
    let filter = Filter::only([Group::Topic(Some(clinic.topic("Гигиена")))]);
    let (kind, by, then_by) = (Kind::Calls, Level::Employee, Level::None);
    let query = Query { period: period(), kind, by, then_by, filter, compare: None };
    let figures = clinic.figures();
    let table = asked::table(&figures, &query);
    assert_eq!(table.total.calls, 1);
    asked::walk(&figures, &table);
}

#[test]
fn a_store_put_back_from_a_backup_is_told_anew_though_the_cache_is_of_later() {
    let talk = |id, number, minutes| Records::Calls(numbered([call(id, number, 600, minutes)]));
    let talked = |figures: &Figures| asked::table(figures, &all_calls()).total.talk.as_secs() / 60;
    let clinic = Clinic::open(calls([call("c1", NUMBERS[0], 600, 3)]));
    let backup = clinic.path().with_extension("backup");
    let clinic = clinic.reopen_after(|file| copy(file, &backup));
    clinic.put(talk("c2", NUMBERS[2], 5));
    let figures = clinic.figures();
    assert_eq!(talked(&figures), 3 + 5);
    figures.save();
    drop(figures);
    let clinic = clinic.reopen_after(|file| copy(&backup, file));
    // In the place of the one that is lost, and then as many changes as the cache knows of and some more.
    clinic.put(talk("d2", NUMBERS[3], 7));
    ["d3", "d4", "d5"].into_iter().for_each(|id| clinic.put(talk(id, NUMBERS[0], 9)));
    assert_eq!(talked(&clinic.figures()), 3 + 7 + 3 * 9);
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
}

fn all_calls() -> Query {
    let (by, then_by, filter) = (Level::None, Level::None, Filter::default());
    Query { period: period(), kind: Kind::Calls, by, then_by, filter, compare: None }
}
