//! `[recordings]`: whether, where and how long the sound of calls is kept on this machine.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Error, File, place};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keeping {
    /// Whether they are fetched at all.
    pub fetch: bool,
    pub folder: PathBuf,
    pub keep_days: u32,
    /// Free room on the disk, in bytes, that is never filled.
    pub reserve: u64,
    /// The largest that is taken, in bytes.
    pub at_most: u64,
}

/// Sizes in mebibytes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawKeeping {
    fetch: bool,
    folder: Option<PathBuf>,
    keep_days: u32,
    reserve_mb: u32,
    at_most_mb: u32,
}

impl Default for RawKeeping {
    fn default() -> RawKeeping {
        RawKeeping { fetch: true, folder: None, keep_days: 90, reserve_mb: 1024, at_most_mb: 200 }
    }
}

impl RawKeeping {
    pub fn validate(self, file: &File, store: &Path) -> Result<Keeping, Error> {
        if self.keep_days == 0 {
            return Err(file.fault("recordings.keep_days", "write at least 1, or fetch = false to keep none"));
        }
        if self.at_most_mb == 0 {
            return Err(file.fault("recordings.at_most_mb", "no recording is so small; write e.g. 200"));
        }
        Ok(Keeping {
            fetch: self.fetch,
            folder: self.folder.map_or_else(|| place::recordings(store), |path| file.beside(&path)),
            keep_days: self.keep_days,
            reserve: u64::from(self.reserve_mb) << 20,
            at_most: u64::from(self.at_most_mb) << 20,
        })
    }
}
