//! How days compare with those of the period before: bars side by side where there is room, else two curves. Periods
//! longer than a quarter go by weeks.

mod plot;

use chrono::{Datelike, Days, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Meant, Picture, Spot};
use crate::desk::format;
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Figure;
use crate::domain::period::Period;
use crate::domain::report::{Comparison, Group, Kind, Level, Measure, Measures, Query, Table};
use plot::Plot;

/// A longer period goes by weeks.
const MOST_DAYS: u64 = 92;

pub const MEASURES: [Measure; 7] = [
    Measure::Calls,
    Measure::Taken,
    Measure::Missed,
    Measure::Booked,
    Measure::BookedPercent,
    Measure::Held,
    Measure::Money,
];

/// Of the period, and of the one before it.
pub fn questions(query: &Query) -> [Query; 2] {
    let by = if query.period.days() > MOST_DAYS { Level::Week } else { Level::Day };
    let of = |period| Query { period, by, then_by: Level::None, compare: None, ..query.clone() };
    [of(query.period), of(query.period.before(query.compare.unwrap_or(Comparison::Previous)))]
}

pub struct Trend<'a> {
    tables: [&'a Table; 2],
    measure: Measure,
    points: Vec<Point>,
}

/// A day or a week, and the one that stands at its place in the period before.
#[derive(Clone, PartialEq, Debug)]
struct Point {
    first: NaiveDate,
    /// `None` of days that are still to come.
    now: Option<Measures>,
    before: Option<(NaiveDate, Measures)>,
}

