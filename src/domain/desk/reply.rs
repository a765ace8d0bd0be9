//! What a desk is answered.

use serde::{Deserialize, Serialize};

use super::{BoardCall, NamedView, OpenCall};
use crate::domain::directory::Directories;
use crate::domain::gap::{Gap, Source};
use crate::domain::id::CallId;
use crate::domain::lead::Lead;
use crate::domain::link::DeedLink;
use crate::domain::metric::Metrics;
use crate::domain::person::{Card, PersonBrief};
use crate::domain::recording::{Absence, Recording};
use crate::domain::report::{CallRow, Explanation, Table};
use crate::domain::wrapup::{Fields, WrapUp};

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Board(Vec<BoardCall>),
    Directories(Box<Directories>),
    Opened(Box<OpenCall>),
    Card(Box<Card>),
    Found(Vec<PersonBrief>),
    DraftKept,
    Saved(Box<WrapUp>),
    /// The wrap-up that stands after the undo, and the fields that were taken back.
    Undone {
        wrapup: Option<Box<WrapUp>>,
        fields: Box<Fields>,
    },
    Logged(CallId),
    /// The provider took the order; the call itself arrives as a change.
    Dialling,
    Done,
    Report(Box<Table>),
    Calls {
        rows: Vec<CallRow>,
        total: Option<usize>,
    },
    Size(usize),
    Explained(Box<Explanation>),
    Links(Vec<DeedLink>),
    Metrics(Box<Metrics>),
    Views(Vec<NamedView>),
    Recalled(Option<String>),
    Gaps(Vec<Gap>),
    Sources(Vec<Source>),
    Recording(Box<Recording>),
    Leads(Vec<Lead>),
}

/// Why the engine did not do it. Each has its text and hint in the desk's languages.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    #[error("the call, the person or the entry is not there any more")]
    NotFound,
    #[error("the caller's type or the topic is missing")]
    Incomplete,
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("the telephony is not connected")]
    ProviderDown,
    #[error("the operator has no extension: set `extension` under [operator]")]
    NoExtension,
    #[error("the telephony refused: {0}")]
    ProviderRefused(String),
    /// There is nothing to hear.
    #[error("no recording: {0}")]
    NoRecording(Absence),
    #[error("the store refused: {0}")]
    Store(String),
}
