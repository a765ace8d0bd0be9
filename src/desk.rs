//! The screen program as a state machine: events in, effects out, a frame from the state.
//!
//! `update` changes the state and says what is to be done, `view` draws it, `next_wake` tells when the
//! picture changes by time alone. Everything one operator's screen differs in (language, theme, keys, zone,
//! size) stands in [`State`], so any number of desks live in one process. Knows no terminal, no engine, no
//! clock: those are the host's.

mod action;
mod asking;
mod board;
mod drafts;
mod entry;
mod event;
mod form;
mod format;
mod fuzzy;
mod gaps;
mod hints;
mod history;
mod key;
mod keymap;
mod layer;
mod layout;
mod leads;
mod look;
mod norms;
mod notice;
mod people;
mod player;
mod reason;
mod refused;
mod report;
mod scroll;
mod setup;
mod sidebar;
mod sound;
mod state;
mod status;
mod strip;
mod text;
mod theme;
mod update;
mod view;

pub use action::Action;
pub use event::{Effect, Event, Mouse, MouseKind, Ticket, Unwritten, Written};
pub use gaps::{gap_said, source_said};
pub use key::{Key, KeyCode};
pub use keymap::{Context, Keymap, KeymapError};
pub use layout::LEAST;
pub use look::Look;
pub use norms::{Limits, ReportNorms};
pub use reason::in_words as reason_said;
pub use refused::absence;
pub use report::{
    Clinic as ReportClinic, MetricSaid, Scenario as ReportScenario, Words as ReportWords,
    drawn as drawn_in_report, metric_questions, metrics_said,
};
pub use setup::{Language, RingKind, Setup};
pub use sound::{Manner, Mute, SoundNews, SoundOrder, Waveform};
pub use state::{State, start};
pub use text::{Text, TextError, Words};
pub use theme::{Meaning, Theme, ThemeError};
pub use update::{next_wake, update};
pub use view::view;
