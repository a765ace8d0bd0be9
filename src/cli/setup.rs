//! The first start: asks what to connect, tries the connection, writes the configuration.

mod question;
mod uis;
mod write;

use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::{Failure, probe, text};
use crate::config::{Asterisk, Secret, Telephony};
use crate::desk::{Language, Text, reason_said};
use crate::telephony::asterisk::client::Found;
use question::{Asker, say};

/// What a person chose at the first start.
pub enum Chosen {
    Demo(Language),
    /// The configuration stands in the file now.
    Written,
    Nothing,
}

/// Asks on the plain terminal, before any desk is drawn.
pub fn ask(path: &Path) -> Result<Chosen, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new(format!("there is no configuration at {}", path.display()))
            .hint("start pult in a terminal to be asked, or `pult print config` and change it; `pult demo` needs none"));
    }
    say("Язык / Language\n  1 Русский\n  2 English")?;
    let unknown = text::of(Language::default());
    let language = if (Asker { text: &unknown }).choice(2)? == 2 { Language::En } else { Language::Ru };
    let text = text::of(language);
    let asker = Asker { text: &text };
    say(&text.say("setup-what"))?;
    match asker.choice(4)? {
        1 => Ok(Chosen::Demo(language)),
        2 => asterisk(&asker, path),
        3 => uis::ask(&asker, path),
        _ => written(&text, path, &Telephony::Absent, ""),
    }
}

/// Asked again after a failure, every question offers the answer that was given.
fn asterisk(asker: &Asker, path: &Path) -> Result<Chosen, Failure> {
    // Better told now than after all the answers.
    write::try_folder(path)?;
    let (mut settings, mut extension) = (usual(), String::new());
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
    written(asker.text, path, &Telephony::Asterisk(Box::new(settings)), &extension)
}

fn written(text: &Text, path: &Path, telephony: &Telephony, extension: &str) -> Result<Chosen, Failure> {
    let extension = Some(extension).filter(|extension| !extension.is_empty());
    write::config(path, text.language, telephony, extension)?;
    say(&text.say_with("setup-written", &[("path", path.display().to_string().into())]))?;
    Ok(Chosen::Written)
}

enum Next {
    Correct,
    Save,
    Leave,
}

/// What came of trying the connection: what is to be said when it stands, or why it does not.
fn tried(asker: &Asker, trial: Result<Option<String>, String>) -> Result<Next, Failure> {
    let text = asker.text;
    match trial {
        Ok(found) => {
            say(&text.say("setup-connected"))?;
            found.map_or(Ok(()), |found| say(&found))?;
            Ok(Next::Save)
        }
        Err(reason) => {
            say(&text.say_with("setup-failed", &[("reason", reason.into())]))?;
            say(&text.say("setup-after-failure"))?;
            Ok(match asker.choice(3)? {
                1 => Next::Correct,
                2 => Next::Save,
                _ => Next::Leave,
            })
        }
    }
}

fn trial(text: &Text, settings: &Asterisk) -> Result<Option<String>, String> {
    let found = probe::asterisk(settings);
    found.map(|found| lacking(text, &found)).map_err(|reason| reason_said(&reason, text.language))
}

fn lacking(text: &Text, found: &Found) -> Option<String> {
    let classes = found.missing.join(", ");
    (!classes.is_empty()).then(|| text.say_with("telephony-lacks", &[("classes", classes.into())]))
}

fn questions(asker: &Asker, standing: Asterisk) -> Result<Asterisk, Failure> {
    Ok(Asterisk {
        host: asker.any("setup-host", &standing.host)?,
        port: asker.port(standing.port)?,
        username: asker.any("setup-username", &standing.username)?,
        secret: asker.secret("setup-secret", standing.secret)?,
        trunks: loop {
            let trunks = asker.names("setup-trunks", &standing.trunks)?;
            if !trunks.is_empty() {
                break trunks;
            }
        },
        extensions: asker.names("setup-extensions", &standing.extensions)?,
        context: asker.any("setup-context", &standing.context)?,
        technology: standing.technology,
        history: standing.history,
        recordings: standing.recordings,
    })
}

/// What most installations of Asterisk answer to.
fn usual() -> Asterisk {
    Asterisk {
        host: "127.0.0.1".into(),
        port: 5038,
        username: "pult".into(),
        secret: Secret::Typed(String::new()),
        trunks: vec!["trunk".into()],
        extensions: vec![],
        context: "from-internal".into(),
        technology: "PJSIP".into(),
        history: None,
        recordings: None,
    }
}
