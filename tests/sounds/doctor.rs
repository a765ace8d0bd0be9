//! What `pult doctor` says of recordings, beside a desk that keeps them.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use crate::given::{Clinic, clinic, until};
use crate::library::{Answer, wav};

/// With these lines under [recordings].
fn doctor(clinic: &Clinic, settings: &str) -> String {
    let folder = clinic.folder();
    let home = folder.parent().unwrap();
    let config = home.join("config.toml");
    let text = format!("desk.language = \"en\"\nstore.path = \"test.db\"\n[recordings]\n{settings}\n");
    fs::write(&config, text).unwrap();
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_pult"));
    doctor.args(["doctor", "--config"]).arg(config).env_clear().env("HOME", home).stdin(Stdio::null());
    let said = String::from_utf8(doctor.output().unwrap().stdout).unwrap();
    said.replace(&folder.display().to_string(), "FOLDER")
}

#[tokio::test]
async fn doctor_counts_recordings_and_says_why_some_are_not_here() {
    let mut clinic = clinic();
    assert!(!doctor(&clinic, "").contains("ecordings"), "nothing is kept and nobody asks");
    clinic.start();
    let here = clinic.recorded("here", 5, Answer::Bytes(wav(1)));
    let gone = clinic.recorded("gone", 6, Answer::Gone);
    clinic.recorded("late", 7, Answer::NotReady);
    clinic.until_here(here).await;
    let explained = "SELECT count(*) = 2 FROM recordings WHERE reason IS NOT NULL";
    until("the others are explained", || clinic.muted(gone) && clinic.value(explained)).await;
    let said = doctor(&clinic, "reserve_mb = 0");
    for line in [
        "✓ Recordings: 1, 0 MB in all, the oldest of 2026-11-20, 0 held",
        "! Recordings that are not here: 1 waiting, 1 lost",
        "    → the provider is still preparing it (1); the provider does not have it: 404 (1)",
        "0 MB of them are never filled",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[tokio::test]
async fn doctor_sees_a_full_disk_and_a_folder_that_is_not_private() {
    let mut clinic = clinic();
    clinic.start();
    let here = clinic.recorded("here", 5, Answer::Bytes(wav(1)));
    clinic.until_here(here).await;
    let never = format!("reserve_mb = {}", u32::MAX);
    let said = doctor(&clinic, &never);
    assert!(said.contains("! The disk of recordings has") && said.contains("0 recordings wait"), "{said}");
    clinic.recorded("late", 7, Answer::NotReady);
    let said = doctor(&clinic, &never);
    assert!(said.contains("✗ The disk of recordings has") && said.contains("1 recordings wait"), "{said}");
    fs::set_permissions(clinic.folder(), Permissions::from_mode(0o755)).unwrap();
    let said = doctor(&clinic, "");
    assert!(said.contains("! Others can read the folder of recordings: FOLDER"), "{said}");
    let off = doctor(&clinic, "fetch = false");
    assert!(off.contains("✓ Recordings are not kept here: fetch = false"), "{off}");
}

#[tokio::test]
async fn doctor_finds_a_folder_that_is_none() {
    let mut clinic = clinic();
    clinic.start();
    let here = clinic.recorded("here", 5, Answer::Bytes(wav(1)));
    clinic.until_here(here).await;
    fs::write(clinic.folder().with_file_name("file"), "").unwrap();
    let said = doctor(&clinic, "folder = \"file\"");
    assert!(said.contains("✗ The folder of recordings cannot be written to: "), "{said}");
    for (setting, wanted) in
        [("keep_days = 0", "recordings.keep_days"), ("at_most_mb = 0", "recordings.at_most_mb")]
    {
        let said = doctor(&clinic, setting);
        assert!(said.contains(wanted), "{said}");
    }
}
