//! Reports ready to use: the desk's own, in words for the command line.

use crate::desk::{ReportClinic, ReportScenario};
use crate::domain::report::{Pane, View};

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
pub enum Preset {
    /// Administrators by success, this month
    Administrators,
    /// Who asked for «Имплантация», or in a clinic without it for anything, and did not book, this month
    NotBooked,
    /// Advertising channels by money, this month
    Channels,
    /// Today's missed calls of patients, by channel
    MissedToday,
    /// Today's talks that nobody wrapped up
    NotWrapped,
    /// Calls we made, by the CRM's reasons, this month
    Outgoing,
    /// Who waited longer than the norm (`long_wait`), this month
    LongWaits,
    /// Talks longer than the norm (`long_talk`) that ended without a booking, this month
    LongTalks,
    /// Calls by weekday and hour, this month
    HeatMap,
}

impl Preset {
    /// With figures, where the desk lists the calls at once: --calls asks for them.
    pub fn view(self, clinic: ReportClinic<'_>) -> View {
        let scenario = match self {
            Preset::Administrators => ReportScenario::Administrators,
            Preset::NotBooked => ReportScenario::NotBooked,
            Preset::Channels => ReportScenario::Channels,
            Preset::MissedToday => ReportScenario::MissedToday,
            Preset::NotWrapped => ReportScenario::NotWrapped,
            Preset::Outgoing => ReportScenario::Outgoing,
            Preset::LongWaits => ReportScenario::LongWaits,
            Preset::LongTalks => ReportScenario::LongTalks,
            Preset::HeatMap => ReportScenario::HeatMap,
        };
        View { pane: Pane::Table, ..scenario.view(clinic) }
    }
}
