//! A report folded from facts the plainest way: what the ledger must answer too.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, Days, NaiveDate, Timelike as _};
use pult::domain::call::CallResult;
use pult::domain::fact::{Fact, Party};
use pult::domain::money::Money;
use pult::domain::outcome::rank;
use pult::domain::period::day_of;
use pult::domain::report::{Filter, Group, Kind, Level, Measures, Query, Row, Table};
use uuid::Uuid;

use crate::clinic::ZONE;

/// By the words of their two groups.
pub type Cells = BTreeMap<(String, String), Vec<i64>>;

/// What only the store can filter has been left out before.
pub fn fold(facts: &[Fact], query: &Query) -> Table {
    let (from, to) = (query.period.from, query.period.to);
    let kept = facts.iter().filter(|fact| (from..=to).contains(&day(fact)) && keeps(&query.filter, fact));
    let mut contacts: HashMap<(NaiveDate, Party, u32), Vec<&Fact>> = HashMap::new();
    for fact in kept {
        let apart = query.kind == Kind::Calls || fact.party == Party::Alone;
        let place = if apart { fact.number.0 } else { 0 };
        contacts.entry((day(fact), fact.party.clone(), place)).or_default().push(fact);
    }
    let contacts: Vec<Vec<&Fact>> = contacts.into_values().collect();
    let all: Vec<&[&Fact]> = contacts.iter().map(Vec::as_slice).collect();
    Table {
        query: query.clone(),
        rows: match query.then_by {
            Level::None => rows(&all, &[query.by]),
            then_by => rows(&all, &[query.by, then_by]),
        },
        total: total(&all),
        before: None,
    }
}

/// The cells of a table's period.
pub fn now(table: &Table) -> Cells {
    assert_eq!(table.rows.iter().map(|row| row.measures).sum::<Measures>(), table.total);
    cells(table, |row| row.measures)
}

/// Of the period compared with.
pub fn before(table: &Table) -> Cells {
    let sum: Measures = table.rows.iter().map(|row| row.before.unwrap()).sum();
    assert_eq!(Some(sum), table.before);
    cells(table, |row| row.before.unwrap())
}

/// Those of which nothing is counted are there for the other period alone.
fn cells(table: &Table, of: impl Fn(&Row) -> Measures) -> Cells {
    let mut cells = Cells::new();
    let mut add = |row: &Row, inner: &Row, then_by: &Group| {
        if of(inner).calls > 0 {
            cells.insert((word(&row.group), word(then_by)), numbers(&of(inner)));
        }
    };
    for row in &table.rows {
        match &row.rows[..] {
            [] => add(row, row, &Group::All),
            inner => {
                assert_eq!(inner.iter().map(&of).sum::<Measures>(), of(row));
                inner.iter().for_each(|inner| add(row, inner, &inner.group));
            }
        }
    }
    cells
}

fn numbers(measures: &Measures) -> Vec<i64> {
    let Measures { calls, taken, missed, wait, talk, booked, held, money } = *measures;
    let counts = [calls, taken, missed, wait.as_millis() as u64, talk.as_millis() as u64, booked, held];
    counts.map(|count| count as i64).into_iter().chain([money.0]).collect()
}

fn rows(contacts: &[&[&Fact]], levels: &[Level]) -> Vec<Row> {
    let [level, deeper @ ..] = levels else { return vec![] };
    let mut groups: HashMap<Group, Vec<&[&Fact]>> = HashMap::new();
    for contact in contacts {
        groups.entry(group(*level, stands(contact))).or_default().push(contact);
    }
    let row = |(group, inside): (Group, Vec<&[&Fact]>)| Row {
        group,
        measures: total(&inside),
        before: None,
        rows: rows(&inside, deeper),
    };
    let mut rows: Vec<Row> = groups.into_iter().map(row).collect();
    rows.sort_by(|a, b| b.measures.calls.cmp(&a.measures.calls).then_with(|| a.group.cmp(&b.group)));
    rows
}

fn stands<'f>(contact: &[&'f Fact]) -> &'f Fact {
    contact
        .iter()
        .min_by_key(|fact| (rank(fact.outcome), std::cmp::Reverse((fact.started_at, fact.number))))
        .unwrap()
}

fn total(contacts: &[&[&Fact]]) -> Measures {
    contacts.iter().map(|contact| measures(contact)).sum()
}

fn measures(contact: &[&Fact]) -> Measures {
    let any = |is: fn(&Fact) -> bool| u64::from(contact.iter().any(|fact| is(fact)));
    let taken = any(|fact| fact.result == CallResult::Answered);
    Measures {
        calls: 1,
        taken,
        missed: (1 - taken) * any(|fact| fact.result == CallResult::Missed),
        wait: contact.iter().map(|fact| fact.wait).sum(),
        talk: contact.iter().map(|fact| fact.talk).sum(),
        booked: any(|fact| fact.booked),
        held: any(|fact| fact.held),
        money: contact.iter().map(|fact| fact.money).sum::<Money>(),
    }
}

