//! Recordings: the folder they stand in, the room there, and what is here, waiting or lost.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use chrono_tz::Tz;
use rustix::fs::{Access, access};

use super::{Finding, said};
use crate::config::{Config, Keeping, Telephony};
use crate::desk::{self, Look, Text};
use crate::domain::recording::Absence;
use crate::engine::sounds::free_room;
use crate::store::Store;
use crate::store::recordings::{self, Tally};

/// Nothing where there is nothing to fetch from and nothing was ever fetched, or where the store cannot be looked into:
/// that is said elsewhere.
pub fn checks(text: &Text, look: &Look, config: &Config) -> Vec<Finding> {
    if !config.recordings.fetch {
        return vec![Finding::good(text.say("doctor-recordings-off"))];
    }
    let opened = Store::open_shared(&config.store);
    let Ok(tally) = opened.and_then(|store| store.read(recordings::count)) else { return vec![] };
    if config.telephony == Telephony::Absent && tally == Tally::default() {
        return vec![];
    }
    let mut findings = vec![kept(text, &tally, config.zone)];
    findings.extend(absent(text, look, &tally));
    findings.extend(folder(text, &config.recordings.folder));
    findings.extend(room(text, &config.recordings, &tally));
    findings
}

fn kept(text: &Text, tally: &Tally, zone: Tz) -> Finding {
    let Some(oldest) = tally.oldest else { return Finding::good(text.say("doctor-recordings-none")) };
    let values = [
        ("here", tally.here.into()),
        ("size", megabytes(tally.bytes).into()),
        ("oldest", oldest.with_timezone(&zone).format("%Y-%m-%d").to_string().into()),
        ("held", tally.held.into()),
    ];
    Finding::good(text.say_with("doctor-recordings", &values))
}

/// Waiting for the provider is how it begins; a reason is why it goes on.
fn absent(text: &Text, look: &Look, tally: &Tally) -> Option<Finding> {
    if tally.reasons.is_empty() && tally.lost == 0 {
        return None;
    }
    let values = [("waiting", tally.waiting.into()), ("lost", tally.lost.into())];
    let said = |(why, count): &(Absence, u64)| format!("{} ({count})", desk::absence(why, look));
    let reasons: Vec<String> = tally.reasons.iter().map(said).collect();
    Some(Finding::doubtful(text.say_with("doctor-recordings-absent", &values), reasons.join("; ")))
}

fn folder(text: &Text, folder: &Path) -> Option<Finding> {
    let path = folder.display();
    // The first recording makes it.
    let facts = fs::metadata(folder).ok()?;
    if access(folder, Access::WRITE_OK | Access::EXEC_OK).is_err() || !facts.is_dir() {
        return Some(Finding::broken(
            said(text, "doctor-recordings-closed", "path", path),
            text.say("doctor-recordings-closed-hint"),
        ));
    }
    let open = facts.permissions().mode() & 0o077 != 0;
    let finding = || {
        let hint = said(text, "doctor-recordings-open-hint", "path", &path);
        Finding::doubtful(said(text, "doctor-recordings-open", "path", &path), hint)
    };
    open.then(finding)
}

fn room(text: &Text, recordings: &Keeping, tally: &Tally) -> Option<Finding> {
    let there = recordings.folder.ancestors().find(|folder| folder.exists())?;
    let free = free_room(there).ok()?;
    let values = [
        ("free", megabytes(free).into()),
        ("reserve", megabytes(recordings.reserve).into()),
        ("waiting", tally.waiting.into()),
    ];
    if free > recordings.reserve {
        return Some(Finding::good(text.say_with("doctor-recordings-room", &values)));
    }
    let said = text.say_with("doctor-recordings-no-room", &values);
    let hint = text.say("doctor-recordings-no-room-hint");
    Some(if tally.waiting > 0 { Finding::broken(said, hint) } else { Finding::doubtful(said, hint) })
}

fn megabytes(bytes: u64) -> u64 {
    bytes >> 20
}
