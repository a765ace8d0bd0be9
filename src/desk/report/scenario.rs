//! The questions asked every day, shipped as lines: what a clinic has not is asked in a wider way.

use crate::desk::norms::Limits;
use crate::domain::directory::Directories;
use crate::domain::period::Span;
use crate::domain::report::{Kind, Level, View, When};

/// What the shipped questions are fitted to.
#[derive(Clone, Copy)]
pub struct Clinic<'c> {
    pub directories: &'c Directories,
    pub limits: Limits,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scenario {
    /// Administrators by success.
    Administrators,
    /// Who asked for «Имплантация» and did not book.
    NotBooked,
    /// Advertising channels by money.
    Channels,
    /// Whom to call back.
    MissedToday,
    /// Talks nobody wrapped up: a wrap-up always says who wrote it, not always of what.
    NotWrapped,
    /// What the CRM's call lists led to.
    Outgoing,
    /// Longer than the clinic's norm.
    LongWaits,
    /// Longer than the norm, and ended without a booking.
    LongTalks,
    /// By hour and weekday.
    HeatMap,
    /// All calls of one patient, who is to be named first.
    Patient,
}

impl Scenario {
    /// In the order of their digits, from 1 to 0.
    pub const ALL: [Scenario; 10] = [
        Scenario::Administrators,
        Scenario::NotBooked,
        Scenario::Channels,
        Scenario::MissedToday,
        Scenario::NotWrapped,
        Scenario::Outgoing,
        Scenario::LongWaits,
        Scenario::LongTalks,
        Scenario::HeatMap,
        Scenario::Patient,
    ];

    /// Names of texts with lines, the wanted one first.
    fn lines(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Scenario::Administrators => {
                &[("scenario-administrators", "month patients employee/outcome patients-only")]
            }
            Scenario::NotBooked => &[
                (
                    "scenario-implants",
                    "month patients employee topic=Имплантация outcome=not-booked patients-only",
                ),
                ("scenario-not-booked", "month patients topic/employee outcome=not-booked patients-only"),
            ],
            Scenario::Channels => {
                &[("scenario-channels", "month patients channel/outcome patients-only sort=-money")]
            }
            Scenario::MissedToday => {
                &[("scenario-missed-today", "today calls channel outcome=missed patients-only pane=calls")]
            }
            Scenario::NotWrapped => &[(
                "scenario-not-wrapped",
                "today calls employee employee=none \
                 outcome=booked,moved,cancelled,already-booked,not-booked patients-only pane=calls",
            )],
            Scenario::Outgoing => {
                &[("scenario-outgoing", "month calls caller-type/outcome direction=out patients-only")]
            }
            Scenario::LongWaits => {
                &[("scenario-long-waits", "month calls employee direction=in patients-only pane=calls")]
            }
            Scenario::LongTalks => {
                &[("scenario-long-talks", "month calls employee outcome=not-booked patients-only pane=calls")]
            }
            Scenario::HeatMap => {
                &[("scenario-heat-map", "month calls weekday/hour patients-only pane=heat-map")]
            }
            Scenario::Patient => &[("scenario-patient", "year calls month/outcome pane=calls")],
        }
    }

    /// Whose digit it is on the keyboard's row: ten of them have one.
    pub fn digit(place: usize) -> usize {
        (place + 1) % 10
    }

    /// Whether a person must be named before it can be asked.
    pub fn seeks(self) -> bool {
        self == Scenario::Patient
    }

    /// The name of its text, and its view in this clinic.
    pub fn read(self, clinic: Clinic<'_>) -> (&'static str, View) {
        let read =
            |(key, line): &(&'static str, &str)| Some((*key, View::read(line, clinic.directories).ok()?));
        let plain = || View::new(When::Span(Span::Month), Kind::Calls, Level::Employee, Level::Outcome);
        let found = self.lines().iter().find_map(read);
        let (key, mut view) = found.unwrap_or_else(|| ("scenario-administrators", plain()));
        match self {
            Scenario::LongWaits => view.filter.wait.least = Some(clinic.limits.long_wait),
            Scenario::LongTalks => view.filter.talk.least = Some(clinic.limits.long_talk),
            _ => {}
        }
        (key, view)
    }

    pub fn view(self, clinic: Clinic<'_>) -> View {
        self.read(clinic).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_the_last_asks_nothing_of_the_directories() {
        let topic = crate::domain::directory::Topic {
            id: crate::domain::id::TopicId(uuid::Uuid::from_u128(1)),
            name: "Имплантация".to_owned(),
        };
        let clinic = Directories { topics: vec![topic], ..Directories::default() };
        for (_, line) in Scenario::ALL.iter().flat_map(|scenario| scenario.lines()) {
            View::read(line, &clinic).unwrap();
        }
        let directories = Directories::default();
        for scenario in Scenario::ALL {
            let (key, line) = scenario.lines().last().unwrap();
            View::read(line, &directories).unwrap();
            assert_eq!(
                scenario.read(Clinic { directories: &directories, limits: Limits::default() }).0,
                *key
            );
        }
    }

    #[test]
    fn norms_are_the_clinics() {
        let seconds = std::time::Duration::from_secs;
        let limits = Limits { long_wait: seconds(45), long_talk: seconds(300) };
        let clinic = Clinic { directories: &Directories::default(), limits };
        assert_eq!(Scenario::LongWaits.view(clinic).filter.wait.least, Some(seconds(45)));
        assert_eq!(Scenario::LongTalks.view(clinic).filter.talk.least, Some(seconds(300)));
    }
}
