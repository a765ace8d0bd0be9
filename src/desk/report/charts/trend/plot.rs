//! The field of the trend: a scale at the left, days beneath, bars or curves between.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Context, Line, Points};
use unicode_width::UnicodeWidthStr;

use super::{Spot, Trend};
use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::report::charts::bars;
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::money::Money;
use crate::domain::report::Measure;

/// Two bars and a blank.
const LEAST_STEP: u16 = 3;
const MOST_STEP: u16 = 9;
const LEAST: (u16, u16) = (40, 9);
/// Lines between two marks of the scale, at least.
const APART: u16 = 3;
/// Of ten.
const STEPS: [f64; 9] = [10.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 60.0, 80.0];

pub struct Plot<'a> {
    trend: &'a Trend<'a>,
    /// Where the bars or curves stand.
    field: Rect,
    /// What the field's full height stands for.
    top: f64,
    /// Columns of a day's bars; `None` of curves.
    step: Option<u16>,
}

impl<'a> Plot<'a> {
    pub fn lacks(area: Rect) -> Option<(u16, u16)> {
        (area.width < LEAST.0 || area.height < LEAST.1).then_some(LEAST)
    }

    pub fn of(trend: &'a Trend<'a>, words: Words<'_>, area: Rect) -> Plot<'a> {
        let top = round_up(trend.most(), trend.measure);
        let scale = mark(top, trend.measure, words).width().max(4) as u16 + 2;
        // Over it the legend; under it the axis, the days, the words of the day and a blank.
        let height = area.height.saturating_sub(5);
        let width = area.width.saturating_sub(scale + 1);
        let field = Rect { x: area.x + scale, y: area.y + 1, width, height };
        let step = width / trend.points.len().max(1) as u16;
        let step = (step >= LEAST_STEP).then(|| step.min(MOST_STEP));
        Plot { trend, field, top, step }
    }

    pub fn bars(&self) -> bool {
        self.step.is_some()
    }

    /// The first column of a point.
    fn column(&self, point: usize) -> u16 {
        let last = self.trend.points.len().saturating_sub(1).max(1);
        self.field.x
            + match self.step {
                Some(step) => point as u16 * step,
                None => (point * usize::from(self.field.width.saturating_sub(1)) / last) as u16,
            }
    }

    pub fn point_at(&self, position: Position) -> Option<usize> {
        if !self.field.contains(position) {
            return None;
        }
        let distance = |point: &usize| self.column(*point).abs_diff(position.x);
        match self.step {
            Some(step) => Some(usize::from((position.x - self.field.x) / step)),
            None => (0..self.trend.points.len()).min_by_key(distance),
        }
        .filter(|point| *point < self.trend.points.len())
    }

    pub fn draw(&self, words: Words<'_>, at: Spot, buf: &mut Buffer) {
        self.draw_scale(words, buf);
        match self.step {
            Some(step) => self.draw_bars(words, step, at, buf),
            None => self.draw_curves(words.look, buf),
        }
        self.draw_days(words, at, buf);
    }

    fn draw_scale(&self, words: Words<'_>, buf: &mut Buffer) {
        let look = words.look;
        let marks: u16 = if self.field.height / APART >= 4 { 4 } else { 2 };
        for nth in 0..=marks {
            let value = self.top * f64::from(nth) / f64::from(marks);
            let above = u32::from(self.field.height) * u32::from(nth) / u32::from(marks);
            let y = self.field.bottom().saturating_sub(above as u16);
            let said = mark(value, self.trend.measure, words);
            let x = self.field.x.saturating_sub(said.width() as u16 + 1);
            let place = Rect { x, y, width: said.width() as u16, height: 1 };
            Strip::new(buf, place, 0, "").put(&said, look.style(Meaning::Muted));
        }
    }

    fn draw_bars(&self, words: Words<'_>, step: u16, at: Spot, buf: &mut Buffer) {
        let look = words.look;
        let bar = (step - 1) / 2;
        for (nth, point) in self.trend.points.iter().enumerate() {
            let [now, before] = self.trend.values(point).map(|value| value.unwrap_or(0.0) / self.top);
            let meaning = if nth == at.column { Meaning::Ringing } else { Meaning::Key };
            for above in 0..self.field.height {
                let y = self.field.bottom() - 1 - above;
                let place = Rect { x: self.column(nth), y, width: 2 * bar, height: 1 };
                let now = bars::upright(now, self.field.height, above, look).repeat(usize::from(bar));
                let reached = bars::upright(before, self.field.height, above, look) != " ";
                let before = if reached { look.signs.before } else { " " }.repeat(usize::from(bar));
                let mut strip = Strip::new(buf, place, 0, "");
                strip.put(&now, look.style(meaning)).put(&before, look.style(Meaning::Muted));
            }
        }
    }

    fn draw_curves(&self, look: &Look, buf: &mut Buffer) {
        let points = |which: usize| -> Vec<(f64, f64)> {
            let value = |(nth, point)| Some((nth as f64, self.trend.values(point)[which]?));
            self.trend.points.iter().enumerate().filter_map(value).collect()
        };
        let [now, before] = [points(0), points(1)];
        let colour = |meaning| look.style(meaning).fg.unwrap_or(Color::Reset);
        let paint = |context: &mut Context<'_>| {
            context.marker(look.signs.curve_before);
            draw_curve(context, &before, colour(Meaning::Muted));
            context.layer();
            context.marker(look.signs.curve);
            draw_curve(context, &now, colour(Meaning::Key));
        };
        let last = self.trend.points.len().saturating_sub(1).max(1) as f64;
        Canvas::default()
            .marker(look.signs.curve)
            .x_bounds([0.0, last])
            .y_bounds([0.0, self.top])
            .paint(paint)
            .render(self.field, buf);
    }

