//! What a desk asks.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::call::Direction;
use crate::domain::export::Export;
use crate::domain::id::{CallId, MarkId, PersonId};
use crate::domain::metric::Norms;
use crate::domain::period::Period;
use crate::domain::phone::{Phone, Remote};
use crate::domain::report::{Group, Measure, Query};
use crate::domain::wrapup::Fields;

/// What a desk asks the engine. Each request is answered by exactly one [`Reply`](super::Reply) or one [`Refusal`](super::Refusal).
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

/// Which orders the telephony can carry out besides dialling and hanging up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Abilities {
    pub transfer: bool,
    pub hold: bool,
    pub consult: bool,
    pub tag: bool,
    pub play_on_phone: bool,
}
