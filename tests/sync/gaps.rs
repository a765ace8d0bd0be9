//! When a gap begins, when it ends, and what is said of it.

use chrono::TimeDelta;
use pult::domain::call::Phase;
use pult::domain::desk::{Change, Link};
use pult::domain::gap::{Cause, Restored};
use pult::telephony::{Event, Hearing};

use crate::fixture::*;

#[test]
fn what_was_missed_while_the_line_was_cut_is_read_and_counted() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    clinic.set_clock(at(2));
    life.settle();
    life.wait_until("heard until the last moment", |life| {
        life.cursor("test.heard_until").as_deref() == Some(at(2).to_rfc3339().as_str())
    });
    life.down(at(2));
    clinic.has_in_record((3..14).map(|minute| missed(&format!("unseen {minute}"), at(minute))));
    // Begun before, over in it; begun in it, over after it; and two that have nothing to do with it.
    clinic.has_in_record([
        talked("over the first edge", at(1), TimeDelta::minutes(3)),
        talked("over the second edge", at(30), TimeDelta::minutes(3)),
        missed("before", at(0)),
        missed("after", at(32)),
    ]);
    clinic.set_clock(at(40));
    life.up(at(31));
    life.wait_restored(whole(13, 13));
    let gaps = life.gaps();
    assert_eq!(gaps.len(), 1);
    let gap = gaps.first().unwrap();
    assert_eq!((gap.cause, gap.reason.details.as_str()), (Cause::Provider, "the line is cut"));
    assert_eq!((gap.began_at, gap.ended_at), (at(2), Some(at(31))));
    assert_eq!(life.stored("unseen 7").unwrap(), missed("unseen 7", at(7)));
    assert!(life.stored("after").is_some());
    life.end();
}

#[test]
fn a_gap_is_told_when_it_begins_when_it_ends_and_when_it_is_restored() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    life.settle();
    clinic.set_clock(at(5));
    life.up(at(5));
    let mut told = vec![];
    let (begun, restored) = ((None, Restored::Pending), (Some(at(5)), whole(0, 0)));
    while told.last() != Some(&restored) {
        let Change::Gap(gap) = life.next_change() else { continue };
        told.push((gap.ended_at, gap.restored));
    }
    // Whether the end is told before it is read, or with it, is the reader's haste.
    told.dedup();
    told.retain(|told| *told != (Some(at(5)), Restored::Pending));
    assert_eq!(told, [begun, restored]);
    life.end();
}

#[test]
fn without_a_record_what_happened_is_unknown_and_not_nothing() {
    let clinic = Clinic::without_record();
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    clinic.set_clock(at(5));
    life.up(at(5));
    life.wait_restored(Restored::Unknown);
    life.end();
}

#[test]
fn a_first_start_is_no_gap() {
    let clinic = Clinic::new();
    let life = clinic.live();
    clinic.set_clock(at(5));
    life.up(at(5));
    life.settle();
    assert_eq!(life.gaps(), []);
    life.end();
}

#[test]
fn the_time_pult_did_not_run_is_a_gap_of_our_own() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.settle();
    clinic.set_clock(at(10));
    life.wait_until("a heartbeat", |life| {
        life.cursor("test.heard_until").as_deref() == Some(at(10).to_rfc3339().as_str())
    });
    life.end();

    clinic.has_in_record([missed("unseen", at(20))]);
    clinic.set_clock(at(40));
    let mut life = clinic.live();
    life.up(at(41));
    life.wait_restored(whole(1, 1));
    let gap = life.gaps().pop().unwrap();
    assert_eq!((gap.cause, gap.began_at, gap.ended_at), (Cause::Ourselves, at(10), Some(at(41))));
    life.end();
}

#[test]
fn killed_twice_within_a_gap_it_is_one_gap() {
    let clinic = Clinic::new();
    let life = clinic.live();
    life.up(noon());
    life.down(at(0));
    life.settle();
    life.end();

    clinic.set_clock(at(10));
    let life = clinic.live();
    life.down(at(10));
    life.settle();
    life.end();

    clinic.set_clock(at(20));
    let mut life = clinic.live();
    clinic.has_in_record([missed("unseen", at(15))]);
    life.up(at(20));
    life.wait_restored(whole(1, 1));
    let gaps = life.gaps();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!(gaps[0].ended_at, Some(at(20)));
    life.end();
}

