//! The provider's port: what a telephony provider tells the desk and what it can be told to do.
//!
//! An adapter (`asterisk`, `demo`) turns the provider's own wire into whole-call snapshots and owns its
//! connection; it never touches the store or a screen. Everything is keyed by the provider's own call id.

pub mod asterisk;
pub mod demo;

use std::future::Future;

use tokio::sync::{mpsc, oneshot};

use crate::domain::call::{CallKey, Snapshot};
use crate::domain::desk::Link;
use crate::domain::phone::Phone;

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
    fn run(
        self,
        events: mpsc::Sender<Event>,
        orders: mpsc::Receiver<Placed>,
    ) -> impl Future<Output = ()> + Send;
}
