//! `pult doctor`: what is right and wrong with this installation, and how to mend it.

mod checks;
mod past;
mod record;
mod recordings;
mod terminal;
pub mod uis;

use std::fmt::Write as _;
use std::path::Path;

use chrono::Utc;

use super::{Failure, configured, launch, output, text};
use crate::config::Config;
use crate::desk::{Language, Look, Text};

/// Say what is right and wrong with config, store, provider and terminal, and how to mend it
///
/// Changes nothing and may run beside a desk. ✓ is good, ! works but somebody should look, ✗ is broken: with any of
/// these the exit code is 1.
#[derive(clap::Args)]
pub struct Args {}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Health {
    Good,
    /// Works, but somebody should look.
    Doubtful,
    Broken,
}

/// One line of the doctor's report.
pub struct Finding {
    pub health: Health,
    pub text: String,
    pub hint: Option<String>,
}

impl Finding {
    pub fn good(text: impl Into<String>) -> Finding {
        Finding { health: Health::Good, text: text.into(), hint: None }
    }

    pub fn doubtful(text: impl Into<String>, hint: impl Into<String>) -> Finding {
        Finding { health: Health::Doubtful, text: text.into(), hint: Some(hint.into()) }
    }

    pub fn broken(text: impl Into<String>, hint: impl Into<String>) -> Finding {
        Finding { health: Health::Broken, text: text.into(), hint: Some(hint.into()) }
    }
}

pub fn run(_args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let path = configured(config)?;
    let read = if path.exists() { Some(Config::read(&path)) } else { None };
    let text = text::of(match &read {
        Some(Ok(config)) => launch::language(config.desk.language),
        _ => Language::default(),
    });
    let mut findings = vec![checks::configuration(&text, &path, read.as_ref())];
    if let Some(Ok(config)) = &read {
        findings.extend(checks::look(&text, config));
        findings.extend(checks::store(&text, config));
        let look = Look::on_paper(Text::new(launch::language(config.desk.language)), config.zone);
        findings.extend(past::checks(&text, &look, config, Utc::now()));
        findings.extend(checks::telephony(&text, config));
        findings.extend(record::checks(&text, config));
        findings.extend(recordings::checks(&text, &look, config));
    }
    findings.extend(terminal::checks(&text));
    show(&findings)?;
    match findings.iter().filter(|finding| finding.health == Health::Broken).count() {
        0 => Ok(()),
        broken => Err(Failure::new(text.say_with("doctor-broken", &[("count", broken.into())]))),
    }
}

fn show(findings: &[Finding]) -> Result<(), Failure> {
    let mut said = String::new();
    for finding in findings {
        let sign = match finding.health {
            Health::Good => "✓",
            Health::Doubtful => "!",
            Health::Broken => "✗",
        };
        writeln!(said, "{sign} {}", finding.text)?;
        if let Some(hint) = &finding.hint {
            writeln!(said, "    → {hint}")?;
        }
    }
    output::print(&said)
}

/// A text with one value in it.
fn said(text: &Text, key: &str, name: &str, value: impl ToString) -> String {
    text.say_with(key, &[(name, value.to_string().into())])
}