    /// The axis with a mark under the chosen day, and as many dates as there is room for.
    fn draw_days(&self, words: Words<'_>, at: Spot, buf: &mut Buffer) {
        let look = words.look;
        let axis = Rect { y: self.field.bottom(), height: 1, ..self.field };
        let rule = look.signs.rule.repeat(usize::from(axis.width));
        Strip::new(buf, axis, 0, "").put(&rule, look.style(Meaning::Border));
        let bar = self.step.map_or(0, |step| (step - 1) / 4);
        let chosen = Rect { x: self.column(at.column) + bar, width: 1, ..axis }.intersection(axis);
        Strip::new(buf, chosen, 0, "").put(look.signs.up, look.style(Meaning::Focus));
        let mut free = axis.x;
        for (nth, point) in self.trend.points.iter().enumerate() {
            let said = format::short_date(point.first, look);
            let (x, width) = (self.column(nth), said.width() as u16);
            if x >= free && x + width <= axis.right() {
                let place = Rect { x, y: axis.y + 1, width, height: 1 };
                Strip::new(buf, place, 0, "").put(&said, look.style(Meaning::Label));
                free = x + width + 2;
            }
        }
    }
}

fn draw_curve(context: &mut Context<'_>, points: &[(f64, f64)], color: Color) {
    context.draw(&Points { coords: points, color });
    for ends in points.windows(2) {
        let [(x1, y1), (x2, y2)] = [ends[0], ends[1]];
        context.draw(&Line { x1, y1, x2, y2, color });
    }
}

/// To the next number of its order whose quarters are whole.
fn round_up(most: f64, measure: Measure) -> f64 {
    let unit = if measure == Measure::Money { 100.0 } else { 1.0 };
    let most = (most / unit).max(4.0);
    let order = 10f64.powf(most.log10().floor());
    let tops = [order, 10.0 * order].into_iter().flat_map(|order| STEPS.map(|step| step * order / 10.0));
    let fits = |top: &f64| *top >= most && top % 4.0 == 0.0;
    tops.into_iter().find(fits).unwrap_or(most) * unit
}

fn mark(value: f64, measure: Measure, words: Words<'_>) -> String {
    match measure {
        Measure::Money => figures::roubles(Money(value as i64), words.look),
        Measure::BookedPercent => format!("{value:.0} %"),
        _ if value == 0.0 => "0".to_owned(),
        _ => figures::count(value.round() as u64, words.look),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number_above_the_most() {
        let calls = |most| round_up(most, Measure::Calls);
        assert_eq!(
            [0.0, 3.0, 5.0, 9.0, 13.0, 61.0, 99.0, 101.0, 1_000.0].map(calls),
            [4.0, 4.0, 8.0, 12.0, 16.0, 80.0, 100.0, 120.0, 1_000.0]
        );
        assert_eq!(round_up(123_456_700.0, Measure::Money), 160_000_000.0);
    }
}
