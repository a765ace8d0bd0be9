//! Reports ready to use, each as the line that it stands for.

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
pub enum Preset {
    /// Administrators by success, this month
    Administrators,
    /// Who did not book, by topic, this month
    NotBooked,
    /// Advertising channels by money, this month
    Channels,
    /// Today's missed calls of patients, by channel
    MissedToday,
    /// Today's talks that nobody wrapped up
    UnknownToday,
    /// Calls we made, by the CRM's reasons, this month
    Outgoing,
    /// Who waited a minute or longer, by hour, this month
    LongWaits,
    /// Talks of ten minutes and more that ended without a booking, this month
    LongTalks,
}

impl Preset {
    pub fn line(self) -> &'static str {
        match self {
            Preset::Administrators => "month patients employee/outcome patients-only",
            Preset::NotBooked => "month patients topic/employee patients-only outcome=not-booked",
            Preset::Channels => "month patients channel/outcome patients-only sort=-money",
            Preset::MissedToday => "today calls channel patients-only outcome=missed direction=in",
            Preset::UnknownToday => {
                "today calls topic/employee patients-only topic=unknown \
                 outcome=booked,moved,cancelled,already-booked,not-booked"
            }
            Preset::Outgoing => "month calls caller-type/outcome patients-only direction=out",
            Preset::LongWaits => "month calls hour patients-only direction=in wait>=1m",
            Preset::LongTalks => "month calls employee/topic patients-only outcome=not-booked talk>=10m",
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;
    use crate::cli::report::named;
    use crate::domain::directory::Directories;

    #[test]
    fn every_preset_can_be_read() {
        for preset in Preset::value_variants() {
            assert!(named::view(preset.line(), &Directories::default()).is_ok(), "{}", preset.line());
        }
    }
}
