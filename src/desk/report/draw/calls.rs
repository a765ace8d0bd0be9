//! The list of calls: one line a call, the comment takes what the other columns leave.

mod cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::table::mark;
use super::{Scene, detail};
use crate::desk::format;
use crate::desk::history::heard;
use crate::desk::layout::page_start;
use crate::desk::look::Look;
use crate::desk::report::listing::Listing;
use crate::desk::report::place::Places;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::CallRow;
use cell::cell;

pub use cell::{comment, employee, limits, outcome, talk, wait};

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
    (Column::Channel, 16, 6),
    (Column::Branch, 10, 9),
    (Column::Type, 18, 8),
    (Column::Topic, 14, 5),
    (Column::Outcome, 17, 0),
    (Column::Employee, 15, 4),
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
const SELDOM: u8 = 5;

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

/// Whether the sign of a recording stands in this column of the screen.
pub fn is_of_recording(area: Rect, x: u16) -> bool {
    let columns = columns(area.width.saturating_sub(2));
    let before = columns.iter().take_while(|(column, _)| *column != Column::Recording);
    let left = before.map(|(_, width)| width + 1).sum::<u16>();
    columns.iter().any(|(column, _)| *column == Column::Recording) && x == area.x + 1 + left
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
        detail::draw(scene, row, area, places.has_detail_beside(), buf);
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
            Column::Recording => (heard(scene.state, row).to_owned(), Meaning::Key),
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
