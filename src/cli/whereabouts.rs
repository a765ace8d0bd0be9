//! Which store a command works on and in which zone its days are: as the configuration says, unless told
//! otherwise on the command line.

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::Failure;
use crate::config::{self, Config, Language};

#[derive(clap::Args)]
pub struct Asked {
    /// Store file [default: as configured]
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Time zone of the clinic's days, e.g. Europe/Moscow [default: as configured]
    #[arg(long)]
    zone: Option<Tz>,
}

pub struct Whereabouts {
    pub store: PathBuf,
    pub zone: Tz,
    pub language: Language,
}

impl Asked {
    pub fn find(&self, config: Option<&Path>) -> Result<Whereabouts, Failure> {
        let configured = configured(config, self.store.is_some())?;
        let (zone, language) = configured
            .as_ref()
            .map_or((chrono_tz::Europe::Moscow, Language::Ru), |config| (config.zone, config.desk.language));
        let store = match (&self.store, configured) {
            (Some(path), _) => path.clone(),
            (None, Some(config)) => config.store,
            (None, None) => config::place::store()?,
        };
        Ok(Whereabouts { store, zone: self.zone.unwrap_or(zone), language })
    }
}

/// A file that was asked for must be there; the default one need not.
fn configured(asked: Option<&Path>, store_given: bool) -> Result<Option<Config>, Failure> {
    match asked {
        Some(path) => Ok(Some(Config::read(path)?)),
        None => match config::place::config() {
            Ok(path) if path.exists() => Ok(Some(Config::read(&path)?)),
            // Whoever names the store needs no folder of their own.
            Err(error) if !store_given => Err(error.into()),
            _ => Ok(None),
        },
    }
}
