//! Kill -9 at any moment: what was acknowledged is there and the file opens.

use std::env;
use std::io::{BufRead, BufReader, Write, stdout};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pult::domain::wrapup::Fields;
use pult::store::{Store, calls, drafts, wrapups};

use crate::given::{NUMBER, answered, assert_sound, author, key, talking};

const STORE: &str = "PULT_TEST_CRASH_STORE";
const ROUND: &str = "PULT_TEST_CRASH_ROUND";
const ROUNDS: u64 = 8;

/// The process that is killed: writes from several threads and says on stdout what was acknowledged. Without
/// its variables, as in a normal run of the tests, there is nothing to do.
#[test]
fn writes_until_killed() {
    let (Some(path), Ok(round)) = (env::var_os(STORE), env::var(ROUND)) else { return };
    let store = Store::open(Path::new(&path)).unwrap();
    thread::scope(|scope| {
        for thread in 0..4 {
            let (store, round) = (store.clone(), round.clone());
            scope.spawn(move || {
                for step in 0.. {
                    let name = format!("{round}/{thread}/{step}");
                    write_one(&store, name.clone(), step);
                    let mut out = stdout().lock();
                    writeln!(out, "ack {name}").unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// A call with a draft, every other one wrapped up too.
fn write_one(store: &Store, name: String, step: u32) {
    let fields = Fields { comment: name.clone(), ..Fields::default() };
    store
        .write(move |tx| {
            calls::record(tx, &talking(&name, NUMBER), &author())?;
            let call = calls::record(tx, &answered(&name, NUMBER), &author())?.id;
            match step % 2 {
                0 => drafts::keep(tx, call, &fields, &author()),
                _ => wrapups::save(tx, call, &fields, &author()).map(drop),
            }
        })
        .unwrap();
}

fn start(path: &Path, round: u64) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::writes_until_killed", "--nocapture"])
        .env(STORE, path)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets it write for a while and kills it; answers what it acknowledged, whole lines only.
fn acknowledged_before_kill(path: &Path, round: u64) -> Vec<String> {
    let mut child = start(path, round);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (began, begun) = mpsc::channel();
    let reading = thread::spawn(move || {
        let mut names = vec![];
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            if let Some(name) = line.strip_prefix("ack ").and_then(|rest| rest.strip_suffix('\n')) {
                names.push(name.to_owned());
                let _ = began.send(());
            }
            line.clear();
        }
        names
    });
    begun.recv_timeout(Duration::from_secs(20)).unwrap();
    thread::sleep(Duration::from_millis(7 + round * 41 % 150));
    child.kill().unwrap();
    child.wait().unwrap();
    reading.join().unwrap()
}

#[test]
fn nothing_acknowledged_is_lost() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    let mut promised = vec![];
    for round in 0..ROUNDS {
        promised.extend(acknowledged_before_kill(&path, round));
        if round % 2 == 0 {
            assert_sound(&path);
        }
        let store = Store::open(&path).unwrap();
        for name in &promised {
            let found = store
                .read(|conn| {
                    let id = calls::id_of(conn, &key(name))?.expect("an acknowledged call");
                    calls::open(conn, id)
                })
                .unwrap()
                .expect("an acknowledged call");
            let words = found.draft.or(found.wrapup.map(|wrapup| wrapup.fields)).expect("its words");
            assert_eq!(&words.comment, name);
            assert!(!found.call.snapshot.is_live());
        }
        drop(store);
        assert_sound(&path);
    }
    assert!(promised.len() as u64 > ROUNDS, "it wrote before it was killed");
}

#[test]
fn another_process_is_refused_while_one_owns_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("pult.db");
    let mut child = start(&path, 0);
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("ack ") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "it ended before it wrote");
    }
    let refused = Store::open(&path).err();
    let beside = Store::open_shared(&path).map(drop);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(matches!(refused, Some(pult::store::Error::Locked(_))));
    beside.unwrap();
    Store::open(&path).unwrap();
}
