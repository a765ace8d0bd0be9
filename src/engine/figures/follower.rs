//! Takes in what was committed, on a thread of its own: whoever asks next need not wait, and whoever commits never does.

use std::sync::mpsc::{self, SyncSender};
use std::thread;

use super::Figures;

/// The thread ends when the last clone is gone.
#[derive(Clone)]
pub(crate) struct Follower {
    wake: SyncSender<()>,
}

impl Follower {
    pub fn of(figures: Figures) -> Follower {
        let (wake, woken) = mpsc::sync_channel(1);
        let follow = move || woken.iter().for_each(|()| figures.follow());
        if let Err(error) = thread::Builder::new().name("ledger".into()).spawn(follow) {
            tracing::warn!(%error, "the ledger is read on only when somebody asks");
        }
        Follower { wake }
    }

    /// Something was committed. One nudge that waits covers all that come meanwhile.
    pub fn nudge(&self) {
        let _ = self.wake.try_send(());
    }
}

impl Figures {
    /// A ledger nobody has opened stays closed.
    fn follow(&self) {
        if self.seq().is_none() {
            return;
        }
        match self.catch_up(&|_, _| ()) {
            Ok(()) => self.save_some(),
            Err(error) => tracing::warn!(%error, "the ledger could not follow the store"),
        }
    }
}
