//! The first start: asks what to connect, tries the connection, writes the configuration.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::{Failure, probe, text};
use crate::config::{Asterisk, Secret};
use crate::desk::{Language, Text};
use crate::telephony::asterisk::client::Found;

mod write;

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
    let language = if choice(2)? == 2 { Language::En } else { Language::Ru };
    let text = text::of(language);
    say(&text.say("setup-what"))?;
    match choice(3)? {
        1 => Ok(Chosen::Demo(language)),
        2 => asterisk(&text, path),
        _ => {
            write::config(path, language, None, None)?;
            Ok(Chosen::Written)
        }
    }
}

fn asterisk(text: &Text, path: &Path) -> Result<Chosen, Failure> {
    loop {
        let settings = questions(text)?;
        let extension = Some(prompt(&text.say("setup-extension"), "")?).filter(|answer| !answer.is_empty());
        say(&text.say("setup-trying"))?;
        match probe::asterisk(&settings) {
            Ok(found) => say_found(text, &found)?,
            Err(reason) => {
                say(&text.say_with("setup-failed", &[("reason", reason.into())]))?;
                say(&text.say("setup-after-failure"))?;
                match choice(3)? {
                    1 => continue,
                    2 => {}
                    _ => return Ok(Chosen::Nothing),
                }
            }
        }
        write::config(path, text.language, Some(&settings), extension.as_deref())?;
        say(&text.say_with("setup-written", &[("path", path.display().to_string().into())]))?;
        return Ok(Chosen::Written);
    }
}

fn say_found(text: &Text, found: &Found) -> Result<(), Failure> {
    say(&text.say("setup-connected"))?;
    match found.missing.join(", ") {
        lacking if lacking.is_empty() => Ok(()),
        lacking => say(&text.say_with("telephony-lacks", &[("classes", lacking.into())])),
    }
}

fn questions(text: &Text) -> Result<Asterisk, Failure> {
    let host = prompt(&text.say("setup-host"), "127.0.0.1")?;
    let port = loop {
        match prompt(&text.say("setup-port"), "5038")?.parse() {
            Ok(port) => break port,
            Err(_) => say(&text.say("setup-port-wrong"))?,
        }
    };
    Ok(Asterisk {
        host,
        port,
        username: prompt(&text.say("setup-username"), "pult")?,
        secret: Secret::new(rpassword::prompt_password(format!("{}: ", text.say("setup-secret")))?),
        trunks: words(&prompt(&text.say("setup-trunks"), "trunk")?),
        extensions: words(&prompt(&text.say("setup-extensions"), "")?),
        context: prompt(&text.say("setup-context"), "from-internal")?,
        technology: "PJSIP".into(),
    })
}

fn words(answer: &str) -> Vec<String> {
    answer.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// One of the numbered choices just listed, asked until it is one; the first for an empty answer.
fn choice(count: usize) -> Result<usize, Failure> {
    loop {
        match prompt(&format!("1–{count}"), "1")?.parse() {
            Ok(number) if (1..=count).contains(&number) => return Ok(number),
            _ => {}
        }
    }
}

/// The answer, or `default` for an empty one.
fn prompt(question: &str, default: &str) -> Result<String, Failure> {
    let mut out = io::stdout();
    match default {
        "" => write!(out, "{question}: ")?,
        _ => write!(out, "{question} [{default}]: ")?,
    }
    out.flush()?;
    let mut answer = String::new();
    if io::stdin().lock().read_line(&mut answer)? == 0 {
        return Err(Failure::new("the questions were not answered; nothing was written"));
    }
    let answer = answer.trim();
    Ok(if answer.is_empty() { default } else { answer }.to_owned())
}

fn say(line: &str) -> Result<(), Failure> {
    Ok(writeln!(io::stdout(), "{line}")?)
}
