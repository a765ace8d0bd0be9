//! «История общения», straight from SQL: calls are read with what bears on them, deeds go to the calls that own
//! them, the filter is applied, what counts once is put together, and only then is anything grouped.

mod contact;
mod fact;
mod load;
mod rows;

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::Datelike as _;
use chrono_tz::Tz;
use rusqlite::Connection;

use super::Error;
use crate::domain::report::{CallRow, Filter, Group, Level, Measures, Query, Row, Table};
use contact::Contact;
use fact::Fact;

pub use rows::{history, links, rows};

/// The figures, in two levels of totals.
pub fn table(connection: &Connection, query: &Query, zone: Tz) -> Result<Table, Error> {
    counted(connection, query, zone, |contacts| {
        let levels: &[Level] = match query.then_by {
            Level::None => &[query.by],
            _ => &[query.by, query.then_by],
        };
        Table { query: query.clone(), rows: grouped(contacts, levels), total: total(contacts), before: None }
    })
}

/// The calls behind a figure, newest first, and how many there are in all. `path` is one group a level, from
/// the outermost; a shorter one takes the whole of what it names.
pub fn calls(
    connection: &Connection,
    query: &Query,
    path: &[Group],
    page: std::ops::Range<usize>,
    zone: Tz,
) -> Result<(Vec<CallRow>, usize), Error> {
    let levels = [query.by, query.then_by];
    counted(connection, query, zone, |contacts| {
        let inside = |contact: &&Contact| {
            levels.iter().zip(path).all(|(level, group)| group_of(*level, contact.stands) == *group)
        };
        let mut chosen: Vec<&Contact> = contacts.iter().filter(inside).collect();
        chosen.sort_by_key(|contact| Reverse((contact.stands.row.started_at, contact.stands.row.id)));
        let total = chosen.iter().map(|contact| 1 + contact.others.len()).sum();
        let rows = chosen.into_iter().flat_map(drilled).skip(page.start).take(page.len());
        (rows.collect(), total)
    })
}

/// Runs `fold` over what the query counts.
fn counted<T>(
    connection: &Connection,
    query: &Query,
    zone: Tz,
    fold: impl FnOnce(&[Contact]) -> T,
) -> Result<T, Error> {
    let facts = fact::settle(load::period(connection, query.period, zone)?);
    let parties = contact::parties(&facts);
    let kept = facts.iter().zip(&parties).filter(|(fact, _)| keeps(&query.filter, fact)).collect();
    Ok(fold(&contact::contacts(query.kind, kept)))
}

/// An empty list keeps everything.
fn keeps(filter: &Filter, fact: &Fact) -> bool {
    let row = &fact.row;
    filter.levels().into_iter().all(|level| filter.has(&group_of(level, fact)))
        && filter.wait.holds(row.wait)
        && filter.talk.holds(row.talk)
        && filter.recording.is_none_or(|recording| recording == row.recording)
        && filter.comment.is_none_or(|comment| comment != row.comment.is_empty())
        && (fact.counts || !filter.patients_only)
        && filter.person.is_none_or(|person| fact.is_with(person))
}

fn group_of(level: Level, fact: &Fact) -> Group {
    match level {
        Level::Employee => Group::Employee(fact.row.employee),
        Level::Outcome => Group::Outcome(fact.row.outcome),
        Level::Topic => Group::Topic(fact.row.topic),
        Level::Channel => Group::Channel(fact.row.channel),
        Level::CallerType => Group::CallerType(fact.row.caller_type),
        Level::Branch => Group::Branch(fact.row.branch),
        Level::Line => Group::Line(fact.row.line.clone()),
        Level::Direction => Group::Direction(fact.row.direction),
        Level::Day => Group::Day(fact.day),
        Level::Week => {
            Group::Week(fact.day - chrono::Days::new(fact.day.weekday().num_days_from_monday().into()))
        }
        Level::Month => Group::Month(fact.day - chrono::Days::new(fact.day.day0().into())),
        Level::Weekday => Group::Weekday(fact.day.weekday().num_days_from_monday() as u8),
        Level::Hour => Group::Hour((fact.row.started_at.timestamp() / 3600 % 24) as u8),
        Level::Speciality => Group::Speciality(fact.row.speciality.clone()),
        Level::Familiarity => Group::Familiarity(fact.row.familiarity),
        Level::None => Group::All,
    }
}

/// Rows of the first level, each with the rows of the next; most calls first.
fn grouped<'c, 'f: 'c>(contacts: impl IntoIterator<Item = &'c Contact<'f>>, levels: &[Level]) -> Vec<Row> {
    let Some((level, deeper)) = levels.split_first() else { return vec![] };
    let mut groups: HashMap<Group, Vec<&Contact>> = HashMap::new();
    for contact in contacts {
        groups.entry(group_of(*level, contact.stands)).or_default().push(contact);
    }
    let row = |(group, inside): (Group, Vec<&Contact>)| Row {
        group,
        measures: total(inside.iter().copied()),
        before: None,
        rows: grouped(inside, deeper),
    };
    let mut rows: Vec<Row> = groups.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.measures.calls.cmp(&a.measures.calls).then_with(|| a.group.cmp(&b.group)));
    rows
}

fn total<'c, 'f: 'c>(contacts: impl IntoIterator<Item = &'c Contact<'f>>) -> Measures {
    contacts.into_iter().map(Contact::measures).sum()
}

fn drilled<'f>(contact: &'f Contact<'f>) -> impl Iterator<Item = CallRow> + 'f {
    contact.facts().enumerate().map(|(place, fact)| CallRow { stands: place == 0, ..fact.row.clone() })
}
