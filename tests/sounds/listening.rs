//! Whoever wants to hear a call hears it, or why not; and the journal knows.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use pult::domain::call::{CallKey, Snapshot};
use pult::domain::desk::Refusal;
use pult::domain::id::CallId;
use pult::domain::recording::{Absence, Sound, SoundForm};
use pult::engine::{Engine, Operator};

use crate::given::{a_while, call, clinic, noon, operator, until};
use crate::library::{Answer, silence, wav};

fn no_recording(why: Absence) -> Result<pult::engine::Heard, Refusal> {
    Err(Refusal::NoRecording(why))
}

#[tokio::test]
async fn a_recording_is_handed_out_and_the_journal_learns_by_whom() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    let heard = clinic.listen(id).await.unwrap();
    assert_eq!((heard.call, heard.form), (id, SoundForm::Wav));
    assert_eq!(fs::read(&heard.path).unwrap(), wav(1));
    assert_eq!(clinic.engine().copy(&operator(), id).await.unwrap(), heard);
    let deed = |action: &str| (action.to_owned(), id.0.to_string(), None, true);
    assert_eq!(clinic.journal(), [deed("recording.play"), deed("recording.copy")]);
}

#[tokio::test]
async fn whoever_waits_does_not_wait_for_what_nobody_waits_for() {
    let mut clinic = clinic();
    let gate = clinic.library.lock();
    for name in ["a", "b", "c", "d"] {
        clinic.recorded(name, 5, Answer::Bytes(wav(1)));
    }
    let old = clinic.recorded("old", 500, Answer::Bytes(wav(2)));
    clinic.start();
    until("two are coming", || clinic.library.asked().len() == 2).await;
    let engine = clinic.engine().clone();
    let listening = tokio::spawn(async move { engine.listen(&Operator::default(), old).await });
    let engine = clinic.engine().clone();
    let second = tokio::spawn(async move { engine.listen(&Operator::default(), old).await });
    until("it is asked for", || clinic.library.asked().len() == 3).await;
    assert_eq!(clinic.library.asked()[2], "old");
    a_while().await;
    assert_eq!(clinic.library.asked().len(), 3, "once for both, and nothing besides");
    gate.add_permits(10);
    assert_eq!(listening.await.unwrap().unwrap(), second.await.unwrap().unwrap());
    until("all came", || clinic.library.asked().len() == 5).await;
}

#[tokio::test]
async fn a_recording_that_was_lost_is_tried_once_more_for_a_listener() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Gone);
    until("lost", || clinic.muted(id)).await;
    assert_eq!(clinic.listen(id).await, no_recording(Absence::Gone("404".into())));
    clinic.library.put("one", Answer::Bytes(wav(1)));
    assert!(clinic.listen(id).await.is_ok());
    assert!(clinic.is_here(id) && !clinic.muted(id));
}

#[tokio::test]
async fn a_file_that_somebody_took_away_is_fetched_again() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    let heard = clinic.listen(id).await.unwrap();
    fs::remove_file(&heard.path).unwrap();
    assert_eq!(clinic.listen(id).await.unwrap(), heard);
    assert_eq!(fs::read(&heard.path).unwrap(), wav(1));
    fs::remove_file(&heard.path).unwrap();
    clinic.library.put("one", Answer::Gone);
    assert_eq!(clinic.listen(id).await, no_recording(Absence::Gone("404".into())));
    assert!(clinic.muted(id));
}

#[tokio::test]
async fn a_refusal_says_why() {
    let mut clinic = clinic();
    clinic.start();
    let quiet = clinic.recorded("quiet", 5, Answer::Bytes(silence()));
    assert_eq!(clinic.listen(quiet).await, no_recording(Absence::Silent));
    let none = clinic.record(Snapshot { recording: None, ..call("none", 5) });
    assert_eq!(clinic.listen(none).await, no_recording(Absence::NotRecorded));
    let late = clinic.recorded("late", 5, Answer::NotReady);
    assert_eq!(clinic.listen(late).await, no_recording(Absence::NotReady));
    let old = clinic.recorded("old", 91 * 24 * 60, Answer::Bytes(wav(1)));
    assert_eq!(clinic.listen(old).await, no_recording(Absence::TooOld(90)));
    let foreign = Snapshot { key: CallKey { provider: "csv".into(), id: "1".into() }, ..call("foreign", 5) };
    let foreign = clinic.record(foreign);
    assert_eq!(clinic.listen(foreign).await, no_recording(Absence::NotFetchedFrom("csv".into())));
    let aged = clinic.recorded("aged", 5, Answer::Bytes(wav(1)));
    clinic.until_here(aged).await;
    clinic.pass(TimeDelta::days(91));
    until("deleted", || matches!(clinic.sound(aged), Sound::Deleted { .. })).await;
    assert_eq!(clinic.listen(aged).await, no_recording(Absence::Deleted(noon() + TimeDelta::days(91))));
    let nobody = CallId(uuid::Uuid::from_u128(1));
    assert_eq!(clinic.listen(nobody).await, Err(Refusal::NotFound));
    assert!(clinic.journal().iter().all(|(action, ..)| action == "recording.delete"), "nothing was played");
}

#[tokio::test]
async fn without_keeping_nothing_is_heard() {
    let clinic = clinic();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    let alone = Engine::alone(clinic.store.clone(), chrono_tz::Europe::Moscow, Arc::new(noon));
    let heard = alone.listen(&operator(), id).await;
    assert_eq!(heard, no_recording(Absence::NotKept));
}

#[tokio::test]
async fn many_listeners_fetch_once() {
    let mut clinic = clinic();
    clinic.start();
    let gate = clinic.library.lock();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    let listeners = (0..20).map(|_| clinic.listen(id));
    let opening = async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        gate.add_permits(20);
    };
    let (heard, ()) = tokio::join!(futures_util::future::join_all(listeners), opening);
    assert!(heard.iter().all(Result::is_ok), "{heard:?}");
    assert_eq!(clinic.library.asked(), ["one"]);
}
