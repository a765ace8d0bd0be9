//! The conversation between a desk (a screen somebody works at) and the engine: what a desk asks, what it is
//! answered, and what it is told unasked. Plain data, so that a desk runs in the engine's process, at the other
//! end of a wire, or in a test.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::call::{CallResult, Direction, Snapshot};
use super::directory::Directories;
use super::export::Export;
use super::gap::{Gap, Source};
use super::id::{CallId, ChannelId, MarkId, PersonId};
use super::lead::Lead;
use super::link::DeedLink;
use super::metric::{Metrics, Norms};
use super::period::Period;
use super::person::{Card, PersonBrief, PersonKind};
use super::phone::{Phone, Remote};
use super::recording::{Absence, Recording};
use super::report::{CallRow, Explanation, Group, Measure, Query, Table};
use super::wrapup::{Fields, WrapUp};

/// Who stands behind a number: one fills «Кто», several are a choice, none stays empty.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognition {
    Unknown,
    One(PersonBrief),
    Several(Vec<PersonBrief>),
}

impl Recognition {
    pub fn of(mut owners: Vec<PersonBrief>) -> Recognition {
        match owners.len() {
            1 => owners.pop().map_or(Recognition::Unknown, Recognition::One),
            0 => Recognition::Unknown,
            _ => Recognition::Several(owners),
        }
    }

    /// Unknown callers count among patients until somebody says otherwise.
    fn may_be_patient(&self) -> bool {
        let patient = |person: &PersonBrief| person.kind == PersonKind::Patient;
        match self {
            Recognition::Unknown => true,
            Recognition::One(person) => patient(person),
            Recognition::Several(people) => people.iter().any(patient),
        }
    }
}

/// A call on the board: one of now, or one that ended today and still wants something: missed and not talked with
/// since, or answered and not wrapped up. A call of which a desk is told unasked ([`Change::Call`]) may be past that.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BoardCall {
    pub id: CallId,
    pub snapshot: Snapshot,
    pub recognition: Recognition,
    pub channel: Option<ChannelId>,
    pub wrapped: bool,
}

impl BoardCall {
    /// Live, missed, or answered and not wrapped up; a board holds no others. Of the missed ones it holds those
    /// no later call makes good. A talk with an employee or a counterparty wants nothing: its type sets itself.
    pub fn wants_something(&self) -> bool {
        let owed = match self.snapshot.result {
            Some(CallResult::Answered) => self.recognition.may_be_patient(),
            Some(CallResult::Missed) => true,
            _ => false,
        };
        self.snapshot.is_live() || (owed && !self.wrapped)
    }

    /// Whether a finished talk is for somebody else to wrap up: an employee we know answered it or held it last, and
    /// neither is the one at `own`. What a mobile or an unknown phone took stays everybody's.
    pub fn is_a_colleagues(&self, own: &str, directories: &Directories) -> bool {
        let takers = [self.snapshot.agent.as_deref(), self.snapshot.holder.as_deref()];
        let mut takers = takers.into_iter().flatten();
        self.snapshot.result == Some(CallResult::Answered)
            && takers.clone().all(|taker| taker != own)
            && takers.any(|taker| directories.employee_at(taker).is_some())
    }

    /// Whether this call reached whoever we missed: answered, later, in either direction, with the same number
    /// or the same person.
    pub fn makes_good(&self, missed: &BoardCall) -> bool {
        missed.snapshot.result == Some(CallResult::Missed)
            && self.snapshot.was_answered()
            && self.snapshot.started_at > missed.snapshot.started_at
            && self.is_with_whom(missed)
    }

    fn is_with_whom(&self, other: &BoardCall) -> bool {
        let (mine, theirs) = (&self.snapshot.remote, &other.snapshot.remote);
        let same_person = match (&self.recognition, &other.recognition) {
            (Recognition::One(mine), Recognition::One(theirs)) => mine.id == theirs.id,
            _ => false,
        };
        same_person || (mine == theirs && *mine != Remote::Withheld)
    }
}

/// What one call looks like opened: everything the form needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpenCall {
    pub call: BoardCall,
    pub draft: Option<Fields>,
    pub wrapup: Option<WrapUp>,
}

/// The state of a provider's connection.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Never asked for: no provider is configured.
    Absent,
    Connecting,
    Up {
        since: DateTime<Utc>,
    },
    /// `reason` is for people and carries no secret.
    Down {
        since: DateTime<Utc>,
        reason: String,
    },
}

/// Which orders the telephony can carry out besides dialling and hanging up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Abilities {
    pub transfer: bool,
    pub hold: bool,
    pub consult: bool,
    pub tag: bool,
    pub play_on_phone: bool,
}

