//! What is fetched, when, and what becomes of what does not come.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use chrono::TimeDelta;
use pult::domain::call::{CallKey, Phase, Snapshot};
use pult::domain::desk::Change;
use pult::domain::recording::{Absence, Sound};
use pult::store::calls;

use crate::given::{AT_MOST, a_while, author, call, clinic, files, noon, until};
use crate::library::{Answer, silence, wav};

#[tokio::test]
async fn a_recording_comes_as_a_private_file_named_by_its_call() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    clinic.told(|change| *change == Change::Recording(id)).await;
    clinic.until_here(id).await;
    let name = format!("2026/11/{}.wav", id.0);
    assert_eq!(files(&clinic.folder()), std::slice::from_ref(&name));
    assert_eq!(fs::read(clinic.folder().join(&name)).unwrap(), wav(1));
    assert_eq!(clinic.sound(id), Sound::Here { bytes: wav(1).len() as u64 });
    for (path, mode) in [("", 0o700), ("2026", 0o700), ("2026/11", 0o700), ("tmp", 0o700), (&name, 0o600)] {
        let found = fs::metadata(clinic.folder().join(path)).unwrap().permissions().mode();
        assert_eq!(found & 0o777, mode, "{path}");
    }
    assert!(!clinic.muted(id));
}

#[tokio::test]
async fn the_newest_come_first_and_two_at_a_time() {
    let mut clinic = clinic();
    let gate = clinic.library.lock();
    for (name, minutes) in [("c", 30), ("a", 10), ("e", 50), ("b", 20), ("d", 40)] {
        clinic.recorded(name, minutes, Answer::Bytes(wav(1)));
    }
    clinic.start();
    until("two are asked for", || clinic.library.asked().len() == 2).await;
    a_while().await;
    assert_eq!(clinic.library.asked().len(), 2);
    gate.add_permits(5);
    until("all came", || files(&clinic.folder()).len() == 5).await;
    let mut asked = clinic.library.asked();
    asked[..2].sort();
    assert_eq!(asked[..2], ["a", "b"]);
    assert_eq!(asked.len(), 5, "each once");
    assert_eq!(clinic.library.most_at_once(), 2);
}

#[tokio::test]
async fn a_call_that_goes_on_has_no_recording_yet() {
    let mut clinic = clinic();
    clinic.start();
    let live = Snapshot { phase: Phase::Talking, result: None, ended_at: None, ..call("live", 1) };
    clinic.library.put("live", Answer::Bytes(wav(1)));
    let id = clinic.record(live);
    a_while().await;
    assert!(clinic.library.asked().is_empty());
    clinic.record(call("live", 1));
    clinic.until_here(id).await;
}

#[tokio::test]
async fn a_file_without_sound_is_not_offered() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("quiet", 5, Answer::Bytes(silence()));
    clinic.told(|change| *change == Change::Figures).await;
    assert_eq!(clinic.sound(id), Sound::Silent);
    assert!(clinic.muted(id));
    until("nothing is left of it", || files(&clinic.folder()).is_empty()).await;
}

#[tokio::test]
async fn what_is_not_ready_is_asked_for_again_after_growing_pauses_and_given_up() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("late", 5, Answer::NotReady);
    until("asked once", || clinic.library.asked().len() == 1).await;
    a_while().await;
    assert_eq!(clinic.library.asked().len(), 1, "not before its time");
    let mut pause = TimeDelta::seconds(30);
    for tries in 2..=13 {
        clinic.pass(pause);
        until("asked again", || clinic.library.asked().len() == tries).await;
        until("written down", || {
            clinic.value::<i64>("SELECT max(tries) FROM recordings") >= tries.min(12) as i64
        })
        .await;
        pause = pause * 2;
    }
    until("lost", || matches!(clinic.sound(id), Sound::Lost { .. })).await;
    assert_eq!(clinic.sound(id), Sound::Lost { reason: Absence::NotReady });
    assert!(clinic.muted(id));
    clinic.pass(TimeDelta::days(2));
    a_while().await;
    assert_eq!(clinic.library.asked().len(), 13);
}

