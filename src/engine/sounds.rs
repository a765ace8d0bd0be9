//! The sound of calls: fetched in the background as it becomes ready, kept beside the store, deleted by age.
//!
//! One task for each engine that has something to keep and somewhere to keep it: it looks the folder over, then
//! fetches the newest first and deletes what is old. What stands in the folder is told by the store alone.

mod asked;
mod listen;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::id::CallId;
use crate::domain::recording::SoundForm;

/// Free room in bytes of the disk that a folder is on.
pub type Room = Arc<dyn Fn(&Path) -> io::Result<u64> + Send + Sync>;

/// Where recordings are kept, and for how long.
#[derive(Clone)]
pub struct Keeping {
    pub folder: PathBuf,
    pub days: u32,
    /// Free room on the disk, in bytes, that is never filled: the store needs it.
    pub reserve: u64,
    /// No recording larger than this, in bytes, is taken.
    pub at_most: u64,
    /// Between two looks at what is wanted when nothing else calls for one.
    pub every: Duration,
    pub room: Room,
}

impl Keeping {
    /// Ninety days, a gigabyte kept free, 200 megabytes at most each.
    pub fn in_folder(folder: PathBuf) -> Keeping {
        Keeping {
            folder,
            days: 90,
            reserve: 1 << 30,
            at_most: 200 << 20,
            every: Duration::from_secs(30),
            room: Arc::new(free_room),
        }
    }
}

/// What is left for those who are not root.
pub fn free_room(folder: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// A recording that can be opened now. The file may be deleted while it is read, and is never changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    pub call: CallId,
    pub path: PathBuf,
    pub form: SoundForm,
}
