//! A disk without room stops the fetching, says so, and harms nothing else.

use std::sync::atomic::Ordering;

use pult::domain::desk::{Change, Refusal, Trouble};
use pult::domain::recording::Absence;

use crate::given::{RESERVE, a_while, clinic, files, until};
use crate::library::{Answer, wav};

fn is_trouble(change: &Change) -> bool {
    matches!(change, Change::Sounds(_))
}

#[tokio::test]
async fn without_room_nothing_is_fetched_and_with_room_the_newest_first() {
    let mut clinic = clinic();
    for (name, minutes) in [("old", 50), ("middle", 40), ("new", 30)] {
        clinic.recorded(name, minutes, Answer::Bytes(wav(1)));
    }
    clinic.free.store(RESERVE, Ordering::Relaxed);
    clinic.start();
    let told = clinic.told(is_trouble).await;
    assert_eq!(told, Change::Sounds(Some(Trouble::NoRoom { waiting: 3 })));
    assert_eq!(clinic.engine().trouble(), Some(Trouble::NoRoom { waiting: 3 }));
    let newest = clinic.recorded("newest", 1, Answer::Bytes(wav(2)));
    let heard = clinic.listen(newest).await;
    assert_eq!(heard, Err(Refusal::NoRecording(Absence::NoRoom)));
    a_while().await;
    assert!(clinic.library.asked().is_empty());
    assert_eq!(clinic.engine().trouble(), Some(Trouble::NoRoom { waiting: 4 }));

    let gate = clinic.library.lock();
    clinic.free.store(RESERVE + 1, Ordering::Relaxed);
    until("two are asked for", || clinic.library.asked().len() == 2).await;
    gate.add_permits(4);
    assert_eq!(clinic.told(is_trouble).await, Change::Sounds(None));
    until("all came", || files(&clinic.folder()).len() == 4).await;
    let mut first = clinic.library.asked()[..2].to_vec();
    first.sort();
    assert_eq!(first, ["new", "newest"]);
    assert_eq!(clinic.engine().trouble(), None);
}

#[tokio::test]
async fn room_that_ends_in_mid_fetch_cuts_it_off() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("endless", 5, Answer::Endless);
    until("it grows", || files(&clinic.folder()).len() == 1).await;
    clinic.free.store(RESERVE - 1, Ordering::Relaxed);
    assert_eq!(clinic.told(is_trouble).await, Change::Sounds(Some(Trouble::NoRoom { waiting: 1 })));
    until("nothing is left of it", || files(&clinic.folder()).is_empty()).await;
    clinic.library.put("endless", Answer::Bytes(wav(1)));
    clinic.free.store(1 << 30, Ordering::Relaxed);
    clinic.until_here(id).await;
    assert_eq!(clinic.told(is_trouble).await, Change::Sounds(None));
}

#[tokio::test]
async fn a_write_that_the_disk_refuses_is_no_fault_of_the_recording() {
    let mut clinic = clinic();
    clinic.start();
    let id = clinic.recorded("one", 5, Answer::Full);
    assert_eq!(clinic.told(is_trouble).await, Change::Sounds(Some(Trouble::NoRoom { waiting: 1 })));
    assert_eq!(clinic.value::<i64>("SELECT tries FROM recordings"), 0);
    assert_eq!(files(&clinic.folder()), Vec::<String>::new());
    clinic.library.put("one", Answer::Bytes(wav(1)));
    clinic.until_here(id).await;
    assert_eq!(clinic.told(is_trouble).await, Change::Sounds(None));
}
