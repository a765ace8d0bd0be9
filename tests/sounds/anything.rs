//! Whatever happens in whatever order: one file a call, nothing held is deleted, every deletion stands in the journal.

use std::fs;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::TimeDelta;
use proptest::prelude::*;
use pult::domain::call::Snapshot;
use pult::domain::desk::Request;
use pult::domain::id::CallId;
use tokio::runtime::Runtime;

use crate::crash::{assert_agreed, until_settled};
use crate::given::{Clinic, call, clinic, files};
use crate::library::{Answer, silence, wav};

#[derive(Clone, Debug)]
enum Step {
    Call(Comes),
    Hold(usize, bool),
    Listen(usize),
    /// Somebody's hand in the folder.
    LoseFile(usize),
    Days(i64),
    Room(bool),
    Restart,
    Breathe,
}

#[derive(Clone, Copy, Debug)]
enum Comes {
    Sound,
    Silence,
    Late,
    Never,
    Unreachable,
}

fn step() -> impl Strategy<Value = Step> {
    let comes = prop_oneof![
        4 => Just(Comes::Sound),
        1 => Just(Comes::Silence),
        1 => Just(Comes::Late),
        1 => Just(Comes::Never),
        1 => Just(Comes::Unreachable),
    ];
    prop_oneof![
        6 => comes.prop_map(Step::Call),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(call, held)| Step::Hold(call, held)),
        2 => any::<usize>().prop_map(Step::Listen),
        1 => any::<usize>().prop_map(Step::LoseFile),
        2 => (1..60_i64).prop_map(Step::Days),
        1 => any::<bool>().prop_map(Step::Room),
        2 => Just(Step::Restart),
        2 => Just(Step::Breathe),
    ]
}

fn answer(comes: Comes) -> Answer {
    match comes {
        Comes::Sound => Answer::Bytes(wav(1)),
        Comes::Silence => Answer::Bytes(silence()),
        Comes::Late => Answer::NotReady,
        Comes::Never => Answer::Gone,
        Comes::Unreachable => Answer::Unreachable,
    }
}

async fn take(clinic: &mut Clinic, calls: &mut Vec<CallId>, step: Step) {
    let chosen = |place: usize| calls.get(place % calls.len().max(1)).copied();
    match step {
        Step::Call(comes) => {
            let name = calls.len().to_string();
            clinic.library.put(&name, answer(comes));
            calls.push(clinic.record(Snapshot { started_at: clinic.now(), ..call(&name, 0) }));
        }
        Step::Hold(place, held) => {
            let Some(call) = chosen(place) else { return };
            clinic.ask(Request::HoldRecording { call, held }).await.unwrap();
        }
        Step::Listen(place) => {
            let Some(call) = chosen(place) else { return };
            if let Ok(heard) = clinic.listen(call).await {
                assert!(heard.path.is_file() || !clinic.is_here(call));
            }
        }
        Step::LoseFile(place) => {
            let here = files(&clinic.folder().join("2026"));
            if let Some(name) = here.get(place % here.len().max(1)) {
                let _ = fs::remove_file(clinic.folder().join("2026").join(name));
            }
        }
        Step::Days(days) => clinic.pass(TimeDelta::days(days)),
        Step::Room(room) => clinic.free.store(if room { 1 << 40 } else { 0 }, Ordering::Relaxed),
        Step::Restart => {
            stop(clinic).await;
            clinic.start();
        }
        Step::Breathe => tokio::time::sleep(Duration::from_millis(15)).await,
    }
}

/// One desk owns a folder: the last one's fetches, each with a file in `tmp`, end before the next begins.
async fn stop(clinic: &mut Clinic) {
    clinic.stop();
    let mut quiet = 0;
    while quiet < 4 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let idle = files(&clinic.folder().join("tmp")).is_empty();
        quiet = if idle { quiet + 1 } else { 0 };
    }
}

async fn live(steps: Vec<Step>) {
    let (mut clinic, mut calls) = (clinic(), vec![]);
    clinic.start();
    for step in steps {
        take(&mut clinic, &mut calls, step).await;
    }
    stop(&mut clinic).await;
    clinic.free.store(1 << 40, Ordering::Relaxed);
    for name in 0..calls.len() {
        clinic.library.put(&name.to_string(), Answer::Bytes(wav(1)));
    }
    clinic.pass(TimeDelta::days(1));
    clinic.start();
    until_settled(&clinic).await;
    assert_agreed(&clinic);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn folder_store_and_journal_agree_after_anything(steps in prop::collection::vec(step(), 1..30)) {
        Runtime::new().unwrap().block_on(live(steps));
    }
}
