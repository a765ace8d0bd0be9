//! What one call says in each column.

use super::{Column, Scene};
use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::norms::Limits;
use crate::desk::report::figures::sum;
use crate::desk::report::words::Words;
use crate::desk::theme::Meaning;
use crate::domain::call::{CallResult, Direction};
use crate::domain::money::Money;
use crate::domain::outcome::Outcome;
use crate::domain::report::CallRow;

/// `numbered`: the number has a column of its own.
pub fn cell(words: Words<'_>, column: Column, row: &CallRow, numbered: bool) -> (String, Meaning) {
    let look = words.look;
    let nothing = || look.signs.nothing.to_owned();
    match column {
        Column::When if row.stands => (when(row, look), Meaning::Text),
        // Another call of the same person's day: the day stands above.
        Column::When => {
            let clock = format::clock(row.started_at, look);
            (format!("    {} {clock}", look.signs.follows), Meaning::Muted)
        }
        Column::Sign => sign(row, look),
        Column::Who => who(row, look, numbered),
        Column::Number => (format::remote(&row.remote, look), Meaning::Text),
        Column::Line => (line(words, row), Meaning::Label),
        Column::Channel => (channel(words, row), Meaning::Text),
        Column::Branch => (row.branch.map_or_else(nothing, |id| words.branch(id)), Meaning::Label),
        Column::Type => (row.caller_type.map_or_else(nothing, |id| words.caller_type(id)), Meaning::Label),
        Column::Topic => (words.topic(row.topic), Meaning::Text),
        Column::Outcome => outcome(words, row),
        Column::Employee => (employee(words, row), Meaning::Text),
        Column::Comment => comment(words, row),
        Column::Money if row.money != Money::default() => (sum(row.money, look), Meaning::Text),
        Column::Recording | Column::Money | Column::Wait | Column::Talk => (String::new(), Meaning::Text),
    }
}

fn when(row: &CallRow, look: &Look) -> String {
    let clock = format::clock(row.started_at, look);
    look.local(row.started_at).format("%d.%m").to_string() + " " + &clock
}

fn sign(row: &CallRow, look: &Look) -> (String, Meaning) {
    let signs = look.signs;
    let (sign, meaning) = match (row.direction, row.result) {
        (Direction::Incoming, CallResult::Missed) => (signs.missed, Meaning::Missed),
        (Direction::Incoming, _) => (signs.incoming, Meaning::Text),
        (Direction::Outgoing, _) => (signs.outgoing, Meaning::Text),
        (Direction::Internal, _) => (signs.internal, Meaning::Muted),
    };
    (sign.to_owned(), meaning)
}

fn who(row: &CallRow, look: &Look, numbered: bool) -> (String, Meaning) {
    match &row.person_name {
        Some(name) => (name.clone(), if row.stands { Meaning::Name } else { Meaning::Text }),
        None if numbered => (look.signs.nothing.to_owned(), Meaning::Muted),
        None => (format::remote(&row.remote, look), Meaning::Text),
    }
}

fn channel(words: Words<'_>, row: &CallRow) -> String {
    row.channel.map_or_else(|| words.look.signs.nothing.to_owned(), |id| words.channel(Some(id)))
}

fn line(words: Words<'_>, row: &CallRow) -> String {
    row.line.as_ref().map_or_else(|| words.look.signs.nothing.to_owned(), |number| words.line(number))
}

/// The norms of the call's topic.
pub fn limits(scene: &Scene<'_>, row: &CallRow) -> Limits {
    let topic = row.topic.and_then(|id| scene.words.directories.topic(id));
    scene.state.norms.of(topic.map(|topic| topic.name.as_str()))
}

/// With a sign where it is longer than it should be.
pub fn wait(row: &CallRow, limits: Limits, look: &Look) -> (String, Meaning) {
    let wait = format::duration(row.wait);
    match limits.long_wait(row) {
        true => (format!("{}{wait}", look.signs.beyond), Meaning::Warning),
        false => (wait, Meaning::Label),
    }
}

pub fn talk(row: &CallRow, limits: Limits, look: &Look) -> (String, Meaning) {
    let talk = format::duration(row.talk);
    match (row.talk.is_zero(), limits.long_talk(row)) {
        (true, _) => (look.signs.nothing.to_owned(), Meaning::Label),
        (_, true) => (format!("{}{talk}", look.signs.beyond), Meaning::Warning),
        (_, false) => (talk, Meaning::Text),
    }
}

pub fn outcome(words: Words<'_>, row: &CallRow) -> (String, Meaning) {
    let meaning = match row.outcome {
        Some(Outcome::Booked) => Meaning::Success,
        Some(Outcome::Missed | Outcome::NotReached) => Meaning::Missed,
        None => Meaning::Muted,
        Some(_) => Meaning::Text,
    };
    (words.outcome(row.outcome), meaning)
}

/// Who wrapped the call up; a phone that talked is nobody.
pub fn employee(words: Words<'_>, row: &CallRow) -> String {
    let nothing = || words.look.signs.nothing.to_owned();
    row.employee.map_or_else(nothing, |employee| words.employee(Some(employee)))
}

/// «Добавить» where a talk was not wrapped up; a call that never connected asks for nothing.
pub fn comment(words: Words<'_>, row: &CallRow) -> (String, Meaning) {
    match (row.wrapped, row.result) {
        (false, CallResult::Answered) if row.comment.is_empty() => {
            (words.say("report-add"), Meaning::Placeholder)
        }
        _ => (row.comment.replace('\n', " "), Meaning::Text),
    }
}
