//! Groups as values of a line: by the directory's name where it says which, else by id.
//!
//! What is written is read back first: a name that would be taken for another group is not used.

use chrono::Weekday;
use uuid::Uuid;

use super::LineFault;
use super::dates;
use super::keyword::Keyword;
use super::words::{Value, Word, quoted, value};
use crate::domain::call::Direction;
use crate::domain::directory::Directories;
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::name;
use crate::domain::outcome::Outcome;
use crate::domain::report::{Familiarity, Group, Level};

const UNKNOWN: &str = "unknown";
const NONE: &str = "none";
const ALL: &str = "all";
/// Before a line's number, which else could be another line's name.
const NUMBER: char = '#';
/// A call between two of our phones is in no report.
const COUNTED: [Direction; 2] = [Direction::Incoming, Direction::Outgoing];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub fn written(group: &Group, directories: &Directories) -> String {
    match group {
        Group::Outcome(outcome) => outcome.map_or(NONE, Keyword::word).to_owned(),
        Group::Familiarity(familiarity) => familiarity.map_or(NONE, Keyword::word).to_owned(),
        Group::Direction(direction) => direction.word().to_owned(),
        Group::Day(day) | Group::Week(day) => day.to_string(),
        Group::Month(first) => dates::month_written(*first),
        Group::Weekday(day) => WEEKDAYS.get(usize::from(*day)).map_or(day.to_string(), |it| it.to_string()),
        Group::Hour(hour) => hour.to_string(),
        Group::Speciality(None) => NONE.to_owned(),
        Group::Speciality(Some(name)) => named(name),
        Group::Topic(None) => UNKNOWN.to_owned(),
        Group::All => ALL.to_owned(),
        listed => of_directory(listed, directories),
    }
}

fn of_directory(group: &Group, directories: &Directories) -> String {
    let Some(id) = id(group) else { return NONE.to_owned() };
    let entries = entries(group.level(), directories);
    let entry = entries.iter().find(|(_, entry)| entry == group);
    let back = |name: &str| find(group.level(), name, &entries).is_ok_and(|found| found == *group);
    entry.filter(|(name, _)| back(name)).map_or(id, |(name, _)| named(name))
}

/// Quoted where the bare name would be a keyword or an id.
fn named(name: &str) -> String {
    let taken = [UNKNOWN, NONE].iter().any(|word| name.eq_ignore_ascii_case(word));
    if taken || Uuid::parse_str(name).is_ok() { quoted(name) } else { value(name) }
}

fn id(group: &Group) -> Option<String> {
    let id = match group {
        Group::Employee(id) => (*id)?.0,
        Group::Topic(id) => (*id)?.0,
        Group::Channel(id) => (*id)?.0,
        Group::CallerType(id) => (*id)?.0,
        Group::Branch(id) => (*id)?.0,
        Group::Line(number) => return Some(value(&format!("{NUMBER}{}", number.as_ref()?))),
        _ => return None,
    };
    Some(id.to_string())
}

type Entry<'d> = (&'d str, Group);

fn entries(level: Level, known: &Directories) -> Vec<Entry<'_>> {
    match level {
        Level::Employee => {
            known.employees.iter().map(|it| (&*it.name, Group::Employee(Some(it.id)))).collect()
        }
        Level::Topic => known.topics.iter().map(|it| (&*it.name, Group::Topic(Some(it.id)))).collect(),
        Level::Channel => known.channels.iter().map(|it| (&*it.name, Group::Channel(Some(it.id)))).collect(),
        Level::CallerType => {
            known.caller_types.iter().map(|it| (&*it.name, Group::CallerType(Some(it.id)))).collect()
        }
        Level::Branch => known.branches.iter().map(|it| (&*it.name, Group::Branch(Some(it.id)))).collect(),
        Level::Line => {
            known.lines.iter().map(|it| (&*it.name, Group::Line(Some(it.number.clone())))).collect()
        }
        _ => Vec::new(),
    }
}

/// The names that a level's values may be; none where they are words of the program.
pub fn listed_names(level: Level, known: &Directories) -> Vec<&str> {
    entries(level, known).into_iter().map(|(name, _)| name).filter(|name| !name.is_empty()).collect()
}

