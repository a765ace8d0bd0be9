//! Where pult keeps its files by default: the user's own folders.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::Error;

pub fn config() -> Result<PathBuf, Error> {
    Ok(base()?.config_dir().join("pult").join("config.toml"))
}

pub fn store() -> Result<PathBuf, Error> {
    Ok(base()?.data_dir().join("pult").join("pult.db"))
}

/// Beside the store: the same people may read both.
pub fn exports(store: &Path) -> PathBuf {
    store.with_file_name("exports")
}

/// Beside the store, by its name: `pult.db.recordings`.
pub fn recordings(store: &Path) -> PathBuf {
    store.with_added_extension("recordings")
}

pub fn log() -> Result<PathBuf, Error> {
    let base = base()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Ok(folder.join("pult").join("pult.log"))
}

fn base() -> Result<impl BaseStrategy, Error> {
    etcetera::choose_base_strategy().map_err(|_| Error::NoHome)
}
