//! Configuration, store and telephony.

use std::path::Path;

use super::{Finding, said, uis};
use crate::cli::{Failure, launch, probe};
use crate::config::{Asterisk, Config, Error, Telephony};
use crate::desk::{Text, reason_said};
use crate::domain::directory::Directories;
use crate::store::{Store, directories, tally};

pub fn configuration(text: &Text, path: &Path, read: Option<&Result<Config, Error>>) -> Finding {
    match read {
        None => Finding::doubtful(
            said(text, "doctor-config-absent", "path", path.display()),
            text.say("doctor-config-absent-hint"),
        ),
        Some(Err(error)) => Finding::broken(
            said(text, "doctor-config-wrong", "error", error),
            text.say("doctor-config-wrong-hint"),
        ),
        Some(Ok(_)) => Finding::good(said(text, "doctor-config", "path", path.display())),
    }
}

/// Only what keeps a desk from opening.
pub fn look(text: &Text, config: &Config) -> Vec<Finding> {
    let failures = [
        launch::keymap(&config.desk).err(),
        launch::theme(&config.desk).err(),
        launch::words(&config.desk).err(),
    ];
    let wrong = |failure: Failure| {
        Finding::broken(said(text, "doctor-look-wrong", "error", failure), text.say("doctor-look-wrong-hint"))
    };
    failures.into_iter().flatten().map(wrong).collect()
}

pub fn store(text: &Text, config: &Config) -> Vec<Finding> {
    let path = config.store.display();
    if !config.store.exists() {
        return vec![Finding::doubtful(
            said(text, "doctor-store-absent", "path", path),
            text.say("doctor-store-absent-hint"),
        )];
    }
    let looked = Store::open_shared(&config.store)
        .and_then(|store| store.read(|conn| Ok((tally::count(conn)?, directories::all(conn)?))));
    match looked {
        Err(error) => {
            vec![Finding::broken(
                said(text, "doctor-store-wrong", "error", error),
                text.say("doctor-store-wrong-hint"),
            )]
        }
        Ok((tally, directories)) => {
            let counts = [
                ("path", path.to_string().into()),
                ("people", tally.people.into()),
                ("calls", tally.calls.into()),
            ];
            vec![Finding::good(text.say_with("doctor-store", &counts)), operator(text, config, &directories)]
        }
    }
}

fn operator(text: &Text, config: &Config, directories: &Directories) -> Finding {
    let Some(extension) = config.operator.extension.as_deref() else {
        return Finding::doubtful(text.say("doctor-no-extension"), text.say("doctor-no-extension-hint"));
    };
    match directories.employee_at(extension) {
        Some(_) => Finding::good(said(text, "doctor-operator", "extension", extension)),
        None => Finding::doubtful(
            said(text, "doctor-nobody", "extension", extension),
            text.say("doctor-nobody-hint"),
        ),
    }
}

pub fn telephony(text: &Text, config: &Config) -> Vec<Finding> {
    match &config.telephony {
        Telephony::Absent => {
            vec![Finding::doubtful(text.say("doctor-no-telephony"), text.say("doctor-no-telephony-hint"))]
        }
        Telephony::Asterisk(settings) => vec![asterisk(text, settings)],
        Telephony::Uis(settings) => uis::account(text, config, settings)
            .into_iter()
            .chain(uis::listener(text, config, settings))
            .collect(),
    }
}

fn asterisk(text: &Text, settings: &Asterisk) -> Finding {
    let address = format!("{}:{}", settings.host, settings.port);
    match probe::asterisk(settings) {
        Ok(found) if found.missing.is_empty() => {
            Finding::good(said(text, "doctor-telephony", "address", address))
        }
        Ok(found) => Finding::doubtful(
            said(text, "doctor-telephony", "address", address),
            said(text, "telephony-lacks", "classes", found.missing.join(", ")),
        ),
        Err(reason) => Finding::broken(
            text.say_with(
                "doctor-telephony-wrong",
                &[("address", address.into()), ("reason", reason_said(&reason, text.language).into())],
            ),
            text.say("doctor-telephony-wrong-hint"),
        ),
    }
}
