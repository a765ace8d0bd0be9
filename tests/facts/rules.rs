//! The rules that facts add to the report's, one by one.

use std::time::Duration;

use chrono::{Datelike as _, TimeDelta};
use pult::domain::call::{CallResult, Direction};
use pult::domain::clinic::{CallRecord, WrapUpRecord};
use pult::domain::fact::{Debt, Fact, Party};
use pult::domain::phone::{Phone, Remote};
use pult::domain::report::Familiarity;
use pult::domain::visit::Stage;
use pult::store::clinic::Records;
use pult::store::facts::{self, Changes, Since};
use pult::store::{Author, people};

use crate::clinic::{Clinic, Facts, NUMBERS, ZONE, at, call, numbered, unanswered, visit, wrapup};
use crate::kept::Kept;

/// Of these calls in the order of time.
fn facts_of(facts: Facts) -> Vec<Fact> {
    Kept::all(&Clinic::open(facts).store).facts.into_values().collect()
}

fn of_calls(calls: impl IntoIterator<Item = CallRecord>) -> Vec<Fact> {
    facts_of(Facts { calls: calls.into_iter().collect(), visits: vec![] })
}

/// Rang for ten seconds.
fn missed(id: &str, number: u64, minutes: i64) -> CallRecord {
    let mut missed = unanswered(call(id, number, minutes, 0), CallResult::Missed);
    missed.snapshot.ended_at = Some(at(minutes) + TimeDelta::seconds(10));
    missed
}

fn outgoing(mut call: CallRecord) -> CallRecord {
    call.snapshot.direction = Direction::Outgoing;
    call
}

#[test]
fn a_missed_call_is_a_debt_until_we_talk_with_the_number_or_the_person() {
    let debt = |others: Vec<CallRecord>| {
        of_calls([missed("c1", NUMBERS[0], 600)].into_iter().chain(others))[0].debt.unwrap()
    };
    let back = |minutes| outgoing(call("c2", NUMBERS[0], minutes, 3));
    assert_eq!(debt(vec![]), Debt::Open);
    assert_eq!(debt(vec![back(610)]), Debt::CalledBackInTime);
    assert_eq!(debt(vec![back(620)]), Debt::CalledBackInTime, "twenty minutes are counted from its end");
    assert_eq!(debt(vec![back(621)]), Debt::CalledBackLate);
    assert_eq!(debt(vec![back(600 + 24 * 60)]), Debt::CalledBackLate);
    assert_eq!(debt(vec![back(601 + 24 * 60)]), Debt::Open, "a day later it is too late");
    assert_eq!(debt(vec![call("c2", NUMBERS[0], 605, 3)]), Debt::CameThrough);
    let vain = outgoing(unanswered(call("c3", NUMBERS[0], 605, 0), CallResult::NoAnswer));
    assert_eq!(debt(vec![vain.clone()]), Debt::Attempted);
    assert_eq!(debt(vec![vain, back(607)]), Debt::CalledBackInTime);
    assert_eq!(debt(vec![missed("c2", NUMBERS[0], 610)]), Debt::Open);
    // The same person, from the number of their family.
    let mut named = outgoing(call("c2", NUMBERS[1], 610, 3));
    assert_eq!(debt(vec![named.clone()]), Debt::Open);
    named.wrapup = Some(wrapup(Some("p1"), None));
    assert_eq!(debt(vec![named]), Debt::CalledBackInTime);
}

#[test]
fn only_missed_calls_are_debts() {
    let vain = outgoing(unanswered(call("c1", NUMBERS[0], 600, 0), CallResult::NoAnswer));
    let debts: Vec<_> =
        of_calls([vain, call("c2", NUMBERS[0], 700, 1)]).iter().map(|fact| fact.debt).collect();
    assert_eq!(debts, [None, None]);
}

#[test]
fn writing_takes_from_the_end_of_the_talk_to_the_first_save_a_quarter_of_an_hour_at_most() {
    let spent = |minutes: i64| {
        let mut talk = call("c1", NUMBERS[0], 600, 3);
        talk.wrapup = Some(wrapup(None, None));
        talk.wrapup.as_mut().unwrap().saved_at = at(minutes) + TimeDelta::seconds(40);
        of_calls([talk])[0].wrap_up
    };
    assert_eq!(spent(602), None, "written while they talked");
    assert_eq!(spent(603), Some(Duration::from_secs(30)));
    assert_eq!(spent(617), Some(Duration::from_secs(14 * 60 + 30)));
    assert_eq!(spent(5_000), Some(Duration::from_secs(15 * 60)));
    assert_eq!(of_calls([call("c1", NUMBERS[0], 600, 3)])[0].wrap_up, None);
}

