//! Places marked with a note, holds, copies.

use std::time::Duration;

use pult::desk::{Event, SoundNews, SoundOrder, Unwritten, Written};
use pult::domain::desk::{Change, Refusal, Reply, Request};
use pult::domain::id::MarkId;
use pult::domain::recording::{Absence, Recording};
use uuid::Uuid;

use super::desk::{Desk, reply};
use super::fixture::{EIGHTY, HERE, Listener, call_id, mark, recording, seconds};

fn marked() -> Recording {
    let marks = vec![mark(1, 62, "спросила про рассрочку"), mark(2, 130, "жалоба")];
    Recording { marks, ..recording(call_id(0), HERE) }
}

#[test]
fn a_place_is_marked_with_a_note_while_it_plays_on() {
    let mut desk = Desk::playing(EIGHTY);
    desk.at(62);
    desk.press("m").type_text("спросила про рассрочку");
    desk.at(70);
    desk.press("enter");
    let note = "спросила про рассрочку".to_owned();
    assert_eq!(desk.requests(), [&Request::MarkRecording { call: call_id(0), at: seconds(62), note }]);
    desk.know(marked());
    desk.shows("1:02 спросила про рассрочку");
    desk.shows("1:10 / 3:20");
    assert_eq!(desk.orders(), []);
}

#[test]
fn marks_are_chosen_jumped_to_and_deleted() {
    let mut desk = Desk::playing(EIGHTY);
    desk.event(Event::Change(Change::Recording(call_id(0))));
    desk.know(marked());
    desk.press("down enter");
    let [SoundOrder::Play { from, .. }] = desk.orders()[..] else { panic!("one order") };
    assert_eq!(from, Duration::from_secs(130));
    desk.press("delete");
    assert_eq!(desk.requests(), [&Request::UnmarkRecording(MarkId(Uuid::from_u128(2)))]);
    desk.answer_by(|request| match request {
        Request::UnmarkRecording(_) => {
            Reply::Recording(Box::new(Recording { marks: vec![mark(1, 62, "спросила")], ..marked() }))
        }
        other => reply(other),
    });
    desk.hides("жалоба");
    desk.press("enter");
    let [SoundOrder::Play { from, .. }] = desk.orders()[..] else { panic!("one order") };
    assert_eq!(from, Duration::from_secs(62));
}

#[test]
fn a_recording_is_held_and_released() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("H");
    assert_eq!(desk.requests(), [&Request::HoldRecording { call: call_id(0), held: true }]);
    desk.know(Recording { held: true, ..recording(call_id(0), HERE) });
    desk.shows("бережётся");
    desk.press("H");
    assert_eq!(desk.requests(), [&Request::HoldRecording { call: call_id(0), held: false }]);
}

#[test]
fn a_copy_is_saved_and_told_of() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("c");
    assert_eq!(desk.orders(), [SoundOrder::SaveCopy(call_id(0))]);
    let (name, folder) = ("pult-2026-11-21-1224.wav".to_owned(), "/home/anna/pult".to_owned());
    desk.event(Event::Exported(Ok(Written { name, folder })));
    desk.shows("pult-2026-11-21-1224.wav");
    desk.event(Event::Exported(Err(Unwritten::Refused(Refusal::NoRecording(Absence::FileGone)))));
    desk.shows("Записи пока нет: файл пропал с диска");
}

#[test]
fn my_phone_is_rung_only_where_the_telephony_can() {
    let mut desk = Desk::playing(EIGHTY);
    desk.press("t");
    assert!(desk.requests().is_empty());
    desk.shows("не умеет");
    desk.news(SoundNews::Ways { phone: true });
    desk.press("t");
    assert_eq!(desk.requests(), [&Request::PlayOnPhone(call_id(0))]);
    desk.answer_all();
    desk.shows("Звоним вам");
    desk.press("t");
    desk.refuse_all(Refusal::NoExtension);
    desk.hides("Звоним вам");
}

#[test]
fn a_hostile_note_is_only_text() {
    let mut desk = Desk::playing(EIGHTY);
    desk.event(Event::Change(Change::Recording(call_id(0))));
    let note = format!("\u{1b}[31m{}\u{202e}\u{7}", "слово ".repeat(60));
    desk.know(Recording { marks: vec![mark(1, 3, &note)], ..recording(call_id(0), HERE) });
    let screen = desk.screen();
    assert!(!screen.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{screen}");
    desk.shows("0:03 [31mслово слово");
    desk.press("m").type_text("x").event(Event::Paste("\u{1b}[2J".into()));
    desk.press("enter");
    let Some(Request::MarkRecording { note, .. }) = desk.requests().first() else { panic!("a mark") };
    assert_eq!(note, "x[2J");
}
