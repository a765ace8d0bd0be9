//! The list of calls: one line a call, the comment takes what the other columns leave.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::table::mark;
use super::{Scene, detail};
use crate::desk::format;
use crate::desk::layout::page_start;
use crate::desk::look::Look;
use crate::desk::report::listing::Listing;
use crate::desk::report::place::Places;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::call::{CallResult, Direction};
use crate::domain::outcome::Outcome;
use crate::domain::report::CallRow;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    When,
    Sign,
    Who,
    Number,
    Channel,
    Outcome,
    Employee,
    Wait,
    Talk,
    Recording,
    Comment,
}

/// Width of each, and how soon it may be left out, the greatest first.
const COLUMNS: [(Column, u16, u8); 11] = [
    (Column::When, 11, 0),
    (Column::Sign, 1, 0),
    (Column::Who, 20, 0),
    (Column::Number, 16, 4),
    (Column::Channel, 18, 6),
    (Column::Outcome, 17, 0),
    (Column::Employee, 15, 5),
    (Column::Wait, 8, 3),
    (Column::Talk, 7, 1),
    (Column::Recording, 1, 2),
    (Column::Comment, LEAST_COMMENT, 0),
];
const LEAST_NEEDED: u8 = 6;
const LEAST_COMMENT: u16 = 12;

/// The columns there is room for; the comment has all that is left.
fn columns(room: u16) -> Vec<(Column, u16)> {
    let kept = |most: u8| -> Vec<(Column, u16)> {
        COLUMNS.iter().filter(|(.., need)| *need <= most).map(|(what, width, _)| (*what, *width)).collect()
    };
    let width = |columns: &[(Column, u16)]| columns.iter().map(|(_, width)| width + 1).sum::<u16>();
    let fits = |columns: &Vec<(Column, u16)>| width(columns) <= room + 1;
    let mut columns = (0..=LEAST_NEEDED).rev().map(kept).find(fits).unwrap_or_else(|| kept(0));
    let left = (room + 1).saturating_sub(width(&columns));
    if let Some(comment) = columns.last_mut() {
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
        draw_row(scene.words, &columns, listing.row(place), area, buf);
        mark(look, place == listing.cursor(), area, buf);
    }
    if let (Some(row), Some(area)) = (listing.selected(), places.detail) {
        detail::draw(scene.words, row, area, buf);
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
        Column::Channel => "report-channel",
        Column::Outcome => "report-outcome",
        Column::Employee => "report-employee",
        Column::Talk => "report-talk",
        Column::Comment => "report-comment",
        Column::Wait => "report-wait",
        Column::Sign | Column::Recording => return None,
    })
}

fn put(strip: &mut Strip<'_>, column: Column, text: &str, width: u16, style: ratatui::style::Style) {
    if matches!(column, Column::Wait | Column::Talk) {
        let used = u16::try_from(text.chars().count()).unwrap_or(width).min(width);
        strip.gap(width - used).put_within(text, used, style);
    } else {
        strip.put_within(text, width, style);
    }
    strip.gap(1);
}

fn draw_row(
    words: Words<'_>,
    columns: &[(Column, u16)],
    row: Option<&CallRow>,
    area: Rect,
    buf: &mut Buffer,
) {
    let look = words.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1);
    let Some(row) = row else {
        strip.put(look.signs.ellipsis, look.style(Meaning::Muted));
        return;
    };
    let numbered = columns.iter().any(|(column, _)| *column == Column::Number);
    for (column, width) in columns {
        let (text, meaning) = cell(words, *column, row, numbered);
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
        Column::Channel => (line(words, row), Meaning::Text),
        Column::Outcome => outcome(words, row),
        Column::Employee => (employee(words, row), Meaning::Text),
        Column::Wait => (format::duration(row.wait), Meaning::Label),
        Column::Talk if row.talk.is_zero() => (look.signs.nothing.to_owned(), Meaning::Label),
        Column::Talk => (format::duration(row.talk), Meaning::Text),
        Column::Recording if row.recording => (look.signs.recording.to_owned(), Meaning::Key),
        Column::Recording => (String::new(), Meaning::Text),
        Column::Comment => comment(words, row),
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

/// The channel; the line where no channel is known.
fn line(words: Words<'_>, row: &CallRow) -> String {
    match (row.channel, &row.line) {
        (Some(channel), _) => words.channel(Some(channel)),
        (None, Some(number)) => words.line(number),
        (None, None) => words.look.signs.nothing.to_owned(),
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