#[test]
fn killed_between_two_pages_the_gap_is_read_from_its_beginning() {
    let clinic = Clinic::new();
    let life = clinic.live();
    life.up(noon());
    life.down(at(0));
    life.settle();
    clinic.has_in_record((1..=9).map(|minute| missed(&minute.to_string(), at(minute))));
    {
        let mut record = clinic.record.lock().unwrap();
        (record.page, record.stops_at) = (3, Some(2));
    }
    clinic.set_clock(at(10));
    life.up(at(10));
    let mut life = life;
    life.wait_until("two pages", |life| life.stored("6").is_some());
    assert_eq!(life.gaps()[0].restored, Restored::Pending);
    assert_eq!(life.stored("7"), None);
    life.end();

    clinic.record.lock().unwrap().stops_at = None;
    let mut life = clinic.live();
    life.up(at(10));
    life.wait_restored(whole(9, 9));
    life.end();
}

#[test]
fn a_clock_that_goes_back_makes_no_gap_and_ends_none_before_it_began() {
    let clinic = Clinic::new();
    let life = clinic.live();
    life.up(noon());
    life.settle();
    life.end();

    clinic.set_clock(at(-60));
    let life = clinic.live();
    life.up(at(-60));
    life.settle();
    assert_eq!(life.gaps(), []);
    life.down(at(-59));
    life.settle();
    clinic.set_clock(at(-90));
    life.up(at(-90));
    let mut life = life;
    life.wait_restored(whole(0, 0));
    let gap = life.gaps().pop().unwrap();
    assert_eq!((gap.began_at, gap.ended_at), (at(-60), Some(at(-60))));
    life.end();
}

#[test]
fn deafness_to_notifications_is_a_gap_of_its_own() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    let deaf = Hearing::Deaf { since: at(0), reason: "no notification for 5 minutes".into() };
    life.say(Event::Hearing(deaf.clone()));
    clinic.has_in_record([missed("unseen", at(3))]);
    clinic.set_clock(at(8));
    life.say(Event::Hearing(deaf));
    life.up(at(7));
    life.settle();
    assert_eq!(life.gaps()[0].ended_at, None, "the link has nothing to do with it");
    life.say(Event::Hearing(Hearing::Well));
    life.wait_restored(whole(1, 1));
    let gaps = life.gaps();
    assert_eq!((gaps.len(), gaps[0].cause), (1, Cause::Listener));
    life.end();
}

/// The list of running calls comes after the link is up, and with it the end of those that are over.
#[test]
fn calls_believed_to_run_end_where_we_last_heard_of_them_until_the_record_knows_better() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    let truth = talked("believed", at(1), TimeDelta::minutes(9));
    let Event::Call(live) = ringing(&truth) else { panic!() };
    life.say(Event::Call(Box::new(pult::domain::call::Snapshot {
        phase: Phase::Talking,
        answered_at: truth.answered_at,
        ..*live
    })));
    clinic.set_clock(at(4));
    life.settle();
    life.wait_until("a heartbeat", |life| {
        life.cursor("test.heard_until").as_deref() == Some(at(4).to_rfc3339().as_str())
    });
    life.down(at(5));
    life.settle();
    clinic.set_clock(at(30));
    life.up(at(30));
    life.settle();
    life.say(Event::Live { provider: "test".into(), calls: vec![] });
    life.settle();
    assert_eq!(life.stored("believed").unwrap().ended_at, Some(at(4)));

    clinic.has_in_record([truth.clone()]);
    clinic.set_clock(at(91));
    life.wait_until("settled", |life| life.stored("believed").as_ref() == Some(&truth));
    life.wait_restored(whole(1, 1));
    life.end();
}

#[test]
fn a_provider_that_lets_us_wait_after_a_quick_restart_was_not_heard_meanwhile() {
    let clinic = Clinic::new();
    let life = clinic.live();
    life.up(noon());
    life.settle();
    life.end();

    let mut life = clinic.live();
    life.settle();
    clinic.has_in_record([missed("unseen", at(15))]);
    clinic.set_clock(at(20));
    life.up(at(20));
    life.wait_restored(whole(1, 1));
    assert_eq!(life.gaps()[0].began_at, noon());
    life.end();
}

#[test]
fn a_provider_that_fails_by_a_fault_of_ours_is_not_heard() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.settle();
    life.fail();
    life.wait_until("told", |life| matches!(life.engine.link(), Link::Down { .. }));
    assert_eq!(life.gaps()[0].ended_at, None);
    life.end();
}
