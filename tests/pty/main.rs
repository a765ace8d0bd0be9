//! The whole program as a user drives it, in a real pseudo-terminal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asterisk;
mod demo;
mod player;
#[allow(dead_code, reason = "the adapter's own tests use the rest")]
#[path = "../asterisk/recorded.rs"]
mod recorded;
mod scenarios;
mod terminal;
mod uis;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;
use terminal::Terminal;

const PULT: &str = env!("CARGO_BIN_EXE_pult");
const SMALL: (u16, u16) = (80, 24);
const ENTER: &str = "\r";
const TAB: &str = "\t";
const F2: &str = "\x1bOQ";
const F7: &str = "\x1b[18~";
const F10: &str = "\x1b[21~";

/// A user with a home of their own; pult keeps everything in it.
struct User {
    home: TempDir,
}

impl User {
    fn new() -> User {
        User { home: TempDir::new().unwrap() }
    }

    fn with_config(text: &str) -> User {
        let user = User::new();
        let folder = user.home.path().join(".config/pult");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), text).unwrap();
        user
    }

    fn start(&self, args: &[&str], size: (u16, u16)) -> Terminal {
        let home = self.home.path().to_str().unwrap();
        Terminal::start(PULT, args, &[("HOME", home), ("TMPDIR", home)], size)
    }

    /// Runs a command to its end; what it printed.
    fn run(&self, args: &[&str]) -> String {
        let output =
            std::process::Command::new(PULT).args(args).env("HOME", self.home.path()).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What pult made of its own in this folder nobody else can read.
    fn assert_private(&self, folder: &str) {
        let folder = self.home.path().join(folder);
        let made = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for path in made.chain([folder.clone()]) {
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{} {mode:o}", path.display());
        }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.home.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let user = User::new();
    let mut terminal = user.start(&["demo"], SMALL);
    terminal.see("Звонки");
    assert!(terminal.with_screen(|screen| screen.alternate_screen()));
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    terminal.wait("the main screen", |_| terminal.with_screen(|screen| !screen.alternate_screen()));
    assert!(!terminal.with_screen(|screen| screen.hide_cursor()));
    let left: Vec<_> =
        fs::read_dir(user.home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.is_empty(), "the demo left {left:?}");
}

#[test]
fn an_idle_desk_sends_nothing_and_a_typed_character_little() {
    let user = User::new();
    let silence = user.file("silence.toml", "");
    let mut terminal = user.start(&["demo", "--script", &silence], SMALL);
    terminal.see("Звонков нет");
    terminal.wait("the clinic's past is loaded", |screen| !screen.contains("подключается"));
    settle(&terminal);
    let before = terminal.bytes();
    sleep(Duration::from_secs(1));
    // The minute of the clock is the only thing that may change.
    assert!(terminal.bytes() - before <= 20, "{} bytes while idle", terminal.bytes() - before);

    terminal.send("n");
    terminal.see("Начало");
    terminal.send(TAB);
    terminal.send("+7941000000");
    terminal.see("+7941000000");
    settle(&terminal);
    let before = terminal.bytes();
    terminal.send("1");
    terminal.see("+79410000001");
    sleep(Duration::from_millis(100));
    assert!(terminal.bytes() - before <= 20, "{} bytes for a character", terminal.bytes() - before);
}

/// Until nothing was sent for a second.
fn settle(terminal: &Terminal) {
    let mut before = usize::MAX;
    while terminal.bytes() != before {
        before = terminal.bytes();
        sleep(Duration::from_secs(1));
    }
}

#[test]
fn what_was_typed_just_before_quitting_is_kept() {
    let user = User::with_config("");
    let mut terminal = user.start(&[], SMALL);
    terminal.see("Звонков нет");
    log_by_hand(&mut terminal, "9410000002");
    terminal.send(&format!("последние слова{F10}"));
    assert!(terminal.wait_for_exit().success());

    let mut terminal = user.start(&[], SMALL);
    terminal.see("941 000-00-02");
    terminal.send("0002");
    terminal.see("последние слова");
}

#[test]
fn a_draft_survives_kill_9_and_a_saved_wrap_up_too() {
    let user = User::with_config("");
    let mut terminal = user.start(&[], SMALL);
    terminal.see("Звонков нет");
    log_by_hand(&mut terminal, "9410000001");
    terminal.send("черновик, который нельзя потерять");
    terminal.see("нельзя потерять");
    sleep(Duration::from_secs(1));
    terminal.kill();

    let mut terminal = user.start(&[], SMALL);
    terminal.see("941 000-00-01");
    terminal.send("0001");
    terminal.see("нельзя потерять");
}

#[test]
fn being_told_to_end_keeps_the_draft_and_gives_the_terminal_back() {
    let user = User::with_config("");
    let mut terminal = user.start(&[], SMALL);
    terminal.see("Звонков нет");
    log_by_hand(&mut terminal, "9410000003");
    terminal.send("на полуслове");
    terminal.see("на полуслове");
    terminal.terminate();
    assert!(terminal.wait_for_exit().success());
    assert!(terminal.with_screen(|screen| !screen.alternate_screen()));

    let mut terminal = user.start(&[], SMALL);
    terminal.see("941 000-00-03");
    terminal.send("0003");
    terminal.see("на полуслове");
}

/// Leaves the cursor in the comment of the new call.
fn log_by_hand(terminal: &mut Terminal, number: &str) {
    terminal.send("n");
    terminal.see("Начало");
    terminal.send(TAB);
    terminal.send(number);
    terminal.see(number);
    terminal.send(F2);
    terminal.see("окончен");
    for _ in 0..4 {
        terminal.send(TAB);
    }
}

#[test]
fn the_first_start_asks_and_writes_the_configuration() {
    let user = User::new();
    let mut terminal = user.start(&[], SMALL);
    terminal.see("Language");
    terminal.send("2\r");
    terminal.see("What to connect?");
    terminal.send("9\r");
    terminal.see("1–4 [1]: 9");
    terminal.send("4\r");
    terminal.see("Calls");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
    let config = fs::read_to_string(user.home.path().join(".config/pult/config.toml")).unwrap();
    assert!(config.contains("language = \"en\""), "{config}");
}

#[test]
fn a_second_pult_on_the_same_store_is_told_why_it_cannot_start() {
    let user = User::with_config("");
    let first = user.start(&[], SMALL);
    first.see("Звонков нет");
    let mut second = user.start(&[], SMALL);
    second.see("in use by another pult");
    assert!(!second.wait_for_exit().success());
}

#[test]
fn any_size_is_survived() {
    let user = User::new();
    let mut terminal = user.start(&["demo"], (200, 60));
    terminal.see("Звонки");
    terminal.resize(40, 10);
    terminal.see("40×10");
    terminal.resize(1, 1);
    terminal.resize(120, 40);
    terminal.see("Комментарий к разговору");
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
}
