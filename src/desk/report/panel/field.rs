//! The lines of the filter, in their order, and what a choice may be.

use super::Way;
use crate::desk::report::words::Words;
use crate::domain::call::Direction;
use crate::domain::report::{Group, Kind, Level, View};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Period,
    From,
    To,
    Kind,
    By,
    ThenBy,
    PatientsOnly,
    Direction,
    Outcomes,
    Topics,
    Channels,
    Lines,
    Employees,
    CallerTypes,
    Branches,
}

const LEVELS: [Level; 16] = Level::ALL;
const DIRECTIONS: [Option<Direction>; 4] =
    [None, Some(Direction::Incoming), Some(Direction::Outgoing), Some(Direction::Internal)];

impl Field {
    pub const ALL: [Field; 15] = [
        Field::Period,
        Field::From,
        Field::To,
        Field::Kind,
        Field::By,
        Field::ThenBy,
        Field::PatientsOnly,
        Field::Direction,
        Field::Outcomes,
        Field::Topics,
        Field::Channels,
        Field::Lines,
        Field::Employees,
        Field::CallerTypes,
        Field::Branches,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Field::Period => "filter-period",
            Field::From => "filter-from",
            Field::To => "filter-to",
            Field::Kind => "filter-kind",
            Field::By => "filter-by",
            Field::ThenBy => "filter-then-by",
            Field::PatientsOnly => "filter-patients-only",
            Field::Direction => "filter-direction",
            Field::Outcomes => "filter-outcomes",
            Field::Topics => "filter-topics",
            Field::Channels => "filter-channels",
            Field::Lines => "filter-lines",
            Field::Employees => "filter-employees",
            Field::CallerTypes => "filter-caller-types",
            Field::Branches => "filter-branches",
        }
    }

    pub fn place(self) -> usize {
        Field::ALL.iter().position(|field| *field == self).unwrap_or(0)
    }

    pub fn next(self) -> Field {
        turned(&Field::ALL, self, Way::Forth)
    }

    pub fn previous(self) -> Field {
        turned(&Field::ALL, self, Way::Back)
    }

    pub fn is_date(self) -> bool {
        matches!(self, Field::From | Field::To)
    }

    /// Whether several of a directory may be ticked.
    pub fn is_list(self) -> bool {
        self.place() >= Field::Outcomes.place()
    }

    /// The neighbouring value of a choice; the first and the last are neighbours.
    pub fn turn(self, view: &mut View, way: Way) {
        match self {
            Field::Kind => view.kind = turned(&[Kind::Calls, Kind::Patients], view.kind, way),
            Field::By => view.by = turned(&LEVELS, view.by, way),
            Field::ThenBy => view.then_by = turned(&LEVELS, view.then_by, way),
            Field::PatientsOnly => view.filter.patients_only = !view.filter.patients_only,
            Field::Direction => {
                let direction = turned(&DIRECTIONS, direction(view), way);
                view.filter.only.retain(|group| group.level() != Level::Direction);
                view.filter.only.extend(direction.map(Group::Direction));
            }
            _ => {}
        }
    }

    /// The value of a choice in words; `None` for a field that is no choice.
    pub fn value(self, view: &View, words: Words<'_>) -> Option<String> {
        Some(match self {
            Field::Kind => words.kind(view.kind),
            Field::By => words.level(view.by),
            Field::ThenBy => words.level(view.then_by),
            Field::PatientsOnly if view.filter.patients_only => words.say("filter-yes"),
            Field::PatientsOnly => words.say("filter-no"),
            Field::Direction => words.direction(direction(view)),
            _ => return None,
        })
    }
}

fn direction(view: &View) -> Option<Direction> {
    view.filter.of(Level::Direction).find_map(|group| match group {
        Group::Direction(direction) => Some(*direction),
        _ => None,
    })
}

pub fn turned<T: Copy + PartialEq>(all: &[T], value: T, way: Way) -> T {
    let place = all.iter().position(|known| *known == value).unwrap_or(0);
    let step = match way {
        Way::Forth => 1,
        Way::Back => all.len() - 1,
    };
    all[(place + step) % all.len()]
}
