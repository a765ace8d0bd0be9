//! What comes into a desk and what goes out of it.

use crate::domain::desk::{Change, Refusal, Reply, Request};
use crate::domain::export::Export;

use super::key::Key;
use super::sound::{SoundNews, SoundOrder};

/// Ties a reply to its request. A reply whose ticket nobody waits for any more is dropped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ticket(pub u64);

#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    Key(Key),
    Mouse(Mouse),
    Paste(String),
    Resize {
        width: u16,
        height: u16,
    },
    Reply {
        ticket: Ticket,
        reply: Result<Reply, Refusal>,
    },
    Change(Change),
    /// A file that was asked for by [`Effect::Export`] is there, or is not.
    Exported(Result<Written, Unwritten>),
    Sound(SoundNews),
    /// The moment `next_wake` asked for has come.
    Wake,
    /// The terminal goes away, or the program is told to end.
    Leave,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    Ask {
        ticket: Ticket,
        request: Request,
    },
    Ring,
    Copy(String),
    /// Into a file of the operator's; answered by [`Event::Exported`].
    Export(Box<Export>),
    Sound(SoundOrder),
    Quit,
}

/// Where a file is to be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    pub name: String,
    pub folder: String,
}

/// Why a file is not there.
#[derive(Clone, PartialEq, Debug)]
pub enum Unwritten {
    Refused(Refusal),
    /// More than the form holds.
    TooLong,
    /// In the system's words.
    Failed(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mouse {
    pub kind: MouseKind,
    pub column: u16,
    pub row: u16,
}

/// A double click is two presses on one cell in a short time; the desk tells it by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MouseKind {
    Press,
    ScrollUp,
    ScrollDown,
}
