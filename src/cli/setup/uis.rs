//! What has to be known of an account at UIS or one of its twins.

use std::path::Path;

use super::question::{Asker, say};
use super::{Chosen, Next, tried, write, written};
use crate::cli::doctor::uis::hint;
use crate::cli::{Failure, probe};
use crate::config::{Credentials, Secret, Telephony, Uis};
use crate::desk::{Text, reason_said};
use crate::telephony::uis::{Realm, Unreached};

/// Asked again after a failure, every question offers the answer that was given.
pub fn ask(asker: &Asker, path: &Path) -> Result<Chosen, Failure> {
    // Better told now than after all the answers.
    write::try_folder(path)?;
    let (mut settings, mut extension) = (Uis::default(), String::new());
    loop {
        settings = questions(asker, settings)?;
        extension = asker.any("setup-extension", &extension)?;
        say(&asker.text.say("setup-trying"))?;
        match tried(asker, trial(asker.text, &settings))? {
            Next::Correct => {}
            Next::Leave => return Ok(Chosen::Nothing),
            Next::Save => break,
        }
    }
    written(asker.text, path, &Telephony::Uis(Box::new(settings)), &extension)
}

/// What the account still lacks, or why it cannot be reached.
fn trial(text: &Text, settings: &Uis) -> Result<Option<String>, String> {
    if Realm::named(&settings.host).is_none() {
        let host = ("host", settings.host.as_str().into());
        return Err(text.say_with("setup-uis-host-wrong", &[host]));
    }
    match probe::uis(settings) {
        Ok(found) => Ok(found.calls.map(|error| {
            let reason = ("reason", reason_said(&error.reason(), text.language).into());
            format!("{}\n→ {}", text.say_with("doctor-uis-no-calls", &[reason]), text.say(hint(&error)))
        })),
        Err(Unreached::Settings(reason)) => Err(reason),
        Err(Unreached::Answer(error)) => {
            let reason = reason_said(&error.reason(), text.language);
            Err(format!("{reason}\n→ {}", text.say(hint(&error))))
        }
    }
}

fn questions(asker: &Asker, standing: Uis) -> Result<Uis, Failure> {
    let host = asker.any("setup-uis-host", &standing.host)?;
    let key = match standing.credentials {
        Credentials::Key(key) => key,
        Credentials::Login { .. } => Secret::Typed(String::new()),
    };
    let credentials = Credentials::Key(asker.secret("setup-uis-key", key)?);
    let number = asker.any("setup-uis-number", standing.number.as_deref().unwrap_or_default())?;
    let number = Some(number).filter(|number| !number.is_empty());
    Ok(Uis { host, credentials, number, ..standing })
}
