//! Setting pult up through the built program: what doctor, print and replay say of configurations and
//! logs as people leave them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use chrono::{TimeDelta, Utc};
use pult::domain::gap::{Cause, Gap, Restored};
use pult::store::{Author, Store, cursors, gaps, notices};
use tempfile::TempDir;

struct User {
    home: TempDir,
}

impl User {
    fn new() -> User {
        User { home: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join(".config/pult").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pult"));
        command.args(arguments).env_clear().env("HOME", self.home.path());
        command.env("TERM", "xterm").env("LANG", "C.UTF-8").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What doctor says of this configuration, and whether it calls it good.
    fn doctor(&self, config: &str) -> (String, bool) {
        self.file("config.toml", config);
        let output = self.run(&["doctor"]);
        (String::from_utf8(output.stdout).unwrap(), output.status.success())
    }
}

const ASTERISK: &str =
    "[asterisk]\nhost = \"127.0.0.1\"\nport = 1\nusername = \"pult\"\ntrunks = [\"trunk\"]\n";

#[test]
fn doctor_names_the_file_and_the_place_of_what_is_wrong() {
    let user = User::new();
    user.file("bad-keys.toml", "[board]\nj = \"jump\"\n");
    user.file("bad-theme.toml", "[meanings]\nmissed = { fg = \"pinkish\" }\n");
    let cases = [
        ("[desk", vec!["config.toml", "line 1"]),
        ("[desk]\nlanguage = \"en\"\ncolour = 1\n", vec!["line 3", "colour", "own_theme"]),
        ("[clinic]\nzone = \"Moscow\"\n", vec!["config.toml", "clinic.zone", "«Moscow»", "Europe/Moscow"]),
        ("[desk]\nkeys = \"none.toml\"\n", vec!["config.toml", "desk.keys", "none.toml"]),
        ("[desk]\nkeys = \"bad-keys.toml\"\n", vec!["bad-keys.toml", "[board] j", "\"jump\""]),
        ("[desk]\nown_theme = \"bad-theme.toml\"\n", vec!["bad-theme.toml", "missed", "\"pinkish\""]),
        ("[desk]\ntheme = \"pink\"\n", vec!["\"pink\"", "high-contrast"]),
        (ASTERISK, vec!["config.toml", "asterisk.secret_file", "PULT_ASTERISK_SECRET"]),
    ];
    for (config, wanted) in cases {
        let (said, good) = user.doctor(config);
        assert!(!good, "{config}\n{said}");
        for word in wanted {
            assert!(said.contains(word), "{config}\nwanted: {word}\n{said}");
        }
    }
}

/// From cron the environment is bare: what does not connect needs no secret.
#[test]
fn only_what_connects_asks_for_the_secret() {
    let user = User::new();
    let (said, good) = user.doctor(ASTERISK);
    assert!(!good && said.contains("PULT_ASTERISK_SECRET"), "{said}");
    assert!(said.contains("pult.db"), "doctor looks at the store all the same: {said}");
}

#[test]
fn doctor_tells_stores_apart() {
    let user = User::new();
    let (said, good) = user.doctor("[desk]\nlanguage = \"en\"\n[store]\npath = \"clinic.db\"\n");
    assert!(good && said.contains("No store yet"), "{said}");
    user.file("clinic.db", "a letter to the head physician, kept under a name that misleads".repeat(9));
    let output = user.run(&["doctor"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && said.contains("clinic.db is not a pult store"), "{said}");
    fs::remove_file(user.file("clinic.db", "")).unwrap();
    let topics = user.file("topics.csv", "name\nИмплантация\n");
    assert!(user.run(&["import", "topics", topics.to_str().unwrap()]).status.success());
    let output = user.run(&["doctor"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("0 people, 0 calls"), "{output:?}");
}

/// Six kinds of trouble with the past, each with what to do about it.
#[test]
fn doctor_says_what_was_not_heard_and_what_came_back() {
    let user = User::new();
    let path = user.file("clinic.db", "");
    fs::remove_file(&path).unwrap();
    let (now, hour) = (Utc::now(), TimeDelta::hours(1));
    let store = Store::open(&path).unwrap();
    let author = Author { employee: None, at: now };
    let lost = |source: &str, hours_ago: i32, cause| Gap {
        source: source.into(),
        cause,
        reason: "refused".into(),
        began_at: now - hour * hours_ago,
        ended_at: None,
        restored: Restored::Pending,
    };
    let gaps = [
        (lost("asterisk", 40, Cause::Provider), Some(Restored::Counted { whole: 11, found: 11 })),
        (lost("asterisk", 30, Cause::Provider), Some(Restored::Counted { whole: 10, found: 11 })),
        (lost("asterisk", 20, Cause::Ourselves), Some(Restored::Unknown)),
        (lost("asterisk", 10, Cause::Provider), Some(Restored::Pending)),
        (lost("uis", 1, Cause::Listener), None),
    ];
    store
        .write(move |tx| {
            for (gap, restored) in gaps {
                gaps::begin(tx, &gap, &author)?;
                if let Some(restored) = restored {
                    gaps::end(tx, &gap, gap.began_at + hour, &author)?;
                    gaps::restored(tx, &gap, restored, &author)?;
                }
            }
            cursors::set(tx, &cursors::read_until("asterisk.cdr"), &(now - hour).to_rfc3339(), &author)?;
            cursors::set(tx, &cursors::trouble("uis.calls"), "the key is not accepted", &author)?;
            notices::keep(tx, "uis", ("{", "no JSON"), &author)
        })
        .unwrap();
    drop(store);
    let (said, good) = user.doctor("[desk]\nlanguage = \"en\"\n[store]\npath = \"clinic.db\"\n");
    for line in [
        "✓ asterisk.cdr: read until",
        "(60 minutes ago)",
        "! uis.calls: not read yet: the key is not accepted",
        "Restored 11 of 11",
        "Restored 10 of 11",
        "How many calls there were is unknown",
        "Being restored",
        "uis: notifications did not arrive. It lasts",
        "! Notifications nobody understood, last week: 1",
        "pult uis templates",
    ] {
        assert!(said.contains(line), "wanted: {line}\n{said}");
    }
    assert!(good, "nothing of it keeps a desk from opening: {said}");
}

#[test]
fn an_unreachable_pbx_is_broken_and_a_wrong_terminal_too() {
    let user = User::new();
    user.file("secret", "something\n");
    let (said, good) =
        user.doctor(&format!("[desk]\nlanguage = \"en\"\n{ASTERISK}secret_file = \"secret\"\n"));
    assert!(!good && said.contains("127.0.0.1:1") && said.contains("manager.conf"), "{said}");
    let dumb = user.command(&["doctor"]).env("TERM", "dumb").env("LANG", "").output().unwrap();
    let said = String::from_utf8_lossy(&dumb.stdout);
    assert!(said.contains("cannot draw") && said.contains("LANG is empty"), "{said}");
}

#[test]
fn printed_tables_are_read_back_as_they_were() {
    let user = User::new();
    let shipped = user.run(&["print", "keys"]).stdout;
    user.file("keys.toml", &shipped);
    for name in ["dark", "light", "high-contrast", "monochrome"] {
        let theme = user.run(&["print", "theme", name]).stdout;
        user.file("theme.toml", &theme);
        user.file("config.toml", "[desk]\nkeys = \"keys.toml\"\nown_theme = \"theme.toml\"\n");
        assert_eq!(user.run(&["print", "theme"]).stdout, theme, "{name}");
    }
    assert_eq!(user.run(&["print", "keys"]).stdout, shipped);
    let template = user.run(&["print", "config"]).stdout;
    let (said, good) = user.doctor(&String::from_utf8(template).unwrap());
    assert!(good, "{said}");
}

#[test]
fn replay_tells_a_wrong_trunk_and_a_wrong_file() {
    let user = User::new();
    let log = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ami/a0_timestamps.txt");
    let replay = |trunk: &str, file: &str| {
        let output = user.run(&["replay", "--provider", "asterisk", "--trunk", trunk, file]);
        (String::from_utf8(output.stderr).unwrap(), output.status.success())
    };
    assert_eq!(replay("trunk", log), (String::new(), true));
    assert!(replay("gateway", log).0.contains("through gateway; endpoints in the log: 101, 102, trunk"));
    for (name, text) in [("empty.txt", ""), ("letter.txt", "Dear: doctor\r\n\r\nall is well\r\n\r\n")] {
        let (said, good) = replay("trunk", user.file(name, text).to_str().unwrap());
        assert!(!good && said.contains(name) && said.contains("no log"), "{said}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let user = User::new();
    let log = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ami/a0_timestamps.txt");
    let replay = ["replay", "--provider", "asterisk", "--trunk", "trunk", log];
    for arguments in [&["print", "keys"][..], &["print", "config"], &["doctor"], &replay] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = user.command(arguments).stdout(writer).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    }
}