#[tokio::test]
async fn a_recording_under_another_name_is_wanted_again() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("old name", 5, Answer::Gone);
    until("lost", || clinic.muted(id)).await;
    assert_eq!(clinic.sound(id), Sound::Lost { reason: Absence::Gone("404".into()) });
    clinic.library.put("new name", Answer::Bytes(wav(1)));
    clinic.record(Snapshot { recording: Some("new name".into()), ..call("old name", 5) });
    clinic.until_here(id).await;
    assert!(!clinic.muted(id));
}

#[tokio::test]
async fn a_provider_out_of_reach_costs_no_recording_its_tries() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("far", 5, Answer::Unreachable);
    until("put off", || clinic.value::<bool>("SELECT count(*) = 1 FROM recordings WHERE reason IS NOT NULL"))
        .await;
    assert_eq!(clinic.value::<i64>("SELECT tries FROM recordings"), 0);
    assert_eq!(clinic.sound(id), Sound::Awaited);
    // Whoever comes while that try is still being put away shares its end.
    a_while().await;
    clinic.library.put("far", Answer::Bytes(wav(1)));
    // The rest after such a try is real time; somebody who wants to hear it need not wait.
    clinic.listen(id).await.unwrap();
}

#[tokio::test]
async fn what_is_too_large_or_no_sound_does_not_come() {
    let mut clinic = clinic();
    clinic.start();
    let large = clinic.recorded("large", 5, Answer::Bytes(vec![1; AT_MOST as usize + 1]));
    let page = clinic.recorded("page", 6, Answer::Bytes(b"<!doctype html>".repeat(50)));
    let fault = clinic.recorded("fault", 7, Answer::Panic);
    let good = clinic.recorded("good", 8, Answer::Bytes(wav(3)));
    clinic.until_here(good).await;
    until("lost", || clinic.muted(large)).await;
    assert_eq!(clinic.sound(large), Sound::Lost { reason: Absence::TooLarge(100_000) });
    until("put off", || {
        clinic.value::<bool>("SELECT count(*) = 1 FROM recordings WHERE reason LIKE '%no_sound%'")
    })
    .await;
    assert_eq!([clinic.sound(page), clinic.sound(fault)], [Sound::Awaited, Sound::Awaited]);
    assert_eq!(files(&clinic.folder()), [format!("2026/11/{}.wav", good.0)]);
}

#[tokio::test]
async fn only_young_calls_of_the_provider_itself_are_wanted() {
    let mut clinic = clinic();
    let old = clinic.recorded("old", 91 * 24 * 60, Answer::Bytes(wav(1)));
    let foreign = Snapshot { key: CallKey { provider: "csv".into(), id: "1".into() }, ..call("foreign", 5) };
    let foreign = clinic.record(foreign);
    let early = clinic.recorded("early", 89 * 24 * 60, Answer::Bytes(wav(1)));
    clinic.start();
    clinic.until_here(early).await;
    clinic.recorded("older", 200 * 24 * 60, Answer::Bytes(wav(1)));
    let new = clinic.recorded("new", 1, Answer::Bytes(wav(1)));
    clinic.until_here(new).await;
    a_while().await;
    assert_eq!(clinic.library.asked(), ["early", "new"]);
    assert_eq!(
        clinic.value::<i64>("SELECT count(*) FROM recordings"),
        2,
        "no row for what nobody will fetch"
    );
    assert_eq!([clinic.sound(old), clinic.sound(foreign)], [Sound::Awaited, Sound::Awaited]);
}

#[tokio::test]
async fn a_part_of_another_call_is_not_fetched() {
    let mut clinic = clinic();
    let part = clinic.recorded("part", 5, Answer::Bytes(wav(1)));
    clinic.record(call("whole", 6));
    let key = |id: &str| CallKey { provider: "test".into(), id: id.into() };
    let merge =
        move |tx: &rusqlite::Transaction<'_>| calls::merge(tx, &key("part"), &key("whole"), &author());
    clinic.store.write(merge).unwrap();
    clinic.library.put("whole", Answer::Bytes(wav(2)));
    clinic.start();
    until("the whole came", || files(&clinic.folder()).len() == 1).await;
    a_while().await;
    assert_eq!(clinic.library.asked(), ["whole"]);
    assert!(!clinic.is_here(part) && noon() > call("part", 5).started_at);
}
