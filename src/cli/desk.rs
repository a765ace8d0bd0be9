//! `pult` without a subcommand: the desk on the configured provider.

use std::path::Path;

use super::setup::{self, Chosen};
use super::{Failure, configured, demo, launch, provider};
use crate::config::{Config, Telephony};
use crate::engine::{Engine, Outside};
use crate::store::Store;

pub fn run(config: Option<&Path>) -> Result<(), Failure> {
    let path = configured(config)?;
    if !path.exists() {
        match setup::ask(&path)? {
            Chosen::Demo(language) => return demo::first(language),
            Chosen::Nothing => return Ok(()),
            Chosen::Written => {}
        }
    }
    open(&Config::read(&path)?)
}

fn open(config: &Config) -> Result<(), Failure> {
    let place = launch::Place {
        zone: config.zone,
        extension: config.operator.extension.clone(),
        desk: &config.desk,
        report: &config.report,
        log: &config.log,
        exports: &config.exports,
    };
    let store = Store::open(&config.store)?;
    let keeping = provider::keeping(&config.recordings);
    match &config.telephony {
        Telephony::Absent => {
            launch::run(&place, store, |store| Engine::alone(store, config.zone, launch::clock()))
        }
        Telephony::Asterisk(settings) => {
            let outside = Outside { keeping, ..provider::asterisk(settings, config.zone)? };
            launch::run(&place, store, |store| Engine::start(store, config.zone, launch::clock(), outside))
        }
        Telephony::Uis(settings) => {
            let outside = Outside { keeping, ..provider::uis(settings)? };
            launch::run(&place, store, |store| Engine::start(store, config.zone, launch::clock(), outside))
        }
    }
}
