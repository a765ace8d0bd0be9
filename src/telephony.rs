//! The provider's port: what a telephony provider tells the desk and what it can be told to do.
//!
//! An adapter (`asterisk`, `uis`, `demo`) turns the provider's own wire into whole-call snapshots and owns its
//! connection; it never touches the store or a screen. Everything is keyed by the provider's own call id.

pub mod asterisk;
pub mod demo;
pub mod fetch;
pub mod uis;
pub mod web;

use std::future::Future;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::domain::call::{CallKey, Snapshot};
pub use crate::domain::desk::Abilities;
use crate::domain::desk::Link;
use crate::domain::lead::Lead;
use crate::domain::office::Office;
use crate::domain::phone::Phone;
use crate::domain::reason::Reason;
pub use crate::domain::recording::SoundForm;

/// What a provider says. Applying one twice, or late, changes nothing twice.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    Call(Box<Snapshot>),
    /// What looked like a call of its own (a consultation) is part of another: it never counted.
    Merged {
        gone: CallKey,
        into: CallKey,
    },
    /// The provider's full list of running calls after a connection is made. Any other call of this provider
    /// believed to be live is over; it ends with what is known.
    Live {
        provider: String,
        calls: Vec<CallKey>,
    },
    Link(Link),
    /// The provider's own notifications stopped reaching us, or do again, while the link itself may be well.
    Hearing(Hearing),
    /// Lines and employees as the provider has them.
    Office(Box<Office>),
    /// A notification nobody could make sense of, kept for whoever mends it.
    Unread(Box<Unread>),
    /// Told once everything sent before it is on the disk.
    Receipt(Receipt),
}

#[derive(Clone, PartialEq, Debug)]
pub enum Hearing {
    Well,
    Deaf { since: DateTime<Utc>, reason: Reason },
}

#[derive(Clone, PartialEq, Debug)]
pub struct Unread {
    pub provider: String,
    /// As it came, cut to what a person can look through.
    pub body: String,
    pub reason: String,
}

/// Whoever must not answer before the disk has it waits for this.
#[derive(Clone, Debug, Default)]
pub struct Receipt(Arc<Notify>);

impl Receipt {
    pub fn tell(&self) {
        self.0.notify_one();
    }

    pub async fn told(&self) {
        self.0.notified().await;
    }
}

impl PartialEq for Receipt {
    fn eq(&self, other: &Receipt) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What a provider can be told to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Order {
    /// Rings `extension` first, then the number.
    Dial {
        extension: String,
        number: Phone,
    },
    HangUp(CallKey),
    /// Blind transfer of the outside party.
    Transfer {
        call: CallKey,
        to: String,
    },
    Hold(CallKey),
    Unhold(CallKey),
    /// Holds the outside party and rings `to`; then [`Order::HandOver`] or [`Order::TakeBack`].
    Consult {
        call: CallKey,
        to: String,
    },
    HandOver(CallKey),
    TakeBack(CallKey),
    /// A tag of the provider's own system, by its name.
    Tag {
        call: CallKey,
        tag: String,
    },
    /// Rings `extension` and plays the provider's own file there.
    PlayOnPhone {
        extension: String,
        /// As in [`Snapshot::recording`].
        recording: String,
    },
}

#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum OrderError {
    #[error("the telephony is not connected")]
    NotConnected,
    #[error("the telephony refused: {0}")]
    Refused(String),
    /// Never sent: a value holds a character that the wire gives a meaning to.
    #[error("{0} holds characters that may not be sent")]
    Unsafe(&'static str),
    #[error("this provider cannot do that")]
    Unsupported,
}

/// An order and the place for its result.
pub struct Placed {
    pub order: Order,
    pub done: oneshot::Sender<Result<(), OrderError>>,
}

/// A connection to one provider. Runs until `events` is closed; reconnects by itself.
pub trait Provider: Send + 'static {
    /// As in [`CallKey::provider`].
    fn name(&self) -> &'static str;

    fn abilities(&self) -> Abilities;

    fn run(
        self,
        events: mpsc::Sender<Event>,
        orders: mpsc::Receiver<Placed>,
    ) -> impl Future<Output = ()> + Send;
}

/// A provider's own record of one kind of thing past, read page by page. Reading changes nothing there.
pub trait History: Send + Sync + 'static {
    /// Names its cursor: `uis.calls`, `asterisk.cdr`, ...
    fn source(&self) -> &str;

    /// As in [`CallKey::provider`].
    fn provider(&self) -> &str;

    /// Whether it is the record of calls: what it lacks of a gap is not restored. One of leads alone is not.
    fn tells_calls(&self) -> bool {
        true
    }

    /// What began in `span` and is over, in a stable order: the first page, or the one that `next` of the page before
    /// named.
    fn page<'a>(
        &'a self,
        span: &'a Range<DateTime<Utc>>,
        next: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Page, HistoryError>>;
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    /// Each [`settled`](Snapshot::settled), but for calls that this record knows only in part.
    pub calls: Vec<Snapshot>,
    /// Calls that were a part of another, and of which: as [`Event::Merged`].
    pub merged: Vec<(CallKey, CallKey)>,
    pub leads: Vec<Lead>,
    /// Entries that could not be made sense of: counted, never taken for nothing.
    pub unread: u32,
    /// `None`: this was the last.
    pub next: Option<String>,
}

#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum HistoryError {
    /// The provider allows no more questions now.
    #[error("the provider allows no more questions for {} s", .0.as_secs())]
    Later(Duration),
    #[error("the provider's record cannot be read: {0}")]
    Unreachable(String),
    /// Trying again will not help before somebody mends it.
    #[error("{0}")]
    Refused(String),
}

/// Where recordings are fetched from.
pub trait Recordings: Send + Sync + 'static {
    /// As in [`CallKey::provider`].
    fn provider(&self) -> &str;

    /// Writes the sound into `into`, which is empty, and no more than `at_most` bytes of it. `recording` is what
    /// the provider said ([`Snapshot::recording`]): hostile.
    fn fetch<'a>(
        &'a self,
        recording: &'a str,
        into: &'a mut tokio::fs::File,
        at_most: u64,
    ) -> BoxFuture<'a, Result<Fetched, FetchError>>;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fetched {
    pub bytes: u64,
    /// Told by the first bytes, not by a name or a header.
    pub form: SoundForm,
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("the recording is not ready yet")]
    NotReady,
    #[error("the provider cannot be reached: {0}")]
    Unreachable(String),
    /// Not given to us, or not to be asked for, until somebody mends a list of addresses or hosts.
    #[error("the recording is refused: {0}")]
    Refused(String),
    /// It will not come.
    #[error("the recording is not there: {0}")]
    Gone(String),
    #[error("what came is no sound: {0}")]
    NoSound(String),
    #[error("the recording is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the disk refused: {0}")]
    Disk(#[from] std::io::Error),
}

/// What a provider has of the past.
#[derive(Clone, Default)]
pub struct Archive {
    pub histories: Vec<Arc<dyn History>>,
    pub recordings: Option<Arc<dyn Recordings>>,
}