fn keeps(filter: &Filter, fact: &Fact) -> bool {
    filter.levels().into_iter().all(|level| filter.has(&group(level, fact)))
        && filter.wait.holds(fact.wait)
        && filter.talk.holds(fact.talk)
        && filter.recording.is_none_or(|recording| recording == fact.recording)
        && filter.comment.is_none_or(|comment| comment == fact.commented)
        && (fact.counts || !filter.patients_only)
}

fn day(fact: &Fact) -> NaiveDate {
    day_of(fact.started_at, ZONE)
}

fn group(level: Level, fact: &Fact) -> Group {
    let day = day(fact);
    let weekday = day.weekday().num_days_from_monday();
    match level {
        Level::Employee => Group::Employee(fact.employee),
        Level::Outcome => Group::Outcome(fact.outcome),
        Level::Topic => Group::Topic(fact.topic),
        Level::Channel => Group::Channel(fact.channel),
        Level::CallerType => Group::CallerType(fact.caller_type),
        Level::Branch => Group::Branch(fact.branch),
        Level::Line => Group::Line(fact.line.as_deref().map(str::to_owned)),
        Level::Direction => Group::Direction(fact.direction),
        Level::Day => Group::Day(day),
        Level::Week => Group::Week(day - Days::new(weekday.into())),
        Level::Month => Group::Month(day - Days::new(day.day0().into())),
        Level::Weekday => Group::Weekday(weekday as u8),
        Level::Hour => Group::Hour(fact.started_at.with_timezone(&ZONE).hour() as u8),
        Level::Speciality => Group::Speciality(fact.speciality.as_deref().map(str::to_owned)),
        Level::Familiarity => Group::Familiarity(fact.familiarity),
        Level::None => Group::All,
    }
}

/// A group as the SQL beside writes it.
pub fn word(group: &Group) -> String {
    match group {
        Group::Employee(id) => hex(id.map(|id| id.0)),
        Group::Topic(id) => hex(id.map(|id| id.0)),
        Group::Channel(id) => hex(id.map(|id| id.0)),
        Group::CallerType(id) => hex(id.map(|id| id.0)),
        Group::Branch(id) => hex(id.map(|id| id.0)),
        Group::Outcome(outcome) => json(outcome),
        Group::Familiarity(familiarity) => json(familiarity),
        Group::Direction(direction) => json(direction),
        Group::Line(text) | Group::Speciality(text) => text.clone().unwrap_or_else(|| "-".into()),
        Group::Day(day) | Group::Week(day) | Group::Month(day) => day.to_string(),
        Group::Weekday(number) | Group::Hour(number) => number.to_string(),
        Group::All => "all".into(),
    }
}

pub fn hex(id: Option<Uuid>) -> String {
    id.map_or_else(|| "-".into(), |id| id.simple().to_string().to_uppercase())
}

/// The word a value is written by, a dash for nothing.
pub fn json(value: &impl serde::Serialize) -> String {
    let word = serde_json::to_string(value).unwrap();
    if word == "null" { "-".into() } else { word.trim_matches('"').to_owned() }
}

/// A fact in one line, as the SQL beside writes it.
pub fn line(fact: &Fact) -> String {
    let party = match &fact.party {
        Party::Person(number) => format!("person {number}"),
        Party::Phone(phone) => format!("phone {}", phone.0),
        Party::Text(text) => format!("text {text}"),
        Party::Alone => "alone".into(),
    };
    let debt = format!("{:?}", fact.debt).trim_start_matches("Some(").trim_end_matches(')').to_owned();
    let words = [
        fact.started_at.timestamp_millis().to_string(),
        party,
        hex(fact.employee.map(|id| id.0)),
        hex(fact.topic.map(|id| id.0)),
        hex(fact.caller_type.map(|id| id.0)),
        fact.line.as_deref().unwrap_or("-").to_owned(),
        hex(fact.channel.map(|id| id.0)),
        hex(fact.branch.map(|id| id.0)),
        fact.speciality.as_deref().unwrap_or("-").to_owned(),
        json(&fact.direction),
        json(&fact.result),
        u8::from(fact.counts).to_string(),
        json(&fact.outcome),
        u8::from(fact.booked).to_string(),
        u8::from(fact.held).to_string(),
        json(&fact.familiarity),
        u8::from(fact.recording).to_string(),
        u8::from(fact.commented).to_string(),
        snake(&debt),
        fact.wait.as_millis().to_string(),
        fact.talk.as_millis().to_string(),
        fact.wrap_up.map_or_else(|| "-".into(), |spent| spent.as_millis().to_string()),
        fact.money.0.to_string(),
    ];
    words.join(" | ")
}

/// `CameThrough` as `came_through`, `None` as a dash.
fn snake(name: &str) -> String {
    if name == "None" {
        return "-".into();
    }
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}
