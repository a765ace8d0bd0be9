//! Marks and holds as desks ask for them.

use std::time::Duration;

use pult::domain::call::Snapshot;
use pult::domain::desk::{Change, Refusal, Reply, Request};
use pult::domain::id::{CallId, MarkId};
use pult::domain::recording::{Absence, Mark, Recording};

use crate::given::{Clinic, call, clinic};
use crate::library::{Answer, wav};

async fn recording(clinic: &Clinic, request: Request) -> Recording {
    match clinic.ask(request).await {
        Ok(Reply::Recording(recording)) => *recording,
        other => panic!("{other:?}"),
    }
}

fn mark(call: CallId, seconds: u64, note: &str) -> Request {
    Request::MarkRecording { call, at: Duration::from_secs(seconds), note: note.into() }
}

#[tokio::test]
async fn marks_stand_in_the_order_of_their_time_and_go_one_by_one() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    recording(&clinic, mark(id, 80, "цена\u{1b}[2J")).await;
    clinic.told(|change| *change == Change::Recording(id)).await;
    let marked = recording(&clinic, mark(id, 12, "приветствие")).await;
    let said: Vec<_> =
        marked.marks.iter().map(|Mark { at, note, .. }| (at.as_secs(), note.as_str())).collect();
    assert_eq!(said, [(12, "приветствие"), (80, "цена[2J")]);
    let left = recording(&clinic, Request::UnmarkRecording(marked.marks[0].id)).await;
    assert_eq!(left.marks, [marked.marks[1].clone()]);
    assert_eq!(clinic.value::<i64>("SELECT count(*) FROM recording_marks"), 2, "it stays, marked");
    let again = clinic.ask(Request::UnmarkRecording(marked.marks[0].id)).await;
    assert_eq!(again, Err(Refusal::NotFound));
    let nobodys = clinic.ask(Request::UnmarkRecording(MarkId(uuid::Uuid::from_u128(1)))).await;
    assert_eq!(nobodys, Err(Refusal::NotFound));
}

#[tokio::test]
async fn a_hold_and_its_release_are_journalled_once() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    for held in [true, true, false, false] {
        let asked = recording(&clinic, Request::HoldRecording { call: id, held }).await;
        assert_eq!(asked.held, held);
    }
    let deeds: Vec<String> = clinic.journal().into_iter().map(|(action, ..)| action).collect();
    assert_eq!(deeds, ["recording.hold", "recording.release"]);
}

#[tokio::test]
async fn what_was_not_recorded_has_neither() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.record(Snapshot { recording: None, ..call("none", 5) });
    let none = Err(Refusal::NoRecording(Absence::NotRecorded));
    assert_eq!(clinic.ask(Request::Recording(id)).await, none);
    assert_eq!(clinic.ask(mark(id, 1, "")).await, none);
    assert_eq!(clinic.ask(Request::HoldRecording { call: id, held: true }).await, none);
    assert_eq!(clinic.value::<i64>("SELECT count(*) FROM recordings"), 0);
}
