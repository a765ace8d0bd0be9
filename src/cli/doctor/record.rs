//! Whether the PBX's record and its recordings can be read, how fresh the record is and what it lacks.

use chrono::{TimeDelta, Utc};

use super::{Finding, said};
use crate::cli::Failure;
use crate::cli::provider::past;
use crate::config::{self, Config, Telephony};
use crate::desk::Text;
use crate::telephony::asterisk::history::{Lack, Record, Seen};
use crate::telephony::asterisk::recordings::Sounds;

/// A record without a row for so long is more than a quiet weekend.
const STALE: TimeDelta = TimeDelta::days(3);

pub fn checks(text: &Text, config: &Config) -> Vec<Finding> {
    let Telephony::Asterisk(settings) = &config.telephony else { return Vec::new() };
    let mut findings = record(text, config, settings);
    findings.push(recordings(text, settings));
    findings
}

fn record(text: &Text, config: &Config, settings: &config::Asterisk) -> Vec<Finding> {
    let looked = match past::record(settings, config.zone) {
        Ok(None) => {
            return vec![Finding::doubtful(text.say("doctor-no-record"), text.say("doctor-no-record-hint"))];
        }
        Ok(Some(record)) => look(&record),
        Err(failure) => Err(failure),
    };
    let wrong = |failure: &Failure| {
        Finding::broken(
            said(text, "doctor-record-wrong", "reason", failure),
            text.say("doctor-record-wrong-hint"),
        )
    };
    match looked {
        Ok(seen) => {
            let lacks = seen.lacks.iter().map(|lack| lacking(text, *lack));
            [freshness(text, config, &seen)].into_iter().chain(lacks).collect()
        }
        Err(failure) => vec![wrong(&failure)],
    }
}

fn look(record: &Record) -> Result<Seen, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let seen = runtime.block_on(record.look());
    runtime.shutdown_background();
    seen.map_err(Failure::new)
}

fn freshness(text: &Text, config: &Config, seen: &Seen) -> Finding {
    let Some(newest) = seen.newest else {
        return Finding::doubtful(text.say("doctor-record-empty"), text.say("doctor-record-stale-hint"));
    };
    let local = newest.with_timezone(&config.zone).format("%d.%m.%Y %H:%M:%S");
    let fresh = said(text, "doctor-record", "newest", local);
    let age = Utc::now() - newest;
    if age > STALE || age < -TimeDelta::minutes(5) {
        return Finding::doubtful(fresh, text.say("doctor-record-stale-hint"));
    }
    Finding::good(fresh)
}

fn lacking(text: &Text, lack: Lack) -> Finding {
    let key = match lack {
        Lack::Events => "doctor-record-no-events",
        Lack::Linked => "doctor-record-no-linkedid",
        Lack::Recording => "doctor-record-no-recording",
    };
    Finding::doubtful(text.say(key), text.say(&format!("{key}-hint")))
}

fn recordings(text: &Text, settings: &config::Asterisk) -> Finding {
    let wrong = |reason: String| {
        let hint = text.say("doctor-sounds-wrong-hint");
        Finding::broken(said(text, "doctor-sounds-wrong", "reason", reason), hint)
    };
    match past::sounds(settings) {
        Ok(None) => Finding::doubtful(text.say("doctor-no-sounds"), text.say("doctor-no-sounds-hint")),
        Ok(Some(sounds)) => found(text, &sounds).map_or_else(wrong, Finding::good),
        Err(failure) => wrong(failure.to_string()),
    }
}

/// A web server is not asked: it would have to be asked for somebody's call.
fn found(text: &Text, sounds: &Sounds) -> Result<String, String> {
    sounds.look().map_err(|error| error.to_string())?;
    Ok(text.say(if sounds.are_here() { "doctor-sounds" } else { "doctor-sounds-web" }).into_owned())
}
