//! When calls come: hours across, weekdays down, each cell shaded by its figure and the figure itself beneath.

mod grid;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Meant, Picture, Spot};
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Figure;
use crate::domain::report::{Group, Level, Measure, Measures, Query, Row, Table};
use grid::Grid;

const DAYS: usize = 7;
/// More than nothing: from a quarter of the most to the next.
const SHADES: u64 = 4;

pub fn question(query: &Query) -> Query {
    Query { by: Level::Weekday, then_by: Level::Hour, compare: None, ..query.clone() }
}

pub struct Heat<'a> {
    table: &'a Table,
    measure: Measure,
    /// From the first hour of any day in which something was counted to the last.
    hours: std::ops::Range<u8>,
    cells: [[u64; 24]; DAYS],
}

impl<'a> Heat<'a> {
    pub fn of(table: &'a Table, measure: Measure) -> Heat<'a> {
        let mut heat = Heat { table, measure, hours: 0..0, cells: [[0; 24]; DAYS] };
        for day in &table.rows {
            day.rows.iter().for_each(|row| heat.put(&day.group, row));
        }
        heat
    }

    fn put(&mut self, day: &Group, row: &Row) {
        let (Group::Weekday(day), Group::Hour(hour)) = (day, &row.group) else { return };
        let day = self.cells.get_mut(usize::from(*day));
        let Some(cell) = day.and_then(|day| day.get_mut(usize::from(*hour))) else { return };
        *cell = row.measures.count(self.measure).unwrap_or_default();
        let first = if self.hours.is_empty() { *hour } else { self.hours.start.min(*hour) };
        self.hours = first..self.hours.end.max(hour + 1);
    }

    fn hour(&self, column: usize) -> u8 {
        self.hours.start.saturating_add(u8::try_from(column).unwrap_or(0)).min(23)
    }

    fn cell(&self, at: Spot) -> u64 {
        self.cells[at.row.min(DAYS - 1)][usize::from(self.hour(at.column))]
    }

    fn most(&self) -> u64 {
        self.cells.iter().flatten().copied().max().unwrap_or(0)
    }

    fn of_hour(&self, hour: u8) -> u64 {
        self.cells.iter().map(|day| day[usize::from(hour)]).sum()
    }

    fn of_day(&self, day: usize) -> u64 {
        self.cells[day].iter().sum()
    }

    fn path(&self, at: Spot) -> [Group; 2] {
        [Group::Weekday(at.row as u8), Group::Hour(self.hour(at.column))]
    }

    /// All that is known of a cell; zeroes where nothing was counted.
    fn measures(&self, at: Spot) -> Measures {
        let [day, hour] = self.path(at);
        let row = |rows: &'a [Row], group: &Group| rows.iter().find(|row| row.group == *group);
        let cell = row(&self.table.rows, &day).and_then(|day| row(&day.rows, &hour));
        cell.map(|row| row.measures).unwrap_or_default()
    }

    /// 0 of nothing, then by quarters of the most.
    fn shade(&self, value: u64) -> usize {
        if value == 0 { 0 } else { 1 + ((value - 1) * SHADES / self.most()) as usize }
    }

    /// The least value of a shade that has any.
    fn bound(&self, shade: u64) -> Option<u64> {
        let bound = (shade * self.most()).div_ceil(SHADES) + 1;
        (bound <= self.most() && self.shade(bound) as u64 == shade + 1).then_some(bound)
    }

    fn meaning(&self) -> Meaning {
        match self.measure {
            Measure::Missed => Meaning::Missed,
            Measure::Booked => Meaning::Success,
            _ => Meaning::Text,
        }
    }
}

impl Picture for Heat<'_> {
    fn extent(&self) -> Spot {
        Spot { row: DAYS, column: self.hours.len() }
    }

    /// The cell with the most.
    fn start(&self) -> Spot {
        let spots =
            (0..DAYS).flat_map(|row| (0..self.hours.len()).map(move |column| Spot { row, column })).rev();
        spots.max_by_key(|spot| self.cell(*spot)).unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.hours.is_empty()
    }

    fn meant(&self, at: Spot) -> Option<Meant> {
        let (query, path) = (self.table.query.clone(), self.path(at).into());
        let figure = Figure { query, path, measure: self.measure };
        (self.cell(at) > 0).then(|| Meant { figure, measures: Some(self.measures(at)) })
    }

    fn lacks(&self, area: Rect) -> Option<(u16, u16)> {
        Grid::lacks(area)
    }

    fn draw(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer) {
        let grid = Grid::of(self, words, at, area);
        self.draw_hours(words, &grid, at, area, buf);
        for day in 0..DAYS {
            self.draw_day(words, &grid, day, at, area, buf);
        }
        self.draw_sums(words, &grid, area, buf);
        self.draw_legend(words, &grid, area, buf);
        self.draw_cell(words, &grid, at, area, buf);
    }

    fn spot_at(&self, words: Words<'_>, at: Spot, area: Rect, position: Position) -> Option<Spot> {
        Grid::of(self, words, at, area).spot(area, position)
    }
}

