//! Stopped at any moment: after the next start folder, store and journal agree again.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use pult::domain::call::Snapshot;
use pult::domain::id::CallId;
use pult::domain::recording::Sound;
use pult::store::Store;
use pult::store::recordings::{self, SoundFile};
use pult::telephony::SoundForm;
use tokio::runtime::Runtime;

use crate::given::{Clinic, a_while, author, call, clinic, clinic_in, files, until};
use crate::library::{Answer, silence, wav};

fn name(call: CallId) -> String {
    format!("2026/11/{}.wav", call.0)
}

fn put(clinic: &Clinic, name: &str) {
    let path = clinic.folder().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, wav(9)).unwrap();
}

/// What must be so whenever nothing is under way.
pub fn assert_agreed(clinic: &Clinic) {
    let here = clinic.store.read(recordings::files).unwrap();
    let found: HashSet<String> = files(&clinic.folder()).into_iter().collect();
    assert_eq!(found, here.keys().cloned().collect(), "files, and what the store says is here");
    assert_eq!(here.values().collect::<HashSet<_>>().len(), here.len(), "one file a call");
    for sql in [
        "SELECT count(*) FROM recordings WHERE state = 'deleted' AND held = 1",
        "SELECT count(*) FROM recordings WHERE state = 'deleted' AND file IS NOT NULL",
        "SELECT count(*) FROM recordings JOIN calls ON id = call WHERE mute <> (state NOT IN ('awaited', 'here'))",
        "SELECT count(*) FROM recordings WHERE state = 'deleted' AND 1 <> (
             SELECT count(*) FROM journal WHERE action = 'recording.delete' AND reason = 'age 90 days'
                 AND replace(subject, '-', '') = lower(hex(call)))",
        "SELECT (SELECT count(*) FROM journal WHERE action = 'recording.delete')
             - (SELECT count(*) FROM recordings WHERE state = 'deleted')",
    ] {
        assert_eq!(clinic.value::<i64>(sql), 0, "{sql}");
    }
}

pub async fn until_settled(clinic: &Clinic) {
    let under_way =
        "SELECT count(*) FROM recordings WHERE state = 'awaited' OR state = 'deleted' AND file IS NOT NULL";
    until("all is settled", || clinic.value::<i64>(under_way) == 0).await;
    let coming = || fs::read_dir(clinic.folder().join("tmp")).is_ok_and(|mut coming| coming.next().is_none());
    until("nothing is coming", coming).await;
    // A start looks the folder over in its own time.
    until("no file is missed", || missing(clinic) == 0).await;
    until("all is settled again", || clinic.value::<i64>(under_way) == 0).await;
}

/// Files that the store believes to be here.
fn missing(clinic: &Clinic) -> usize {
    let here = clinic.store.read(recordings::files).unwrap();
    here.keys().filter(|name| !clinic.folder().join(name).is_file()).count()
}

#[tokio::test]
async fn what_was_still_coming_is_thrown_away_and_fetched_anew() {
    let mut clinic = clinic();
    put(&clinic, "tmp/.half");
    let id = clinic.recorded("one", 5, Answer::Bytes(wav(1)));
    clinic.start();
    clinic.until_here(id).await;
    assert_eq!(files(&clinic.folder()), [name(id)]);
    assert_agreed(&clinic);
}

#[tokio::test]
async fn a_file_without_its_row_is_taken_in() {
    let mut clinic = clinic();
    let id = clinic.recorded("one", 5, Answer::Gone);
    let stranger = CallId(uuid::Uuid::from_u128(1));
    put(&clinic, &name(id));
    put(&clinic, &name(stranger));
    put(&clinic, "2026/11/notes.txt");
    clinic.start();
    clinic.until_here(id).await;
    assert!(clinic.library.asked().is_empty());
    let mut left = [name(id), name(stranger), "2026/11/notes.txt".into()];
    left.sort();
    assert_eq!(files(&clinic.folder()), left, "what is of no call here is not ours to remove");
}

#[tokio::test]
async fn the_file_of_a_deleted_row_goes() {
    let mut clinic = clinic();
    let id = clinic.recorded("one", 5, Answer::Gone);
    put(&clinic, &name(id));
    clinic.start();
    clinic.until_here(id).await;
    clinic.stop();
    let delete = move |tx: &rusqlite::Transaction<'_>| recordings::delete(tx, id, "age 90 days", &author());
    assert!(clinic.store.write(delete).unwrap());
    clinic.start();
    until_settled(&clinic).await;
    assert!(files(&clinic.folder()).is_empty());
    assert_agreed(&clinic);
}

