//! Advertising channels by the money they brought, the most first, with what each cost in calls.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{Meant, Picture, Spot, bars};
use crate::desk::layout::page_start;
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Figure;
use crate::domain::metric::Share;
use crate::domain::report::{Level, Measure, Measures, Query, Row, Table};

pub const COLUMNS: [Measure; 4] =
    [Measure::Calls, Measure::BookedPercent, Measure::Money, Measure::AverageMoney];
const GAP: u16 = 2;
const LABEL: std::ops::RangeInclusive<u16> = 14..=36;
const LEAST_BAR: u16 = 8;
const MOST_BAR: u16 = 100;

pub fn question(query: &Query) -> Query {
    Query { by: Level::Channel, then_by: Level::None, compare: None, ..query.clone() }
}

pub struct Channels<'a> {
    table: &'a Table,
    /// By money, most first.
    rows: Vec<&'a Row>,
}

struct Grid {
    label: u16,
    widths: [u16; COLUMNS.len()],
    /// 0 where there is no room for one.
    bar: u16,
}

impl<'a> Channels<'a> {
    pub fn of(table: &'a Table) -> Channels<'a> {
        let mut rows: Vec<&Row> = table.rows.iter().collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.measures.money, row.measures.calls)));
        Channels { table, rows }
    }

    fn grid(&self, words: Words<'_>, area: Rect) -> Grid {
        let all = || self.rows.iter().map(|row| &row.measures).chain([&self.table.total]);
        let widths = COLUMNS.map(|measure| {
            let said = all().map(|measures| said(measure, measures, words).width());
            said.chain([self.heading(measure, words).width()]).max().unwrap_or(0) as u16
        });
        let figures: u16 = widths.iter().map(|width| width + GAP).sum();
        let names = self.rows.iter().map(|row| words.group(&row.group).width() as u16 + 1);
        let most = names.max().unwrap_or(0).clamp(*LABEL.start(), *LABEL.end());
        let free = area.width.saturating_sub(figures + 2);
        let label = most.min(free);
        let bar = free.saturating_sub(label + GAP).min(MOST_BAR);
        Grid { label, widths, bar: if bar < LEAST_BAR { 0 } else { bar } }
    }

    fn heading(&self, measure: Measure, words: Words<'_>) -> String {
        match measure {
            Measure::BookedPercent => words.say("channels-booked"),
            Measure::AverageMoney => words.say("channels-average"),
            _ => words.measure(measure, self.table.query.kind),
        }
    }

    fn most(&self) -> i64 {
        self.rows.first().map_or(0, |row| row.measures.money.0)
    }
}

fn said(measure: Measure, of: &Measures, words: Words<'_>) -> String {
    let look = words.look;
    let nothing = || look.signs.nothing.to_owned();
    match measure {
        Measure::BookedPercent => {
            of.booked_percent().map_or_else(nothing, |percent| figures::percentage(percent, look))
        }
        Measure::Money if of.money.0 != 0 => figures::sum(of.money, look),
        Measure::AverageMoney if of.money.0 != 0 => {
            of.average_money().map_or_else(nothing, |money| figures::sum(money, look))
        }
        Measure::Money | Measure::AverageMoney => nothing(),
        _ => figures::count(of.calls, look),
    }
}

/// Lines of channels that are seen: not the heading, not the total.
fn page(area: Rect) -> u16 {
    area.height.saturating_sub(2)
}

impl Picture for Channels<'_> {
    fn extent(&self) -> Spot {
        Spot { row: self.rows.len(), column: 1 }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The calls that brought the money; all of the channel's where it brought none.
    fn meant(&self, at: Spot) -> Option<Meant> {
        let row = self.rows.get(at.row)?;
        let measure = if row.measures.money.0 == 0 { Measure::Calls } else { Measure::Money };
        let figure = Figure { query: self.table.query.clone(), path: vec![row.group.clone()], measure };
        Some(Meant { figure, measures: Some(row.measures) })
    }

    fn draw(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer) {
        let grid = self.grid(words, area);
        let look = words.look;
        let label = words.say("report-channel");
        let headings = COLUMNS.map(|measure| self.heading(measure, words));
        draw_line(words, &grid, (&label, Meaning::Label), headings, area, buf);
        let first = page_start(at.row, page(area));
        let mut line = Rect { y: area.y + 1, height: 1, ..area };
        for (place, row) in self.rows.iter().enumerate().skip(first).take(usize::from(page(area))) {
            let label = words.group(&row.group);
            let cells = COLUMNS.map(|measure| said(measure, &row.measures, words));
            draw_line(words, &grid, (&label, Meaning::Name), cells, line, buf);
            self.draw_bar(words, &grid, row.measures.money.0, line, buf);
            if place == at.row {
                let room = Rect { width: grid.label, ..line };
                buf.set_style(room, look.style(Meaning::Selected));
                Strip::new(buf, line, 0, "").put(look.signs.cursor, look.style(Meaning::Focus));
            }
            line.y += 1;
        }
        let cells = COLUMNS.map(|measure| said(measure, &self.table.total, words));
        draw_line(words, &grid, (&words.say("report-total"), Meaning::Title), cells, line, buf);
    }

    fn spot_at(&self, _: Words<'_>, at: Spot, area: Rect, position: Position) -> Option<Spot> {
        let line = position.y.checked_sub(area.y + 1).filter(|line| *line < page(area))?;
        let row = page_start(at.row, page(area)) + usize::from(line);
        (row < self.rows.len()).then_some(Spot { row, column: 0 })
    }
}

impl Channels<'_> {
    /// As long as its money beside the best one's; a loss has none.
    fn draw_bar(&self, words: Words<'_>, grid: &Grid, money: i64, line: Rect, buf: &mut Buffer) {
        if grid.bar == 0 || self.most() <= 0 || money <= 0 {
            return;
        }
        let share = Share { part: money.unsigned_abs(), base: self.most().unsigned_abs() }.of_one();
        let bar = bars::across(share, grid.bar, words.look);
        let place = Rect { x: line.right().saturating_sub(grid.bar + 1), width: grid.bar, ..line };
        Strip::new(buf, place, 0, "").put(&bar, words.look.style(Meaning::Success));
    }
}

fn draw_line(
    words: Words<'_>,
    grid: &Grid,
    (label, meaning): (&str, Meaning),
    cells: [String; COLUMNS.len()],
    line: Rect,
    buf: &mut Buffer,
) {
    let look = words.look;
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    strip.gap(1).put_within(label, grid.label.saturating_sub(1), look.style(meaning));
    let meaning = if meaning == Meaning::Label { Meaning::Label } else { Meaning::Text };
    for (cell, width) in cells.iter().zip(grid.widths) {
        let used = (cell.width() as u16).min(width);
        strip.gap(GAP + width - used).put_within(cell, used, look.style(meaning));
    }
}
