//! The sound of calls: fetched in the background as it becomes ready, kept beside the store, deleted by age.

use std::path::PathBuf;

/// Where recordings are kept, and for how long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keeping {
    pub folder: PathBuf,
    pub days: u32,
    /// Free room on the disk, in bytes, that is never filled: the store needs it.
    pub reserve: u64,
    /// No recording larger than this, in bytes, is taken.
    pub at_most: u64,
}
