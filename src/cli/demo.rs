//! `pult demo`: the whole desk on the sample clinic and a played day of calls, in a store that is thrown away.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Utc;
use tempfile::TempDir;
use tokio::sync::mpsc;

use super::{Failure, existing, launch, sample};
use crate::config;
use crate::desk;
use crate::domain::period::day_of;
use crate::engine::sounds::Keeping;
use crate::engine::{Engine, Outside};
use crate::store::Store;
use crate::telephony::demo::recordings::Voices;
use crate::telephony::demo::script::Outage;
use crate::telephony::demo::{Demo, Record, Script};
use crate::telephony::{Abilities, Archive, Event, Placed, Provider};

const DAY: &str = include_str!("../../sample-data/day.toml");

/// Try the desk: the sample clinic, a played day of calls; nothing is kept
#[derive(clap::Args)]
pub struct Args {
    /// Seconds of the played day that pass in one second
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    /// Play this day instead of the shipped one (sample-data/day.toml shows the form)
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Play an outage too: a minute after the start nothing is heard of the exchange for a minute; then what happened
    /// meanwhile is read from its record
    #[arg(long)]
    outage: bool,
    /// Language of the desk
    #[arg(long)]
    language: Option<config::Language>,
    /// dark, light, high-contrast or monochrome
    #[arg(long)]
    theme: Option<String>,
    /// Borders and signs from ASCII only
    #[arg(long)]
    ascii: bool,
    /// The operator's own phone
    #[arg(long, default_value = "101")]
    extension: String,
}

pub fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let script = match &args.script {
        Some(path) => fs::read_to_string(path)
            .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?,
        None => DAY.to_owned(),
    };
    // The look of the user's own configuration where there is one: the demo should feel like home.
    let mut desk = existing(config)?.map(|config| config.desk).unwrap_or_default();
    desk.language = args.language.unwrap_or(desk.language);
    if args.theme.is_some() {
        (desk.theme, desk.own_theme) = (args.theme.clone(), None);
    }
    desk.ascii |= args.ascii;
    let mut script = Script::parse(&script)?;
    script.outages.extend(args.outage.then_some(Outage { at: 60.0, seconds: 60.0 }));
    play(&desk, script, args.speed, &args.extension)
}

/// The demo as the first start offers it.
pub fn first(language: desk::Language) -> Result<(), Failure> {
    let language = match language {
        desk::Language::Ru => config::Language::Ru,
        desk::Language::En => config::Language::En,
    };
    play(&config::Desk { language, ..config::Desk::default() }, Script::parse(DAY)?, 1.0, "101")
}

fn play(desk: &config::Desk, script: Script, speed: f64, extension: &str) -> Result<(), Failure> {
    let folder = TempDir::with_prefix("pult-demo-")?;
    let store = Store::open(&folder.path().join("demo.db"))?;
    sample::staff(&store)?;
    let place = launch::Place {
        zone: sample::ZONE,
        extension: Some(extension.to_owned()),
        desk,
        report: &config::Report::default(),
        log: &folder.path().join("demo.log"),
        exports: &folder.path().join("exports"),
    };
    launch::run(&place, store, |store| {
        let record = Record::default();
        let demo = Demo { script, speed, clock: Utc::now, record: record.clone() };
        let day = Opening { store: store.clone(), demo };
        let outside = Outside {
            archive: Archive { histories: vec![Arc::new(record)], recordings: Some(Arc::new(Voices)) },
            keeping: Some(keeping(folder.path())),
            ..Outside::from(day)
        };
        Engine::start(store, sample::ZONE, launch::clock(), outside)
    })
}

/// The day before the first that can be heard is over too when its recordings go.
fn keeping(folder: &Path) -> Keeping {
    Keeping { days: sample::RECORDED_DAYS + 1, ..Keeping::in_folder(folder.join("recordings")) }
}

/// The played day begins when the clinic's past is in the store; the desk does not wait for it.
struct Opening {
    store: Store,
    demo: Demo,
}

impl Provider for Opening {
    fn name(&self) -> &'static str {
        self.demo.name()
    }

    fn abilities(&self) -> Abilities {
        self.demo.abilities()
    }

    async fn run(self, events: mpsc::Sender<Event>, orders: mpsc::Receiver<Placed>) {
        let Opening { store, demo } = self;
        let now = Utc::now();
        let leads = demo.script.leads(now);
        let load = move || {
            sample::load(&store, day_of(now, sample::ZONE))?;
            sample::leave(&store, leads)
        };
        match tokio::task::spawn_blocking(load).await {
            Ok(Ok(())) => demo.run(events, orders).await,
            Ok(Err(failure)) => tracing::error!(%failure, "the sample clinic was not loaded"),
            Err(error) => tracing::error!(%error, "loading the sample clinic was cut short"),
        }
    }
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(speed) if (0.1..=1000.0).contains(&speed) => Ok(speed),
        _ => Err("write a number from 0.1 to 1000".into()),
    }
}
