//! How the record is read: what is asked for, what its faults do.

use std::time::Duration;

use chrono::TimeDelta;
use pult::telephony::{Event, HistoryError};

use crate::fixture::*;

fn read_until(life: &Life) -> Option<String> {
    life.cursor("test.calls.read_until")
}

#[test]
fn a_first_start_reads_three_days_back() {
    let clinic = Clinic::new();
    clinic.has_in_record([
        missed("old", noon() - TimeDelta::days(4)),
        missed("late", noon() - TimeDelta::days(2)),
    ]);
    let mut life = clinic.live();
    life.wait_until("read", |life| read_until(life).is_some());
    assert_eq!(life.stored("late"), Some(missed("late", noon() - TimeDelta::days(2))));
    assert_eq!(life.stored("old"), None);
    assert_eq!(clinic.record.lock().unwrap().asked[0], noon() - TimeDelta::days(3)..noon());
    life.end();
}

#[test]
fn what_changed_after_the_fact_is_read_again_every_hour() {
    let clinic = Clinic::new();
    clinic.has_in_record([missed("late", noon() - TimeDelta::days(2))]);
    let mut life = clinic.live();
    life.wait_until("read", |life| life.stored("late").is_some());
    clinic.record.lock().unwrap().calls[0].recording = Some("ready".into());
    clinic.set_clock(at(30));
    life.wait_until("read on", |life| read_until(life).as_deref() == Some(at(30).to_rfc3339().as_str()));
    assert_eq!(life.stored("late").unwrap().recording, None);
    clinic.set_clock(at(61));
    life.wait_until("read late", |life| life.stored("late").unwrap().recording.is_some());
    life.end();
}

/// The link broke between a consultation and what it came to.
#[test]
fn a_consultation_that_was_stored_leaves_when_the_record_knows_it_as_one() {
    let clinic = Clinic::new();
    let mut life = clinic.live();
    life.up(noon());
    life.say(Event::Call(Box::new(missed("part", at(1)))));
    life.settle();
    life.down(at(2));
    clinic.has_in_record([missed("whole", at(0))]);
    clinic.record.lock().unwrap().merged = vec![(key("part"), key("whole"))];
    clinic.set_clock(at(10));
    life.up(at(10));
    let counted = |life: &Life| {
        life.store.read(|conn| {
            let sql = "SELECT count(*) FROM calls WHERE merged = 0";
            Ok(conn.query_row(sql, [], |row| row.get::<_, u32>(0))?)
        })
    };
    life.wait_until("merged", |life| life.stored("whole").is_some() && counted(life).unwrap() == 1);
    life.end();
}

#[test]
fn pages_that_repeat_rows_count_each_call_once() {
    let clinic = Clinic::new();
    {
        let mut record = clinic.record.lock().unwrap();
        (record.page, record.repeats) = (2, true);
    }
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    clinic.has_in_record((1..=7).map(|minute| missed(&minute.to_string(), at(minute))));
    clinic.set_clock(at(10));
    life.up(at(10));
    life.wait_restored(whole(7, 7));
    life.end();
}

#[test]
fn entries_without_sense_are_found_and_not_whole() {
    let clinic = Clinic::new();
    clinic.record.lock().unwrap().unread = 2;
    let mut life = clinic.live();
    life.up(noon());
    life.down(at(0));
    clinic.has_in_record([missed("unseen", at(5))]);
    clinic.set_clock(at(10));
    life.up(at(10));
    life.wait_restored(whole(1, 3));
    // Mended there, whole here.
    clinic.record.lock().unwrap().unread = 0;
    clinic.set_clock(at(80));
    life.wait_restored(whole(1, 1));
    life.end();
}

#[test]
fn who_asks_to_be_left_alone_is() {
    let clinic = Clinic::new();
    clinic.record.lock().unwrap().errors.push_back(HistoryError::Later(Duration::from_secs(1)));
    let begun = std::time::Instant::now();
    let mut life = clinic.live();
    life.wait_until("said", |life| life.cursor("test.calls.trouble").is_some());
    life.wait_until("read", |life| read_until(life).is_some());
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(life.cursor("test.calls.trouble"), None);
    life.end();
}

#[test]
fn what_is_refused_is_said_and_keeps_the_link() {
    let clinic = Clinic::new();
    clinic.record.lock().unwrap().errors.push_back(HistoryError::Refused("the key has run out".into()));
    let mut life = clinic.live();
    life.up(noon());
    life.settle();
    life.wait_until("said", |life| {
        life.cursor("test.calls.trouble").as_deref() == Some("the key has run out")
    });
    assert_eq!(read_until(&life), None);
    assert!(matches!(life.engine.link(), pult::domain::desk::Link::Up { .. }));
    life.end();
}

#[test]
fn a_reading_broken_off_goes_on_where_it_was() {
    let clinic = Clinic::new();
    clinic.has_in_record((1..=6).map(|minute| missed(&minute.to_string(), at(-minute))));
    {
        let mut record = clinic.record.lock().unwrap();
        (record.page, record.stops_at) = (2, Some(1));
    }
    let mut life = clinic.live();
    life.wait_until("a page", |life| life.cursor("test.calls.trouble").is_some());
    clinic.record.lock().unwrap().stops_at = None;
    // A gap's end is a reason to try at once.
    life.up(noon());
    life.down(noon());
    life.up(noon());
    life.wait_until("read", |life| read_until(life).is_some());
    assert_eq!(clinic.record.lock().unwrap().asked[0], noon() - TimeDelta::days(3)..noon());
    assert!(life.stored("6").is_some());
    life.end();
}

#[test]
fn a_fault_of_ours_over_a_page_does_not_end_the_reading() {
    let clinic = Clinic::new();
    clinic.has_in_record([missed("late", noon() - TimeDelta::days(2))]);
    clinic.record.lock().unwrap().panics = true;
    let mut life = clinic.live();
    life.wait_until("said", |life| {
        life.cursor("test.calls.trouble").is_some_and(|said| said.contains("a fault of pult itself"))
    });
    // A gap that ends is a reason to try again at once.
    life.down(at(0));
    life.settle();
    life.up(at(1));
    life.wait_until("read", |life| life.stored("late").is_some());
    assert_eq!(life.cursor("test.calls.trouble"), None);
    life.end();
}
