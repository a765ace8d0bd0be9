//! The list of calls: one line a call, the comment takes what the other columns leave.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::table::mark;
use super::{Scene, detail};
use crate::desk::format;
use crate::desk::layout::page_start;
use crate::desk::look::Look;
use crate::desk::norms::Limits;
use crate::desk::report::figures::sum;
use crate::desk::report::listing::Listing;
use crate::desk::report::place::Places;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::call::{CallResult, Direction};
use crate::domain::money::Money;
use crate::domain::outcome::Outcome;
use crate::domain::report::CallRow;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    When,
    Sign,
    Who,
    Number,
    Line,
    Channel,
    Branch,
    Type,
    Topic,
    Outcome,
    Employee,
    Wait,
    Talk,
    Recording,
    Comment,
    Money,
}

/// Width of each, and how soon it may be left out, the greatest first.
const COLUMNS: [(Column, u16, u8); 16] = [
    (Column::When, 11, 0),
    (Column::Sign, 1, 0),
    (Column::Who, 16, 0),
    (Column::Number, 16, 3),
    (Column::Line, 12, 10),
    (Column::Channel, 16, 5),
    (Column::Branch, 10, 9),
    (Column::Type, 18, 8),
    (Column::Topic, 14, 4),
    (Column::Outcome, 17, 0),
    (Column::Employee, 15, 6),
    (Column::Wait, 6, 2),
    (Column::Talk, 8, 1),
    (Column::Recording, 1, 1),
    (Column::Comment, LEAST_COMMENT, 0),
    (Column::Money, 12, 7),
];
const LEAST_NEEDED: u8 = 10;
const LEAST_COMMENT: u16 = 11;
/// Before columns that are seldom needed the comment has this.
const FAIR_COMMENT: u16 = 24;
const SELDOM: u8 = 4;

/// The columns there is room for; the comment has all that is left.
fn columns(room: u16) -> Vec<(Column, u16)> {
    let wide = |what: Column, width: u16, most: u8| match what {
        Column::Comment if most >= SELDOM => FAIR_COMMENT,
        _ => width,
    };
    let kept = |most: u8| -> Vec<(Column, u16)> {
        let kept = COLUMNS.iter().filter(|(.., need)| *need <= most);
        kept.map(|(what, width, _)| (*what, wide(*what, *width, most))).collect()
    };
    let width = |columns: &[(Column, u16)]| columns.iter().map(|(_, width)| width + 1).sum::<u16>();
    let fits = |columns: &Vec<(Column, u16)>| width(columns) <= room + 1;
    let mut columns = (0..=LEAST_NEEDED).rev().map(kept).find(fits).unwrap_or_else(|| kept(0));
    let left = (room + 1).saturating_sub(width(&columns));
    if let Some(comment) = columns.iter_mut().find(|(column, _)| *column == Column::Comment) {
        comment.1 += left;
    }
    columns
}

pub fn draw(scene: &Scene<'_>, listing: &Listing, places: &Places, buf: &mut Buffer) {
    let look = scene.words.look;
    let Some(total) = listing.len().filter(|total| *total > 0) else { return };
    let columns = columns(places.rows.width.saturating_sub(2));
    draw_heading(look, &columns, places.heading, buf);
    let first = page_start(listing.cursor(), places.rows.height);
    for (row, place) in (0..places.rows.height).zip(first..total) {
        let area = Rect { y: places.rows.y + row, height: 1, ..places.rows };
        draw_row(scene, &columns, listing.row(place), area, buf);
        mark(look, place == listing.cursor(), area, buf);
    }
    if let (Some(row), Some(area)) = (listing.selected(), places.detail) {
        detail::draw(scene, row, area, buf);
    }
}

fn draw_heading(look: &Look, columns: &[(Column, u16)], area: Rect, buf: &mut Buffer) {
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1);
    for (column, width) in columns {
        let heading = heading(*column).map(|key| look.say(key)).unwrap_or_default();
        put(&mut strip, *column, &heading, *width, look.style(Meaning::Label));
    }
}

fn heading(column: Column) -> Option<&'static str> {
    Some(match column {
        Column::When => "report-when",
        Column::Who => "report-who",
        Column::Number => "report-number",
        Column::Line => "report-line",
        Column::Branch => "report-branch",
        Column::Type => "report-type",
        Column::Topic => "report-topic",
        Column::Money => "report-money",
        Column::Channel => "report-channel",
        Column::Outcome => "report-outcome",
        Column::Employee => "report-employee",
        Column::Talk => "report-talk",
        Column::Comment => "report-comment",
        Column::Wait => "report-wait-short",
        Column::Sign | Column::Recording => return None,
    })
}

fn put(strip: &mut Strip<'_>, column: Column, text: &str, width: u16, style: ratatui::style::Style) {
    if matches!(column, Column::Wait | Column::Talk | Column::Money) {
        let used = u16::try_from(text.chars().count()).unwrap_or(width).min(width);
        strip.gap(width - used).put_within(text, used, style);
    } else {
        strip.put_within(text, width, style);
    }
    strip.gap(1);
}

fn draw_row(
    scene: &Scene<'_>,
    columns: &[(Column, u16)],
    row: Option<&CallRow>,
    area: Rect,
    buf: &mut Buffer,
) {
    let (words, look) = (scene.words, scene.words.look);
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1);
    let Some(row) = row else {
        strip.put(look.signs.ellipsis, look.style(Meaning::Muted));
        return;
    };
    let numbered = columns.iter().any(|(column, _)| *column == Column::Number);
    let limits = limits(scene, row);
    for (column, width) in columns {
        let (text, meaning) = match column {
            Column::Wait => wait(row, limits, look),
            Column::Talk => talk(row, limits, look),
            _ => cell(words, *column, row, numbered),
        };
        let text = if is_name(words, *column, row) { format::fit_name(&text, *width) } else { text };
        put(&mut strip, *column, &text, *width, look.style(meaning));
    }
}

/// Whether the cell holds a person's name, which may be shortened to initials.
fn is_name(words: Words<'_>, column: Column, row: &CallRow) -> bool {
    match column {
        Column::Who => row.person_name.is_some(),
        Column::Employee => row.employee.is_some_and(|id| words.directories.employee(id).is_some()),
        _ => false,
    }
}

/// `numbered`: the number has a column of its own.
fn cell(words: Words<'_>, column: Column, row: &CallRow, numbered: bool) -> (String, Meaning) {
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
        Column::Recording if row.recording => (look.signs.recording.to_owned(), Meaning::Key),
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

/// Who wrapped the call up, else the phone that talked.
pub fn employee(words: Words<'_>, row: &CallRow) -> String {
    match (row.employee, &row.agent) {
        (Some(employee), _) => words.employee(Some(employee)),
        (None, Some(agent)) => agent.clone(),
        (None, None) => words.look.signs.nothing.to_owned(),
    }
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