/// A call that bypassed the telephony, written by hand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ManualCall {
    pub direction: Direction,
    pub remote: Remote,
    pub started_at: DateTime<Utc>,
    pub talk: Duration,
    pub answered: bool,
}

/// One figure of a report: a cell of the table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    pub query: Query,
    /// One group a level, from the outermost; none is the total.
    pub path: Vec<Group>,
    pub measure: Measure,
}

/// A report saved by name, as the one line that holds its state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NamedView {
    pub name: String,
    pub line: String,
}

/// What a desk asks the engine. Each request is answered by exactly one [`Reply`] or one [`Refusal`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// The board as it stands: the calls that want something. Changes follow unasked.
    Board,
    Directories,
    Open(CallId),
    Card(PersonId),
    /// People by name or last digits of a phone, best first.
    Search {
        text: String,
    },
    KeepDraft {
        call: CallId,
        fields: Fields,
    },
    Save {
        call: CallId,
        fields: Fields,
    },
    /// Takes back the last save of this call: the wrap-up before it stands again, the fields become the draft.
    UndoSave(CallId),
    LogByHand(ManualCall),
    /// Click-to-call: the operator's own phone rings first.
    Dial(Phone),
    HangUp(CallId),
    Transfer {
        call: CallId,
        to: String,
    },
    /// Holds the outside party, or takes them off hold.
    Hold(CallId),
    Unhold(CallId),
    /// Talk to a colleague first: the outside party is held meanwhile.
    Consult {
        call: CallId,
        to: String,
    },
    /// The outside party to the colleague who was consulted.
    HandOver(CallId),
    /// Back to the outside party.
    TakeBack(CallId),
    /// Puts a tag of the provider's own system on the call.
    Tag {
        call: CallId,
        tag: String,
    },
    AddPhone {
        person: PersonId,
        phone: Phone,
        primary: bool,
    },
    Report(Query),
    /// The calls behind one figure, newest first: `path` is one group a level, from the outermost. Answers a page and,
    /// where it costs nothing, how many there are in all.
    Drill {
        figure: Figure,
        offset: usize,
        limit: usize,
    },
    /// How many calls stand behind a figure.
    Size(Figure),
    /// Where a figure comes from.
    Explain(Figure),
    /// What was done with visits in a call, and why it belongs to it.
    Links(CallId),
    Metrics {
        query: Query,
        norms: Norms,
    },
    /// Reports saved by name, for every desk.
    Views,
    SaveView(NamedView),
    ForgetView {
        name: String,
    },
    /// What this operator's desk was told to [`Request::Remember`] under a name.
    Recall {
        name: String,
    },
    Remember {
        name: String,
        value: String,
    },
    /// All calls with one person, newest first.
    History(PersonId),
    /// Into the journal, before the file is written: who took what out of the program, and when.
    NoteExport(Box<Export>),
    /// Times in which a provider was not heard that touch the period, the oldest first.
    Gaps(Period),
    /// The providers' records of the past, and how far each was read.
    Sources,
    /// What is known of a call's sound.
    Recording(CallId),
    /// A place in it, with a note.
    MarkRecording {
        call: CallId,
        at: Duration,
        note: String,
    },
    UnmarkRecording(MarkId),
    /// Exempts it from deletion by age, or no longer.
    HoldRecording {
        call: CallId,
        held: bool,
    },
    /// Rings the operator's own phone and plays the provider's file there.
    PlayOnPhone(CallId),
    /// Forms left on the site from this number, the newest first.
    Leads(Phone),
}

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

/// What a desk is told unasked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A call appeared or changed; replaces what was known of it. One that wants nothing more leaves the board.
    Call(Box<BoardCall>),
    /// A call is none any more: it was merged into another.
    Gone(CallId),
    Link(Link),
    /// The card of this person changed: ask again if it is being looked at.
    Person(PersonId),
    /// A gap began, ended, or was restored; replaces what was known of it.
    Gap(Box<Gap>),
    /// What is known of a call's sound changed.
    Recording(CallId),
    /// Something about recordings that somebody should know (no room on the disk), or no more.
    Sounds(Option<Trouble>),
    /// A line, a channel or an employee was added: ask for the directories again.
    Directories,
    /// Figures may have changed: a report that is being looked at is out of date.
    Figures,
    /// The report's figures are being read from the store, `done` calls of `total`; questions are answered after.
    Reading {
        done: u64,
        total: u64,
    },
    /// Too many changes at once for this desk: ask for the board again.
    Resync,
}

/// What keeps recordings from being fetched.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The disk has less room than is kept free for the store; this many recordings wait.
    NoRoom { waiting: u64 },
}