#[test]
fn a_patient_is_known_once_a_visit_was_held() {
    let mut first = visit("v1", "p1", 0);
    (first.starts_at, first.stage) = (at(650), Stage::Held);
    let calls = [600, 700].map(|minutes| call(&minutes.to_string(), NUMBERS[0], minutes, 1));
    let unknown = call("c3", NUMBERS[2], 720, 1);
    let employee = call("c4", NUMBERS[3], 730, 1);
    let calls = calls.into_iter().chain([unknown, employee]).collect();
    let familiar: Vec<_> =
        facts_of(Facts { calls, visits: vec![first] }).iter().map(|fact| fact.familiarity).collect();
    let (new, known) = (Some(Familiarity::New), Some(Familiarity::Known));
    assert_eq!(familiar, [new, known, new, None]);
}

#[test]
fn the_speciality_is_of_the_visit_booked_first() {
    let booked = |code, minutes, speciality: &str| {
        let mut visit = visit(code, "p1", minutes);
        visit.speciality = speciality.into();
        visit
    };
    let of = |visits| {
        let facts = facts_of(Facts { calls: vec![call("c1", NUMBERS[0], 600, 5)], visits });
        facts[0].speciality.as_deref().map(str::to_owned)
    };
    assert_eq!(
        of(vec![booked("v1", 604, "Хирург"), booked("v2", 602, "Ортопед")]).as_deref(),
        Some("Ортопед")
    );
    assert_eq!(of(vec![booked("v1", 604, "")]), None);
    assert_eq!(of(vec![booked("v1", 700, "Хирург")]), None);
}

#[test]
fn a_call_left_hanging_for_days_owns_nothing() {
    let mut hanging = call("c1", NUMBERS[0], 600, 3);
    hanging.snapshot.ended_at = Some(at(600 + 24 * 60 + 1));
    let facts = facts_of(Facts { calls: vec![hanging], visits: vec![visit("v1", "p1", 610)] });
    assert!(!facts[0].booked);
}

#[test]
fn a_family_without_a_name_is_its_number_and_hidden_callers_are_each_alone() {
    let mut hidden = call("c2", 0, 610, 1);
    hidden.snapshot.remote = Remote::Withheld;
    let parties: Vec<Party> =
        of_calls([call("c1", NUMBERS[1], 600, 1), hidden]).into_iter().map(|fact| fact.party).collect();
    assert_eq!(parties, [Party::Phone(Phone(NUMBERS[1])), Party::Alone]);
}

#[test]
fn nothing_new_is_no_change_and_a_log_that_was_cut_asks_for_everything() {
    let clinic = Clinic::open(Facts { calls: vec![call("c1", NUMBERS[0], 600, 1)], visits: vec![] });
    let stamp = Kept::all(&clinic.store).stamp;
    let since = |seq| clinic.store.read(|conn| facts::since(conn, ZONE, seq)).unwrap();
    assert_eq!(since(stamp).changes, Changes::Some { facts: vec![], gone: vec![], lines: vec![] });
    let marked = |mark| clinic.store.read(|conn| facts::is_marked(conn, mark)).unwrap();
    assert!(!marked(7));
    facts::mark_saved(&clinic.store, 7, stamp).unwrap();
    assert!(marked(7) && !marked(8));
    assert_eq!(since(stamp).changes, Changes::Some { facts: vec![], gone: vec![], lines: vec![] });
    assert_eq!(since(stamp - 1).changes, Changes::Everything);
    assert_eq!(since(stamp + 2).changes, Changes::Everything, "of another store");
    facts::mark_saved(&clinic.store, u64::MAX, stamp).unwrap();
    assert!(marked(u64::MAX) && !marked(7), "the last save is the one that counts");
}

/// What was kept follows, and is what is read from scratch.
fn assert_follows(clinic: &Clinic, kept: &mut Kept) {
    kept.follow(&clinic.store);
    assert_eq!(kept.facts, Kept::all(&clinic.store).facts);
}

#[test]
fn whoever_a_corrected_number_belonged_to_does_without_its_talk() {
    let mut talk = outgoing(call("c2", NUMBERS[2], 610, 3));
    let calls = vec![missed("c1", NUMBERS[0], 600), talk.clone()];
    let clinic = Clinic::open(Facts { calls, visits: vec![] });
    let person = clinic.person("p1");
    let author = Author { employee: None, at: at(0) };
    clinic.store.write(move |tx| people::add_phone(tx, person, Phone(NUMBERS[2]), false, &author)).unwrap();
    let mut kept = Kept::all(&clinic.store);
    let debt = |kept: &Kept| kept.facts.values().next().unwrap().debt;
    assert_eq!(debt(&kept), Some(Debt::CalledBackInTime));
    talk.snapshot.remote = Remote::Number(Phone(79_420_000_009));
    clinic.put(Records::Calls(numbered([talk])));
    assert_follows(&clinic, &mut kept);
    assert_eq!(debt(&kept), Some(Debt::Open));
}

