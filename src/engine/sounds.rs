//! The sound of calls: fetched in the background as it becomes ready, kept beside the store, deleted by age.
//!
//! One task for each engine that has something to keep and somewhere to keep it: it looks the folder over, then
//! fetches the newest first and deletes what is old. Files are named by call ids; which of them counts, the store tells.

mod asked;
mod fetch;
mod fetching;
mod folder;
mod judged;
mod listen;
mod sweep;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Transaction;
use tokio::sync::{mpsc, watch};

use super::scribe::Scribe;
use crate::domain::desk::Trouble;
use crate::domain::id::CallId;
use crate::domain::recording::SoundForm;
use crate::store::{Author, Error};
use crate::telephony::Recordings;

use fetching::{Fetching, Wish};
use folder::Folder;

/// Wishes of listeners that may wait for the task.
const WISHES_WAITING: usize = 16;

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

/// The engine's end of the task.
#[derive(Clone)]
pub(super) struct Sounds {
    keeper: Keeper,
    wishes: mpsc::Sender<Wish>,
    trouble: watch::Receiver<Option<Trouble>>,
}

impl Sounds {
    /// Needs a tokio runtime; the task ends with the last clone.
    pub fn start(keeper: Keeper) -> Sounds {
        let (wishes, wished) = mpsc::channel(WISHES_WAITING);
        let (troubled, trouble) = watch::channel(None);
        tokio::spawn(keeper.clone().keep(wished, troubled));
        Sounds { keeper, wishes, trouble }
    }

    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.borrow().clone()
    }
}

/// What every part of the keeping works with.
#[derive(Clone)]
pub(super) struct Keeper {
    pub scribe: Scribe,
    pub keeping: Keeping,
    pub source: Arc<dyn Recordings>,
}

impl Keeper {
    async fn keep(self, wished: mpsc::Receiver<Wish>, troubled: watch::Sender<Option<Trouble>>) {
        let fetching = Fetching::new(self.clone(), troubled);
        self.open().await;
        tokio::select! {
            () = fetching.run(wished) => {}
            () = self.sweep_hourly() => {}
        }
    }

    /// Tries on until the folder can be used.
    async fn open(&self) {
        let mut told = false;
        while let Err(error) = self.blocking(Keeper::look_over).await {
            if !std::mem::replace(&mut told, true) {
                tracing::error!(%error, "recordings cannot be kept; trying on");
            }
            tokio::time::sleep(self.keeping.every).await;
        }
    }

    /// Runs `work` where it may block.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Keeper) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let keeper = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&keeper));
        done.await.unwrap_or_else(|error| Err(Error::Refused(error.to_string())))
    }

    /// As the program itself. Blocks.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &Author) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.scribe.write(work)
    }

    fn folder(&self) -> Folder<'_> {
        Folder(&self.keeping.folder)
    }

    /// Calls that began before are too old for their recordings to be kept.
    fn kept_since(&self) -> DateTime<Utc> {
        let age = TimeDelta::try_days(self.keeping.days.into());
        age.and_then(|age| self.scribe.now().checked_sub_signed(age)).unwrap_or(DateTime::UNIX_EPOCH)
    }
}
