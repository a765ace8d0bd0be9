//! What one operator's desk starts from: plain values, already validated.

use chrono_tz::Tz;

use crate::domain::desk::Abilities;
use crate::domain::id::PersonId;

use super::keymap::Keymap;
use super::norms::ReportNorms;
use super::text::Words;
use super::theme::Theme;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    #[default]
    Ru,
    En,
}

/// How the terminal is asked to ring; the desk only tells whether and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RingKind {
    #[default]
    Off,
    Bell,
    Osc9,
    Osc99,
}

#[derive(Clone, Debug)]
pub struct Setup {
    pub operator: Option<PersonId>,
    pub operator_name: String,
    /// Of the phone on this desk: tells who sits here once the directory knows them.
    pub extension: Option<String>,
    pub language: Language,
    /// The user's own, over the shipped ones of `language`.
    pub words: Option<Words>,
    pub zone: Tz,
    pub theme: Theme,
    pub keymap: Keymap,
    /// Borders and signs of ASCII alone, for terminals and fonts without the others.
    pub ascii: bool,
    pub ring: RingKind,
    pub norms: ReportNorms,
    /// What can be asked of the telephony; the rest is not offered.
    pub abilities: Abilities,
    /// Width and height in cells.
    pub size: (u16, u16),
}