impl Heat<'_> {
    fn draw_hours(&self, words: Words<'_>, grid: &Grid, at: Spot, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        for column in grid.columns() {
            let meaning = if column == at.column { Meaning::Focus } else { Meaning::Label };
            let place = grid.cell(area, Spot { row: 0, column });
            let hour = self.hour(column).to_string();
            Strip::new(buf, Rect { y: area.y, ..place }, 0, "").put_right(&hour, look.style(meaning));
        }
        let total = words.say("report-total");
        grid.put_total(area, area.y, &total, look.style(Meaning::Label), buf);
    }

    fn draw_day(&self, words: Words<'_>, grid: &Grid, day: usize, at: Spot, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        for column in grid.columns() {
            let spot = Spot { row: day, column };
            self.draw_value(words, grid, spot, area, buf);
            if spot == at {
                // A filled shade in reverse would look empty.
                let place = Rect { y: grid.number_line(area, day), height: 1, ..grid.cell(area, spot) };
                buf.set_style(place, look.style(Meaning::Selected));
            }
        }
        let line = grid.number_line(area, day);
        let chosen = at.row == day;
        let meaning = if chosen { Meaning::Focus } else { Meaning::Label };
        let place = Rect { x: area.x, y: line, width: grid.label, height: 1 };
        let mut strip = Strip::new(buf, place, 0, "");
        strip.put(if chosen { look.signs.cursor } else { " " }, look.style(Meaning::Focus));
        strip.put(&words.weekday_short(day as u8), look.style(meaning));
        let sum = figures::count(self.of_day(day), look);
        grid.put_total(area, line, &sum, look.style(Meaning::Text), buf);
    }

    fn draw_value(&self, words: Words<'_>, grid: &Grid, spot: Spot, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let (value, place) = (self.cell(spot), grid.cell(area, spot));
        let shade = look.signs.shades[self.shade(value)];
        let style = look.style(self.meaning());
        for row in 0..grid.number_row() {
            let shades = shade.repeat(usize::from(place.width));
            Strip::new(buf, place, row, "").put(&shades, style);
        }
        let mut strip = Strip::new(buf, place, grid.number_row(), look.signs.ellipsis);
        if grid.is_beside() {
            strip.put(shade, style);
        }
        let style = if value == 0 { look.style(Meaning::Muted) } else { look.style(Meaning::Text) };
        strip.put_right(&number(value, words), style);
    }

    fn draw_sums(&self, words: Words<'_>, grid: &Grid, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let line = grid.sums_line(area);
        for column in grid.columns() {
            let place = Rect { y: line, height: 1, ..grid.cell(area, Spot { row: 0, column }) };
            let sum = number(self.of_hour(self.hour(column)), words);
            Strip::new(buf, place, 0, look.signs.ellipsis).put_right(&sum, look.style(Meaning::Label));
        }
        let all = figures::count((0..DAYS).map(|day| self.of_day(day)).sum(), look);
        grid.put_total(area, line, &all, look.style(Meaning::Title), buf);
    }

    /// What each shade stands for.
    fn draw_legend(&self, words: Words<'_>, grid: &Grid, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let Some(line) = grid.legend_line(area) else { return };
        let mut strip = Strip::new(buf, Rect { y: line, height: 1, ..area }, 0, look.signs.ellipsis);
        strip.gap(1);
        for (shade, bound) in (0..SHADES).filter_map(|shade| Some((shade, self.bound(shade)?))) {
            let bound = figures::count(bound, look);
            let said = look.say_with("heat-from", &[("count", bound.into())]);
            strip.put(&look.signs.shades[shade as usize + 1].repeat(2), look.style(self.meaning()));
            strip.gap(1).put(&said, look.style(Meaning::Label)).gap(2);
        }
        if !grid.shows_all() {
            strip.put(&words.say("heat-more"), look.style(Meaning::Muted));
        }
    }

    /// The cell under the cursor in words.
    fn draw_cell(&self, words: Words<'_>, grid: &Grid, at: Spot, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let [day, hour] = self.path(at).map(|group| words.group(&group));
        let place = Rect { y: grid.words_line(area), height: 1, ..area };
        let mut strip = Strip::new(buf, place, 0, look.signs.ellipsis);
        strip.gap(1).put(&format!("{day} {hour}"), look.style(Meaning::Name)).gap(2);
        super::draw_measures(words, &self.measures(at), self.table.query.kind, &mut strip);
    }
}

/// In at most four cells: thousands from ten thousand up.
fn number(value: u64, words: Words<'_>) -> String {
    let short = |key, count: String| words.look.say_with(key, &[("count", count.into())]);
    match value {
        0 => words.look.signs.nothing.to_owned(),
        1..10_000 => value.to_string(),
        10_000..1_000_000 => short("heat-thousands", (value / 1000).to_string()),
        1_000_000..10_000_000 => {
            let tenths = format!("{}.{}", value / 1_000_000, value / 100_000 % 10);
            short("heat-millions", figures::pointed(tenths, words.look))
        }
        _ => short("heat-millions", (value / 1_000_000).to_string()),
    }
}
