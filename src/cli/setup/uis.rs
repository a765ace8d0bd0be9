//! What has to be known of an account at UIS or one of its twins.

use std::path::Path;

use super::question::{Asker, say};
use super::{Chosen, Next, tried, write, written};
use crate::cli::{Failure, probe};
use crate::config::{Credentials, Secret, Telephony, Uis};

/// Asked again after a failure, every question offers the answer that was given.
pub fn ask(asker: &Asker, path: &Path) -> Result<Chosen, Failure> {
    // Better told now than after all the answers.
    write::try_folder(path)?;
    let (mut settings, mut extension) = (Uis::default(), String::new());
    loop {
        settings = questions(asker, settings)?;
        extension = asker.any("setup-extension", &extension)?;
        say(&asker.text.say("setup-trying"))?;
        let trial = probe::uis(&settings).map(|_| None).map_err(|unreached| unreached.to_string());
        match tried(asker, trial)? {
            Next::Correct => {}
            Next::Leave => return Ok(Chosen::Nothing),
            Next::Save => break,
        }
    }
    written(asker.text, path, &Telephony::Uis(Box::new(settings)), &extension)
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
