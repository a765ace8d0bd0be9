//! The fields of the filter: which there are, where they stand, and what a choice turns to.

use super::Way;
use crate::domain::report::{Comparison, Kind, Level, View};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Period,
    From,
    To,
    Kind,
    By,
    ThenBy,
    Compare,
    PatientsOnly,
    WaitFrom,
    WaitTo,
    TalkFrom,
    TalkTo,
    Text,
    Number,
    Recording,
    Comment,
    Person,
    /// Which groups of a level are kept.
    Groups(Level),
}

/// What the keys do with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nature {
    /// A few values that turn in place.
    Turns,
    /// The same, but so many that a list unfolds too.
    Picks,
    Date,
    Typed,
    /// A list in which several are ticked.
    Ticks,
    /// Found in the cards by name or number.
    Sought,
}

const QUESTION: [Field; 16] = [
    Field::Period,
    Field::From,
    Field::To,
    Field::Kind,
    Field::By,
    Field::ThenBy,
    Field::Compare,
    Field::PatientsOnly,
    Field::WaitFrom,
    Field::WaitTo,
    Field::TalkFrom,
    Field::TalkTo,
    Field::Text,
    Field::Number,
    Field::Recording,
    Field::Comment,
];

const LISTS: [Level; 12] = [
    Level::Outcome,
    Level::Topic,
    Level::Channel,
    Level::CallerType,
    Level::Employee,
    Level::Branch,
    Level::Line,
    Level::Direction,
    Level::Weekday,
    Level::Hour,
    Level::Speciality,
    Level::Familiarity,
];

/// Only a line or a saved report narrows by these; the period does it for people.
const RARE: [Level; 3] = [Level::Day, Level::Week, Level::Month];

pub const COMPARISONS: [Option<Comparison>; 3] =
    [None, Some(Comparison::Previous), Some(Comparison::YearAgo)];
const FLAGS: [Option<bool>; 3] = [None, Some(true), Some(false)];

/// Two columns of fields.
pub fn columns(view: &View) -> [Vec<Field>; 2] {
    let rare = RARE.into_iter().filter(|level| view.filter.of(*level).next().is_some());
    let lists = LISTS.into_iter().chain(rare).map(Field::Groups);
    [QUESTION.to_vec(), lists.chain([Field::Person]).collect()]
}

impl Field {
    pub fn key(self) -> &'static str {
        match self {
            Field::Period => "filter-period",
            Field::From => "filter-from",
            Field::To => "filter-to",
            Field::Kind => "filter-kind",
            Field::By => "filter-by",
            Field::ThenBy => "filter-then-by",
            Field::Compare => "filter-compare",
            Field::PatientsOnly => "filter-patients-only",
            Field::WaitFrom => "filter-wait-from",
            Field::WaitTo => "filter-wait-to",
            Field::TalkFrom => "filter-talk-from",
            Field::TalkTo => "filter-talk-to",
            Field::Text => "filter-text",
            Field::Number => "filter-number",
            Field::Recording => "filter-recording",
            Field::Comment => "filter-comment",
            Field::Person => "filter-person",
            Field::Groups(level) => groups_key(level),
        }
    }

    pub fn nature(self) -> Nature {
        match self {
            Field::Period | Field::By | Field::ThenBy => Nature::Picks,
            Field::From | Field::To => Nature::Date,
            Field::Kind | Field::Compare | Field::PatientsOnly | Field::Recording | Field::Comment => {
                Nature::Turns
            }
            Field::Person => Nature::Sought,
            Field::Groups(_) => Nature::Ticks,
            _ => Nature::Typed,
        }
    }

    pub fn is_length(self) -> bool {
        matches!(self, Field::WaitFrom | Field::WaitTo | Field::TalkFrom | Field::TalkTo)
    }

    /// The neighbouring value of a choice; the first and the last are neighbours.
    pub fn turn(self, view: &mut View, way: Way) {
        match self {
            Field::Kind => view.kind = turned(&[Kind::Calls, Kind::Patients], view.kind, way),
            Field::By => view.by = turned(&Level::ALL, view.by, way),
            Field::ThenBy => view.then_by = turned(&Level::ALL, view.then_by, way),
            Field::Compare => view.compare = turned(&COMPARISONS, view.compare, way),
            Field::PatientsOnly => view.filter.patients_only = !view.filter.patients_only,
            Field::Recording => view.filter.recording = turned(&FLAGS, view.filter.recording, way),
            Field::Comment => view.filter.comment = turned(&FLAGS, view.filter.comment, way),
            _ => {}
        }
    }

    /// Nothing kept out by it, nothing broken down or compared by it.
    pub fn clear(self, view: &mut View) {
        match self {
            Field::Kind => view.kind = Kind::Calls,
            Field::By => view.by = Level::None,
            Field::ThenBy => view.then_by = Level::None,
            Field::Compare => view.compare = None,
            Field::PatientsOnly => view.filter.patients_only = false,
            Field::Recording => view.filter.recording = None,
            Field::Comment => view.filter.comment = None,
            Field::Person => view.filter.person = None,
            Field::Groups(level) => view.filter.only.retain(|group| group.level() != level),
            _ => {}
        }
    }

    /// Whether it keeps anything out, of the fields that are not typed.
    pub fn narrows(self, view: &View) -> bool {
        match self {
            Field::Compare => view.compare.is_some(),
            Field::PatientsOnly => view.filter.patients_only,
            Field::Recording => view.filter.recording.is_some(),
            Field::Comment => view.filter.comment.is_some(),
            Field::Person => view.filter.person.is_some(),
            Field::Groups(level) => view.filter.of(level).next().is_some(),
            _ => false,
        }
    }
}

fn groups_key(level: Level) -> &'static str {
    match level {
        Level::Employee => "filter-employees",
        Level::Outcome => "filter-outcomes",
        Level::Topic => "filter-topics",
        Level::Channel => "filter-channels",
        Level::CallerType => "filter-caller-types",
        Level::Branch => "filter-branches",
        Level::Line => "filter-lines",
        Level::Direction => "filter-direction",
        Level::Day => "report-level-day",
        Level::Week => "report-level-week",
        Level::Month => "report-level-month",
        Level::Weekday => "report-level-weekday",
        Level::Hour => "report-level-hour",
        Level::Speciality => "filter-specialities",
        Level::Familiarity => "filter-familiarity",
        Level::None => "report-all",
    }
}

pub fn turned<T: Copy + PartialEq>(all: &[T], value: T, way: Way) -> T {
    let place = all.iter().position(|known| *known == value).unwrap_or(0);
    let step = match way {
        Way::Forth => 1,
        Way::Back => all.len() - 1,
    };
    all[(place + step) % all.len()]
}