#[tokio::test]
async fn a_second_file_of_a_call_goes() {
    let mut clinic = clinic();
    let id = clinic.recorded("one", 5, Answer::Gone);
    put(&clinic, &name(id));
    clinic.start();
    clinic.until_here(id).await;
    clinic.stop();
    put(&clinic, &name(id).replace("wav", "mp3"));
    clinic.start();
    until("the second is gone", || files(&clinic.folder()).len() == 1).await;
    assert_agreed(&clinic);
}

#[tokio::test]
async fn a_row_without_its_file_awaits_it_again() {
    let mut clinic = clinic();
    let back = clinic.recorded("back", 5, Answer::Bytes(wav(1)));
    let gone = clinic.recorded("gone", 6, Answer::Gone);
    clinic
        .store
        .write(move |tx| {
            for call in [back, gone] {
                let file = SoundFile { name: name(call), form: SoundForm::Wav, bytes: 5 };
                recordings::arrived(tx, call, &file, &author())?;
            }
            Ok(())
        })
        .unwrap();
    clinic.start();
    until("fetched again", || clinic.sound(back) == Sound::Here { bytes: wav(1).len() as u64 }).await;
    until("lost", || clinic.muted(gone)).await;
    assert_agreed(&clinic);
}

/// Ten calls, stopped at every place where a fetch waits: before each, and in the middle of some.
#[tokio::test]
async fn a_stop_between_any_two_steps_costs_no_recording() {
    let mut clinic = clinic();
    let gate = clinic.library.lock();
    let calls: Vec<_> =
        (0..10).map(|n| clinic.recorded(&n.to_string(), n, Answer::Bytes(wav(n as u8)))).collect();
    for round in 0..12 {
        clinic.start();
        gate.add_permits(round % 2);
        tokio::time::sleep(Duration::from_millis(3 * round as u64)).await;
        clinic.stop();
        a_while().await;
    }
    gate.add_permits(100);
    clinic.start();
    for call in calls {
        clinic.until_here(call).await;
    }
    until_settled(&clinic).await;
    assert_agreed(&clinic);
}

const FOLDER: &str = "PULT_TEST_SOUNDS_FOLDER";
const ROUND: &str = "PULT_TEST_SOUNDS_ROUND";
const ROUNDS: i64 = 6;
/// From the beginning of one round to that of the next.
const ROUND_DAYS: i64 = 1000;

fn at_work(folder: &Path, round: i64) -> Clinic {
    let clinic = clinic_in(folder);
    clinic.library.put_others(Answer::Bytes(wav(7)));
    clinic.pass(TimeDelta::days(round * ROUND_DAYS));
    clinic
}

/// With a runtime of its own, so that nothing of it is left afterwards.
fn start_anew(folder: &Path, round: i64) {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let mut clinic = at_work(folder, round);
        clinic.start();
        until_settled(&clinic).await;
        assert_agreed(&clinic);
    });
    drop(runtime);
    // The thread of the ledger ends by itself.
    while Store::open(&folder.join("test.db")).is_err() {
        thread::sleep(Duration::from_millis(2));
    }
}

/// The process that is killed: calls come, some are held, some have no sound, and days go by so fast that recordings are
/// deleted all the while. Without its variables, as in a normal run of the tests, there is nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn keeps_until_killed() {
    let (Some(folder), Ok(round)) = (env::var_os(FOLDER), env::var(ROUND)) else { return };
    let round = round.parse().unwrap();
    let mut clinic = at_work(Path::new(&folder), round);
    clinic.start();
    for step in 0.. {
        let name = format!("{round}/{step}");
        if step % 7 == 0 {
            clinic.library.put(&name, Answer::Bytes(silence()));
        }
        let call = clinic.record(Snapshot { started_at: clinic.now(), ..call(&name, 0) });
        if step % 5 == 0 {
            clinic.store.write(move |tx| recordings::hold(tx, call, true, &author())).unwrap();
        }
        clinic.pass(TimeDelta::days(9));
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
}

fn work_until_killed(folder: &Path, round: i64) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::keeps_until_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(250 + 37 * round as u64));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn killed_at_any_moment_folder_store_and_journal_agree() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..ROUNDS {
        work_until_killed(folder.path(), round);
        start_anew(folder.path(), round);
    }
    let clinic = at_work(folder.path(), ROUNDS);
    for state in ["here", "silent", "deleted"] {
        let some: i64 = clinic.value(&format!("SELECT count(*) FROM recordings WHERE state = '{state}'"));
        assert!(some > 0, "none was {state}");
    }
}
