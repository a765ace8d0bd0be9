//! Where the cells of the heat map stand. Hours that find no room are paged through with the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::{DAYS, Heat, Spot, number};
use crate::desk::layout::page_start;
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;

/// The cursor's mark, a weekday's short name, a blank.
const LABEL: u16 = 5;
/// Wider cells would only part the figures.
const WIDEST: u16 = 9;
const TALLEST: u16 = 4;
/// Beside the cells: the hours, their sums, the words of the cell.
const LINES_AROUND: u16 = 3;
const LEAST: (u16, u16) = (40, DAYS as u16 + LINES_AROUND);

pub struct Grid {
    pub label: u16,
    total: u16,
    /// A blank and the cell.
    width: u16,
    height: u16,
    /// Columns of the picture that are seen.
    first: usize,
    seen: usize,
    all: usize,
}

impl Grid {
    pub fn lacks(area: Rect) -> Option<(u16, u16)> {
        (area.width < LEAST.0 || area.height < LEAST.1).then_some(LEAST)
    }

    pub fn of(heat: &Heat<'_>, words: Words<'_>, at: Spot, area: Rect) -> Grid {
        let all = heat.hours.len();
        let height = (area.height.saturating_sub(LINES_AROUND) / DAYS as u16).clamp(1, TALLEST);
        let widest = (0..24).map(|hour| cells(&number(heat.of_hour(hour), words))).max().unwrap_or(1);
        let least = 1 + widest + u16::from(is_beside(height));
        let total = (0..DAYS).map(|day| heat.of_day(day)).sum();
        let total = cells(&figures::count(total, words.look)).max(cells(&words.say("report-total"))) + 2;
        let room = area.width.saturating_sub(LABEL + total + 1);
        let seen = usize::from(room / least).clamp(1, all.max(1));
        let width = (room / seen as u16).clamp(least, WIDEST.max(least));
        let first = page_start(at.column, seen as u16);
        Grid { label: LABEL, total, width, height, first, seen, all }
    }

    pub fn shows_all(&self) -> bool {
        self.seen >= self.all
    }

    pub fn columns(&self) -> std::ops::Range<usize> {
        self.first..(self.first + self.seen).min(self.all)
    }

    pub fn cell(&self, area: Rect, at: Spot) -> Rect {
        let column = at.column.saturating_sub(self.first) as u16;
        let x = area.x + self.label + column * self.width + 1;
        let y = area.y + 1 + at.row as u16 * self.height;
        Rect { x, y, width: self.width - 1, height: self.height }.intersection(area)
    }

    /// The line of a weekday that holds its figures.
    pub fn number_line(&self, area: Rect, day: usize) -> u16 {
        area.y + 1 + day as u16 * self.height + self.number_row()
    }

    /// Of a cell: a line above the next one, so that no figure touches its block.
    pub fn number_row(&self) -> u16 {
        self.height.saturating_sub(2)
    }

    pub fn is_beside(&self) -> bool {
        is_beside(self.height)
    }

    pub fn sums_line(&self, area: Rect) -> u16 {
        area.y + 1 + DAYS as u16 * self.height
    }

    pub fn legend_line(&self, area: Rect) -> Option<u16> {
        let line = self.words_line(area) - 1;
        (line > self.sums_line(area)).then_some(line)
    }

    /// Right under the map, a line left blank where there is room.
    pub fn words_line(&self, area: Rect) -> u16 {
        let left = area.bottom().saturating_sub(self.sums_line(area) + 1);
        self.sums_line(area) + left.clamp(1, 3)
    }

    /// At the right of everything.
    pub fn put_total(&self, area: Rect, line: u16, said: &str, style: Style, buf: &mut Buffer) {
        let x = area.x + self.label + self.columns().len() as u16 * self.width;
        let place = Rect { x, y: line, width: self.total, height: 1 }.intersection(area);
        Strip::new(buf, place, 0, "").put_right(said, style);
    }

    pub fn spot(&self, area: Rect, position: Position) -> Option<Spot> {
        let spots = (0..DAYS).flat_map(|row| self.columns().map(move |column| Spot { row, column }));
        spots.into_iter().find(|spot| self.cell(area, *spot).contains(position))
    }
}

/// In one line the shade stands beside its number.
fn is_beside(height: u16) -> bool {
    height <= 2
}

fn cells(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}
