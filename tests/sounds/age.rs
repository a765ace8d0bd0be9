//! Old recordings go, held ones stay, and the journal says so.

use std::fs;

use chrono::TimeDelta;
use pult::domain::desk::{Change, Request};
use pult::domain::recording::{Absence, Sound};

use crate::given::{a_while, clinic, files, until};
use crate::library::{Answer, wav};

const DAY: i64 = 24 * 60;

#[tokio::test]
async fn what_is_old_is_deleted_and_what_is_held_is_not() {
    let mut clinic = clinic();
    clinic.start();
    let old = clinic.recorded("old", 80 * DAY, Answer::Bytes(wav(1)));
    let held = clinic.recorded("held", 80 * DAY, Answer::Bytes(wav(2)));
    let young = clinic.recorded("young", 20 * DAY, Answer::Bytes(wav(3)));
    for call in [old, held, young] {
        clinic.until_here(call).await;
    }
    clinic.ask(Request::HoldRecording { call: held, held: true }).await.unwrap();
    clinic.pass(TimeDelta::days(11));
    until("the old one is deleted", || clinic.muted(old)).await;
    clinic.told(|change| *change == Change::Figures).await;
    until("its file is gone", || files(&clinic.folder()).len() == 2).await;
    assert!(matches!(clinic.sound(old), Sound::Deleted { .. }));
    assert!(clinic.is_here(held) && clinic.is_here(young));
    let deletions = clinic.journal().into_iter().filter(|(action, ..)| action == "recording.delete");
    let expected = ("recording.delete".to_owned(), old.0.to_string(), Some("age 90 days".to_owned()), false);
    assert_eq!(deletions.collect::<Vec<_>>(), [expected]);

    clinic.ask(Request::HoldRecording { call: held, held: false }).await.unwrap();
    clinic.pass(TimeDelta::minutes(30));
    a_while().await;
    assert!(clinic.is_here(held), "once an hour");
    clinic.pass(TimeDelta::minutes(30));
    until("the other is deleted", || clinic.muted(held)).await;
    until("one is left", || files(&clinic.folder()).len() == 1).await;
    assert!(clinic.is_here(young));
}

#[tokio::test]
async fn what_never_came_is_lost_with_age() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("never", DAY, Answer::Unreachable);
    until("asked", || clinic.library.asked().len() == 1).await;
    clinic.pass(TimeDelta::days(90));
    until("lost", || clinic.muted(id)).await;
    assert_eq!(clinic.sound(id), Sound::Lost { reason: Absence::NeverCame(90) });
}

#[tokio::test]
async fn a_file_that_cannot_be_removed_is_tried_again() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", DAY, Answer::Bytes(wav(1)));
    let path = clinic.listen(id).await.unwrap().path;
    // A folder cannot be removed as a file.
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    clinic.pass(TimeDelta::days(90));
    until("deleted", || clinic.muted(id)).await;
    a_while().await;
    assert!(clinic.value::<bool>("SELECT file IS NOT NULL FROM recordings"), "still to be removed");
    fs::remove_dir(&path).unwrap();
    fs::write(&path, wav(1)).unwrap();
    clinic.pass(TimeDelta::hours(1));
    until("removed", || !path.exists()).await;
    until("written down", || clinic.value::<bool>("SELECT file IS NULL FROM recordings")).await;
    assert_eq!(clinic.journal().iter().filter(|entry| entry.0 == "recording.delete").count(), 1);
}

#[tokio::test]
async fn more_than_one_transaction_takes_go_together() {
    let mut clinic = clinic();
    for number in 0..250 {
        clinic.recorded(&number.to_string(), DAY + number, Answer::Bytes(wav(1)));
    }
    clinic.start();
    until("all came", || files(&clinic.folder()).len() == 250).await;
    clinic.pass(TimeDelta::days(91));
    until("all went", || files(&clinic.folder()).is_empty()).await;
    let left = "SELECT count(*) FROM recordings WHERE state <> 'deleted' OR file IS NOT NULL";
    until("and are written down", || clinic.value::<i64>(left) == 0).await;
    assert_eq!(clinic.value::<i64>("SELECT count(*) FROM journal WHERE action = 'recording.delete'"), 250);
}
