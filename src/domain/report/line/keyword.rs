//! The English words of a line, each value's own.

use crate::domain::call::Direction;
use crate::domain::outcome::Outcome;
use crate::domain::period::Span;
use crate::domain::report::{Comparison, Familiarity, Kind, Level, Measure, Pane};

use super::words::Value;

/// A value that is written as one word of the program, the same in every language.
pub trait Keyword: Copy + 'static {
    const VALUES: &'static [Self];

    fn word(self) -> &'static str;

    fn named(text: &str) -> Option<Self> {
        Self::VALUES.iter().copied().find(|value| value.word().eq_ignore_ascii_case(text))
    }

    fn of(value: &Value) -> Option<Self> {
        value.bare.then(|| Self::named(&value.text)).flatten()
    }

    /// All of them, as what was expected.
    fn expected() -> String {
        Self::VALUES.iter().map(|value| value.word()).collect::<Vec<_>>().join(", ")
    }
}

macro_rules! keywords {
    ($($noun:ident { $($value:ident = $word:literal,)+ })+) => {$(
        impl Keyword for $noun {
            const VALUES: &'static [$noun] = &[$($noun::$value,)+];

            fn word(self) -> &'static str {
                match self {
                    $($noun::$value => $word,)+
                }
            }
        }
    )+};
}

keywords! {
    Span {
        Today = "today",
        Yesterday = "yesterday",
        Week = "week",
        LastWeek = "last-week",
        Month = "month",
        LastMonth = "last-month",
        Quarter = "quarter",
        LastQuarter = "last-quarter",
        Year = "year",
        LastYear = "last-year",
    }
    Kind {
        Calls = "calls",
        Patients = "patients",
    }
    Level {
        Employee = "employee",
        Outcome = "outcome",
        Topic = "topic",
        Channel = "channel",
        CallerType = "caller-type",
        Branch = "branch",
        Line = "line",
        Direction = "direction",
        Day = "day",
        Week = "week",
        Month = "month",
        Weekday = "weekday",
        Hour = "hour",
        Speciality = "speciality",
        Familiarity = "familiarity",
        None = "none",
    }
    Outcome {
        Booked = "booked",
        Moved = "moved",
        Cancelled = "cancelled",
        AlreadyBooked = "already-booked",
        NotBooked = "not-booked",
        Missed = "missed",
        NotReached = "not-reached",
    }
    Direction {
        Incoming = "in",
        Outgoing = "out",
        Internal = "internal",
    }
    Familiarity {
        New = "new",
        Known = "known",
    }
    Comparison {
        Previous = "previous",
        YearAgo = "year-ago",
    }
    Pane {
        Table = "table",
        Calls = "calls",
        HeatMap = "heat-map",
        Trend = "trend",
        Funnel = "funnel",
        Channels = "channels",
        Metrics = "metrics",
    }
    Measure {
        Calls = "calls",
        Taken = "taken",
        Missed = "missed",
        Wait = "wait",
        Talk = "talk",
        Booked = "booked",
        BookedPercent = "booked-percent",
        Held = "held",
        HeldPercent = "held-percent",
        Money = "money",
        AverageMoney = "average-money",
    }
}