impl<'a> Trend<'a> {
    pub fn of(tables: [&'a Table; 2], today: NaiveDate, measure: Measure) -> Trend<'a> {
        let [now, before] = tables.map(|table| days(table).map(|day| (day, measures(table, day))));
        let before: Vec<_> = before.collect();
        let point = |(place, (first, measures)): (usize, (NaiveDate, Measures))| Point {
            first,
            now: (first <= today).then_some(measures),
            before: before.get(place).copied(),
        };
        Trend { tables, measure, points: now.enumerate().map(point).collect() }
    }

    fn kind(&self) -> Kind {
        self.tables[0].query.kind
    }

    fn group(&self, day: NaiveDate) -> Group {
        group(self.tables[0], day)
    }

    /// This period's and the one's before, where there is something to count.
    fn values(&self, point: &Point) -> [Option<f64>; 2] {
        let value = |measures: Option<Measures>| measures?.value(self.measure);
        [value(point.now), value(point.before.map(|(_, measures)| measures))]
    }

    fn most(&self) -> f64 {
        self.points.iter().flat_map(|point| self.values(point)).flatten().fold(0.0, f64::max)
    }

    fn said(&self, measures: &Measures, words: Words<'_>) -> String {
        said(self.measure, measures, words)
    }
}

/// The first day of every step of a table's period: rows in which nothing was counted are not in it.
fn days(table: &Table) -> impl Iterator<Item = NaiveDate> + use<> {
    let Period { from, to } = table.query.period;
    let (first, step) = match table.query.by {
        Level::Week => (from - Days::new(from.weekday().num_days_from_monday().into()), 7),
        _ => (from, 1),
    };
    std::iter::successors(Some(first), move |day| day.checked_add_days(Days::new(step)))
        .take_while(move |day| *day <= to)
}

fn group(table: &Table, day: NaiveDate) -> Group {
    if table.query.by == Level::Week { Group::Week(day) } else { Group::Day(day) }
}

fn measures(table: &Table, day: NaiveDate) -> Measures {
    let group = group(table, day);
    let row = table.rows.iter().find(|row| row.group == group);
    row.map(|row| row.measures).unwrap_or_default()
}

fn said(measure: Measure, of: &Measures, words: Words<'_>) -> String {
    let Some(value) = of.value(measure) else { return words.look.signs.nothing.to_owned() };
    match measure {
        Measure::Money => figures::sum(of.money, words.look),
        Measure::BookedPercent => figures::percentage(value, words.look),
        _ => figures::count(value as u64, words.look),
    }
}

impl Picture for Trend<'_> {
    fn extent(&self) -> Spot {
        Spot { row: 1, column: self.points.len() }
    }

    /// The last day there is something to say of.
    fn start(&self) -> Spot {
        let last = self.points.iter().rposition(|point| point.now.is_some());
        Spot { row: 0, column: last.unwrap_or(0) }
    }

    fn is_empty(&self) -> bool {
        self.tables.iter().all(|table| table.rows.is_empty())
    }

    fn meant(&self, at: Spot) -> Option<Meant> {
        let point = self.points.get(at.column)?;
        let (measure, path) = (self.measure, vec![self.group(point.first)]);
        let some = |measures: &Measures| measures.value(measure.counted()).is_some_and(|value| value != 0.0);
        let measures = Some(point.now.filter(some)?);
        Some(Meant { figure: Figure { query: self.tables[0].query.clone(), path, measure }, measures })
    }

    fn lacks(&self, area: Rect) -> Option<(u16, u16)> {
        Plot::lacks(area)
    }

    fn draw(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer) {
        let plot = Plot::of(self, words, area);
        self.draw_legend(words, plot.bars(), area, buf);
        plot.draw(words, at, buf);
        if let Some(point) = self.points.get(at.column) {
            let line = Rect { y: area.bottom() - 1, height: 1, ..area };
            self.draw_point(words, point, line, buf);
        }
    }

    fn spot_at(&self, words: Words<'_>, _: Spot, area: Rect, position: Position) -> Option<Spot> {
        let column = Plot::of(self, words, area).point_at(position)?;
        Some(Spot { row: 0, column })
    }
}

impl Trend<'_> {
    /// Both periods with their totals, each behind its sign.
    fn draw_legend(&self, words: Words<'_>, bars: bool, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let signs = match bars {
            true => [look.signs.upright[8], look.signs.before],
            false => [look.signs.curve_sign, look.signs.curve_before_sign],
        };
        let styles = [Meaning::Key, Meaning::Label].map(|meaning| look.style(meaning));
        let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
        strip.gap(1);
        for ((table, sign), style) in self.tables.into_iter().zip(signs).zip(styles) {
            let Period { from, to } = table.query.period;
            let span = if from == to { format::date(from, look) } else { format::span(from, to, look) };
            strip.put(sign, style).gap(1).put(&span, look.style(Meaning::Label)).gap(1);
            strip.put(&self.said(&table.total, words), look.style(Meaning::Text)).gap(3);
        }
        let [now, before] = self.tables.map(|table| &table.total);
        strip.put(&figures::change(self.measure, now, before, look), look.style(Meaning::Name));
    }

    /// The day under the cursor in words.
    fn draw_point(&self, words: Words<'_>, point: &Point, line: Rect, buf: &mut Buffer) {
        let look = words.look;
        let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
        let day = words.group(&self.group(point.first));
        strip.gap(1).put(&day, look.style(Meaning::Name)).gap(1);
        let now = point.now.map(|measures| self.said(&measures, words));
        let now = now.unwrap_or_else(|| words.say("trend-to-come"));
        let measure = words.measure(self.measure, self.kind());
        strip.put(&measure, look.style(Meaning::Label)).gap(1).put(&now, look.style(Meaning::Text)).gap(2);
        if let Some((day, measures)) = &point.before {
            let day = words.group(&self.group(*day));
            strip.put(&day, look.style(Meaning::Label)).gap(1);
            strip.put(&self.said(measures, words), look.style(Meaning::Text)).gap(2);
        }
        if let (Some(now), Some((_, before))) = (&point.now, &point.before) {
            strip.put(&figures::change(self.measure, now, before, look), look.style(Meaning::Name));
        }
    }
}
