//! Which store a command works on and in which zone its days are: as the configuration says, unless told
//! otherwise on the command line.

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::{Failure, existing};
use crate::config::{self, Language};

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
        let configured = existing(config)?;
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
