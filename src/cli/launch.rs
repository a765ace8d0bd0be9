//! Wires the parts of one desk in this terminal: store, provider, engine, look, screen.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Utc;
use chrono_tz::Tz;

use super::{Failure, crash, log};
use crate::config;
use crate::desk::{Keymap, Language, Limits, ReportNorms, RingKind, Setup, Theme, Words};
use crate::domain::desk::Abilities;
use crate::domain::directory::Employee;
use crate::domain::metric::Norms;
use crate::engine::{Clock, Engine, Operator};
use crate::host::local;
use crate::host::session::Seat;
use crate::host::sound::{self, NoOutlet};
use crate::store::{Store, directories};

/// What a desk in this terminal needs besides a running engine.
pub struct Place<'a> {
    pub zone: Tz,
    pub extension: Option<String>,
    pub desk: &'a config::Desk,
    pub report: &'a config::Report,
    pub log: &'a Path,
    /// The folder of the files written from reports.
    pub exports: &'a Path,
}

/// Opens the desk and runs it until the person leaves. `start` is called inside the runtime.
pub fn run(place: &Place<'_>, store: Store, start: impl FnOnce(Store) -> Engine) -> Result<(), Failure> {
    let folder = place.log.parent().unwrap_or(Path::new("."));
    let size = local::size()?;
    log::start(place.log)?;
    crash::guarded(folder, || {
        let directories = store.read(directories::all)?;
        let employee = place.extension.as_deref().and_then(|extension| directories.employee_at(extension));
        let operator =
            Operator { employee: employee.map(|employee| employee.id), extension: place.extension.clone() };
        let setup = setup(place, employee, size)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let seat = Seat { operator, setup, exports: place.exports.to_owned(), outlet: outlet() };
        let desk = async {
            let engine = start(store);
            let reading = engine.clone();
            tokio::task::spawn_blocking(move || reading.read_figures());
            (local::run(engine.clone(), seat, clock()).await, engine)
        };
        let (left, engine) = runtime.block_on(desk);
        engine.close();
        // A request that still runs must not hold up the person's shell.
        runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        Ok(left?)
    })
}

/// The sound server of whoever sits in this terminal.
fn outlet() -> Result<PathBuf, NoOutlet> {
    let folder = |name| env::var_os(name).map(PathBuf::from);
    let server = env::var("PULSE_SERVER").ok();
    let (runtime, session) = (folder("PULSE_RUNTIME_PATH"), folder("XDG_RUNTIME_DIR"));
    sound::outlet(server.as_deref(), runtime.as_deref(), session.as_deref())
}

/// The one place where the running program looks at the clock.
pub fn clock() -> Clock {
    Arc::new(Utc::now)
}

fn setup(place: &Place<'_>, employee: Option<&Employee>, size: (u16, u16)) -> Result<Setup, Failure> {
    Ok(Setup {
        operator: employee.map(|employee| employee.id),
        operator_name: employee.map(|employee| employee.name.clone()).unwrap_or_default(),
        extension: place.extension.clone(),
        language: language(place.desk.language),
        words: words(place.desk)?,
        zone: place.zone,
        theme: theme(place.desk)?,
        keymap: keymap(place.desk)?,
        ascii: place.desk.ascii,
        ring: ring(place.desk.ring),
        norms: norms(place.report),
        // The session asks the engine.
        abilities: Abilities::default(),
        size,
    })
}

/// The user's own theme, the one named, or what suits the terminal: NO_COLOR asks for none.
pub fn theme(desk: &config::Desk) -> Result<Theme, Failure> {
    let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let name = match &desk.theme {
        _ if plain => "monochrome",
        Some(name) => name,
        None => "dark",
    };
    match &desk.own_theme {
        Some(own) if !plain => Theme::from_toml(&own.text).map_err(|error| fault_in(own, error)),
        _ => Theme::preset(name)
            .map_err(|error| Failure::new(error).hint("correct `theme` under [desk] of the configuration")),
    }
}

/// The shipped keys with the user's own laid over them.
pub fn keymap(desk: &config::Desk) -> Result<Keymap, Failure> {
    match &desk.keys {
        Some(own) => Keymap::from_toml(Some(&own.text)).map_err(|error| fault_in(own, error)),
        None => Ok(Keymap::from_toml(None)?),
    }
}

/// The user's own words, to be laid over the shipped ones.
pub fn words(desk: &config::Desk) -> Result<Option<Words>, Failure> {
    let parse = |own: &config::Own| Words::parse(&own.text).map_err(|error| fault_in(own, error));
    desk.words.as_ref().map(parse).transpose()
}

fn fault_in(own: &config::Own, error: impl std::error::Error) -> Failure {
    Failure::new(format!("{}: {}", own.path.display(), error.to_string().trim_end()))
}

pub fn language(language: config::Language) -> Language {
    match language {
        config::Language::Ru => Language::Ru,
        config::Language::En => Language::En,
    }
}

/// The clinic's norms as configured.
pub fn norms(report: &config::Report) -> ReportNorms {
    let limits =
        |limits: &config::Limits| Limits { long_wait: limits.long_wait, long_talk: limits.long_talk };
    ReportNorms {
        usual: limits(&report.usual),
        topics: report.topics.iter().map(|(name, own)| (name.clone(), limits(own))).collect(),
        metrics: Norms { answer_within: report.answer_within, short_abandon: report.short_abandon },
        service_level: report.service_level,
    }
}

fn ring(ring: config::Ring) -> RingKind {
    match ring {
        config::Ring::Off => RingKind::Off,
        config::Ring::Bell => RingKind::Bell,
        config::Ring::Osc9 => RingKind::Osc9,
        config::Ring::Osc99 => RingKind::Osc99,
    }
}