#[test]
fn whoever_a_moved_call_was_about_does_without_it() {
    let mut about = call("c1", NUMBERS[2], 600, 3);
    about.wrapup = Some(WrapUpRecord { about: Some("child".into()), ..wrapup(None, None) });
    let calls = vec![about, call("c2", NUMBERS[0], 605, 3)];
    let clinic = Clinic::open(Facts { calls, visits: vec![visit("v1", "child", 603)] });
    let mut kept = Kept::all(&clinic.store);
    let booked = |kept: &Kept| kept.facts.values().map(|fact| fact.booked).collect::<Vec<_>>();
    assert_eq!(booked(&kept), [true, false]);
    let days_later =
        "UPDATE calls SET started_at = started_at + 260000000, answered_at = answered_at + 260000000,
        ended_at = ended_at + 260000000 WHERE provider_id = 'c1'";
    clinic.store.write(move |tx| Ok(tx.execute_batch(days_later)?)).unwrap();
    assert_follows(&clinic, &mut kept);
    assert_eq!(booked(&kept), [false, true]);
}

#[test]
fn a_change_that_concerns_very_many_calls_asks_for_everything() {
    let clinic = Clinic::open(Facts { calls: vec![call("c1", NUMBERS[2], 600, 1)], visits: vec![] });
    let many = "WITH RECURSIVE place AS (SELECT 1 AS place UNION ALL SELECT place + 1 FROM place WHERE place < 50000)
        INSERT INTO calls (id, provider, provider_id, direction, phone, phase, result, started_at, wait_ms, talk_ms,
            hold_ms, changed_at)
        SELECT randomblob(16), 'many', place, direction, phone, phase, result, started_at + place * 1000, 0, 0, 0, 0
        FROM calls, place WHERE provider_id = 'c1'";
    clinic.store.write(move |tx| Ok(tx.execute_batch(many)?)).unwrap();
    let since = |seq| clinic.store.read(|conn| facts::since(conn, ZONE, seq)).unwrap();
    let stamp = since(0).stamp;
    let person = clinic.person("p1");
    let author = Author { employee: None, at: at(0) };
    clinic.store.write(move |tx| people::add_phone(tx, person, Phone(NUMBERS[2]), false, &author)).unwrap();
    assert_eq!(since(stamp), Since { stamp: stamp + 1, changes: Changes::Everything });
}

#[test]
fn times_may_lie_at_the_ends_of_what_is_kept_and_beyond_it_nothing_counts() {
    let calls = ["c1", "c2", "c3", "c4", "c5"].map(|id| missed(id, NUMBERS[0], 600)).to_vec();
    let clinic = Clinic::open(Facts { calls, visits: vec![visit("v1", "child", 603)] });
    let mut kept = Kept::all(&clinic.store);
    let moved = "UPDATE calls SET started_at = -2208988800000 WHERE provider_id = 'c1';
        UPDATE calls SET started_at = 253402300799999, ended_at = 253402300799999 WHERE provider_id = 'c2';
        UPDATE calls SET started_at = 8210266876799999 WHERE provider_id = 'c3';
        UPDATE calls SET started_at = -8334601228800000 WHERE provider_id = 'c4';
        UPDATE visit_events SET at = 8210266876799999";
    clinic.store.write(move |tx| Ok(tx.execute_batch(moved)?)).unwrap();
    assert_follows(&clinic, &mut kept);
    let years: Vec<i32> = kept.facts.values().map(|fact| fact.started_at.year()).collect();
    assert_eq!(years, [1900, 9999, 2026]);
}

/// The file as another program left it.
fn damage(clinic: &Clinic, sql: &str) {
    let file = rusqlite::Connection::open(clinic.path()).unwrap();
    file.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
}

#[test]
fn visits_of_nobody_are_nobodys() {
    let calls = vec![call("c1", NUMBERS[0], 600, 5)];
    let clinic = Clinic::open(Facts { calls, visits: vec![visit("v1", "p2", 602), visit("v2", "p1", 602)] });
    let mut kept = Kept::all(&clinic.store);
    damage(&clinic, "DELETE FROM visits WHERE code = 'v2'; DELETE FROM people WHERE code = 'p2'");
    assert_follows(&clinic, &mut kept);
    assert!(!kept.facts.values().next().unwrap().booked);
    damage(&clinic, "DELETE FROM people");
    assert_follows(&clinic, &mut kept);
    assert_eq!(kept.facts.len(), 1);
}