/// The group that a value of a level names.
pub fn read(level: Level, value: &Value, word: &Word<'_>, known: &Directories) -> Result<Group, LineFault> {
    let text = value.text.as_str();
    if value.is(UNKNOWN) || value.is(NONE) {
        return Group::nothing(level).ok_or_else(|| word.fault(expected(level)));
    }
    let group = match level {
        Level::Outcome => Keyword::of(value).map(|it| Group::Outcome(Some(it))),
        Level::Familiarity => Keyword::of(value).map(|it| Group::Familiarity(Some(it))),
        Level::Direction => Keyword::of(value).filter(|it| COUNTED.contains(it)).map(Group::Direction),
        Level::Day => dates::day(text).map(Group::Day),
        Level::Week => dates::week(text).map(Group::Week),
        Level::Month => dates::month(text).map(Group::Month),
        Level::Weekday => weekday(text).map(Group::Weekday),
        Level::Hour => text.parse().ok().filter(|hour| *hour < 24).map(Group::Hour),
        Level::Speciality => (!text.is_empty()).then(|| Group::Speciality(Some(text.to_owned()))),
        Level::None => value.is(ALL).then_some(Group::All),
        _ => return listed(level, value, word, known),
    };
    group.ok_or_else(|| word.fault(expected(level)))
}

fn expected(level: Level) -> String {
    match level {
        Level::Outcome => format!("{}, {NONE}", Outcome::expected()),
        Level::Familiarity => format!("{}, {NONE}", Familiarity::expected()),
        Level::Direction => COUNTED.map(Keyword::word).join(", "),
        Level::Day | Level::Week => "2026-11-21".to_owned(),
        Level::Month => "2026-11".to_owned(),
        Level::Weekday => WEEKDAYS.join(", "),
        Level::Hour => "0 .. 23".to_owned(),
        Level::None => ALL.to_owned(),
        _ => UNKNOWN.to_owned(),
    }
}

/// `monday`, `mon`
fn weekday(text: &str) -> Option<u8> {
    let day: Weekday = text.parse().ok()?;
    u8::try_from(day.num_days_from_monday()).ok()
}

fn listed(level: Level, value: &Value, word: &Word<'_>, known: &Directories) -> Result<Group, LineFault> {
    let by_id = value.bare.then(|| Uuid::parse_str(&value.text).ok()).flatten();
    if let Some(group) = by_id.and_then(|id| with_id(level, id)) {
        return Ok(group);
    }
    let (word, name) = (word.said.to_owned(), value.text.clone());
    find(level, &value.text, &entries(level, known)).map_err(|names| match names.as_slice() {
        [] => LineFault::NoName { word, level, name },
        _ => LineFault::SeveralNames { word, level, name, names },
    })
}

fn with_id(level: Level, id: Uuid) -> Option<Group> {
    Some(match level {
        Level::Employee => Group::Employee(Some(PersonId(id))),
        Level::Topic => Group::Topic(Some(TopicId(id))),
        Level::Channel => Group::Channel(Some(ChannelId(id))),
        Level::CallerType => Group::CallerType(Some(CallerTypeId(id))),
        Level::Branch => Group::Branch(Some(BranchId(id))),
        _ => return None,
    })
}

/// By the name as it stands, then as it is said, then by its beginning; the names that are meant alike otherwise.
fn find(level: Level, name: &str, entries: &[Entry<'_>]) -> Result<Group, Vec<String>> {
    if let Some(number) = name.strip_prefix(NUMBER).filter(|_| level == Level::Line) {
        return Ok(Group::Line(Some(number.to_owned())));
    }
    let said = name::words(name).join(" ");
    let same = |known: &str| known == name && !name.trim().is_empty();
    let alike = |known: &str| !said.is_empty() && name::words(known).join(" ") == said;
    let begins = |known: &str| !said.is_empty() && name::words(known).join(" ").starts_with(&said);
    let ways: [&dyn Fn(&str) -> bool; 3] = [&same, &alike, &begins];
    for way in ways {
        let found: Vec<_> = entries.iter().filter(|(known, _)| way(known)).collect();
        match found.as_slice() {
            [] => {}
            [(_, group)] => return Ok(group.clone()),
            several => return Err(several.iter().map(|(known, _)| known.to_string()).collect()),
        }
    }
    let is_number = level == Level::Line && !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    if is_number { Ok(Group::Line(Some(name.to_owned()))) } else { Err(Vec::new()) }
}
