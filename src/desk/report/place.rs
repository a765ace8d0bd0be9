//! Where the parts of the report stand, asked by the drawing and by the mouse alike.

use chrono::NaiveDate;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::sheet::Sheet;
use super::words::{NAMES_SAID, Words};

/// From this width the chosen call's details stand beside the list, else beneath it.
const BESIDE: u16 = 160;
const DETAIL_WIDTH: u16 = 52;
/// A rule, the call in three lines, its comment in two.
const DETAIL_HEIGHT: u16 = 6;
/// With less than this for the list and the details, the list has all of it.
const ROOM_FOR_BOTH: u16 = 2 * DETAIL_HEIGHT;
/// A longer question is cut.
const QUESTION_LINES: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Places {
    pub question: Rect,
    /// What must be known of the time that is counted; no height when it was heard from end to end.
    pub gaps: Rect,
    /// Whose calls these are; no height over the table.
    pub crumb: Rect,
    pub heading: Rect,
    pub rows: Rect,
    /// Under the last row, or the lowest line; no height over the calls.
    pub total: Rect,
    pub detail: Option<Rect>,
    /// Where the notice may come: nothing that is needed.
    pub foot: Rect,
}

impl Places {
    /// Everything between the question and the foot, where a picture stands.
    pub fn picture(&self) -> Rect {
        Rect { height: self.foot.y.saturating_sub(self.heading.y), ..self.heading }
    }

    /// Whether the details stand at the right of the list and not beneath it.
    pub fn has_detail_beside(&self) -> bool {
        self.detail.is_some_and(|detail| detail.x >= self.rows.right())
    }
}

pub fn places(sheet: &Sheet, words: Words<'_>, body: Rect, today: NaiveDate) -> Places {
    let question = question(sheet, words, body.width, today).len();
    let (question, rest) = top(body, u16::try_from(question).unwrap_or(1));
    let (gaps, rest) = top(rest, u16::from(sheet.gaps_said(words, today).is_some()));
    let (crumb, rest) = top(rest, u16::from(sheet.listing().is_some()));
    let foot = Rect { y: rest.bottom().saturating_sub(1), height: rest.height.min(1), ..rest };
    let rest = Rect { height: rest.height.saturating_sub(1), ..rest };
    let (list, detail) = match sheet.listing() {
        None => (rest, None),
        Some(_) if body.width >= BESIDE => right(rest, DETAIL_WIDTH),
        Some(_) if rest.height < ROOM_FOR_BOTH => (rest, None),
        Some(listing) if listing.tall => bottom(rest, (rest.height / 2).max(DETAIL_HEIGHT)),
        Some(_) => bottom(rest, DETAIL_HEIGHT),
    };
    let (heading, rest) = top(list, 1);
    let (rows, rest) = match sheet.listing() {
        Some(_) => (rest, Rect { height: 0, ..rest }),
        None => top(rest, height_of_table(sheet, rest.height)),
    };
    let total = Rect { height: rest.height.min(1), ..rest };
    Places { question, gaps, crumb, heading, rows, total, detail, foot }
}

/// As many rows as there are, the total not counted; it has its own line in any case.
fn height_of_table(sheet: &Sheet, room: u16) -> u16 {
    let rows = u16::try_from(sheet.row_count()).unwrap_or(u16::MAX);
    rows.min(room.saturating_sub(1))
}

fn top(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    let rest = Rect { y: area.y + height, height: area.height - height, ..area };
    (Rect { height, ..area }, rest)
}

fn bottom(area: Rect, height: u16) -> (Rect, Option<Rect>) {
    let (list, detail) = top(area, area.height.saturating_sub(height));
    (list, Some(detail))
}

fn right(area: Rect, width: u16) -> (Rect, Option<Rect>) {
    let list = Rect { width: area.width.saturating_sub(width), ..area };
    (list, Some(Rect { x: list.right(), width: area.width - list.width, ..area }))
}

/// The question in as many lines as it needs: the title, then its parts, broken between parts only. Of long lists
/// fewer names are said where they would push out the rest.
pub fn question(sheet: &Sheet, words: Words<'_>, width: u16, today: NaiveDate) -> Vec<String> {
    let said = |most| {
        let parts = words.question_about(&sheet.query, today, sheet.person.as_deref(), most);
        in_lines(parts, words, width)
    };
    let fits = |lines: &Vec<String>| lines.last().is_none_or(|line| line.width() < usize::from(width));
    (2..=NAMES_SAID).rev().map(said).find(fits).unwrap_or_else(|| said(1))
}

fn in_lines(parts: Vec<String>, words: Words<'_>, width: u16) -> Vec<String> {
    let bar = format!(" {} ", words.look.signs.bar);
    let mut lines = Vec::new();
    let mut line = String::new();
    for part in parts {
        let room = room_for_parts(words, width, lines.len());
        if !line.is_empty() && line.width() + bar.width() + part.width() > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push_str(&bar);
        }
        line.push_str(&part);
    }
    lines.push(line);
    join_beyond(lines, &bar)
}

/// The title and the key of the filter stand on the first line.
fn room_for_parts(words: Words<'_>, width: u16, line: usize) -> usize {
    let around = match line {
        0 => words.look.say("report-title").width() + 2 + FILTER_KEY,
        _ => 0,
    };
    usize::from(width).saturating_sub(around + 1)
}

/// Room for the key and the name of the filter at the right, `F4 Фильтр`.
const FILTER_KEY: usize = 11;

fn join_beyond(mut lines: Vec<String>, bar: &str) -> Vec<String> {
    let beyond = lines.split_off(lines.len().min(QUESTION_LINES - 1));
    if !beyond.is_empty() {
        lines.push(beyond.join(bar));
    }
    lines
}
