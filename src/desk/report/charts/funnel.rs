//! Where patients are lost: from calls to money, each step with its part of the one before and of the first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{Meant, Picture, Spot, bars};
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Figure;
use crate::domain::metric::Share;
use crate::domain::report::{Measure, Measures, Query};

pub const STEPS: [Measure; 5] =
    [Measure::Calls, Measure::Taken, Measure::Booked, Measure::Held, Measure::Money];

const PERCENT: u16 = 9;
const LEAST_BAR: u16 = 10;
/// A longer bar says no more.
const MOST_BAR: u16 = 100;

/// Of the sheet's own question: the total of its table.
pub struct Funnel<'a> {
    pub query: &'a Query,
    pub total: Measures,
}

/// Widths of the columns; the bar has what is left.
struct Grid {
    label: u16,
    number: u16,
    bar: u16,
    /// Of one step.
    height: u16,
}

impl Funnel<'_> {
    fn count(&self, step: usize) -> Option<u64> {
        self.total.count(STEPS[step])
    }

    /// The part of the step `base`, if both are counts.
    fn share(&self, step: usize, base: usize) -> Option<Share> {
        Some(Share { part: self.count(step)?, base: self.count(base)? }).filter(|_| step > 0)
    }

    fn number(&self, step: usize, words: Words<'_>) -> String {
        match self.count(step) {
            Some(count) => figures::count(count, words.look),
            None => figures::sum(self.total.money, words.look),
        }
    }

    fn label(&self, step: usize, words: Words<'_>) -> String {
        words.measure(STEPS[step], self.query.kind)
    }

    fn grid(&self, words: Words<'_>, area: Rect) -> Grid {
        let widest = |said: &dyn Fn(usize) -> String| {
            (0..STEPS.len()).map(|step| said(step).width() as u16).max().unwrap_or(0)
        };
        let label = widest(&|step| self.label(step, words)) + 2;
        let number = widest(&|step| self.number(step, words));
        let bar = area.width.saturating_sub(label + number + 2 * PERCENT + 6).min(MOST_BAR);
        let height = (area.height.saturating_sub(2) / STEPS.len() as u16).clamp(1, 4);
        Grid { label, number, bar, height }
    }
}

impl Picture for Funnel<'_> {
    fn extent(&self) -> Spot {
        Spot { row: STEPS.len(), column: 1 }
    }

    fn is_empty(&self) -> bool {
        self.total.calls == 0
    }

    fn meant(&self, at: Spot) -> Option<Meant> {
        let measure = *STEPS.get(at.row)?;
        let some = self.count(at.row).map_or(self.total.money.0 != 0, |count| count > 0);
        let figure = Figure { query: self.query.clone(), path: Vec::new(), measure };
        some.then_some(Meant { figure, measures: Some(self.total) })
    }

    fn draw(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer) {
        let grid = self.grid(words, area);
        self.draw_heading(words, area, buf);
        for step in 0..STEPS.len() {
            let y = area.y + 1 + step as u16 * grid.height;
            let place = Rect { y, height: grid.height, ..area }.intersection(area);
            self.draw_step(words, &grid, step, place, buf);
            if step == at.row {
                let line = Rect { height: place.height.min(1), width: grid.label + grid.number, ..place };
                buf.set_style(line, words.look.style(Meaning::Selected));
                Strip::new(buf, line, 0, "").put(words.look.signs.cursor, words.look.style(Meaning::Focus));
            }
        }
    }

    fn spot_at(&self, words: Words<'_>, _at: Spot, area: Rect, position: Position) -> Option<Spot> {
        let line = position.y.checked_sub(area.y + 1)?;
        let row = usize::from(line / self.grid(words, area).height);
        (row < STEPS.len()).then_some(Spot { row, column: 0 })
    }
}

impl Funnel<'_> {
    fn draw_heading(&self, words: Words<'_>, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
        let style = look.style(Meaning::Label);
        strip.gap_right(1).put_right(&words.say("funnel-of-first"), style).gap_right(2);
        strip.put_right(&words.say("funnel-of-before"), style);
    }

    fn draw_step(&self, words: Words<'_>, grid: &Grid, step: usize, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
        strip.gap_right(1);
        for base in [0, step.saturating_sub(1)] {
            let percent = self.share(step, base).and_then(Share::percent);
            let said = percent.map_or_else(String::new, |percent| figures::percentage(percent, look));
            let used = said.width() as u16;
            strip.put_right(&said, look.style(Meaning::Text)).gap_right((PERCENT + 1).saturating_sub(used));
        }
        strip.gap(1).put_within(&self.label(step, words), grid.label - 1, look.style(Meaning::Name));
        let number = self.number(step, words);
        strip.gap(grid.number - number.width() as u16).put(&number, look.style(Meaning::Text)).gap(2);
        if grid.bar < LEAST_BAR {
            return;
        }
        match self.count(step) {
            Some(count) => self.draw_bar(words, grid, count, area, buf),
            None => {
                let average = self.total.average_money().map(|money| figures::sum(money, look));
                let said = average.map(|sum| look.say_with("funnel-average", &[("sum", sum.into())]));
                strip.put(&said.unwrap_or_default(), look.style(Meaning::Label));
            }
        }
    }

    /// All its lines but the last, which parts it from the next step.
    fn draw_bar(&self, words: Words<'_>, grid: &Grid, count: u64, area: Rect, buf: &mut Buffer) {
        let look = words.look;
        let share = Share { part: count, base: self.total.calls }.of_one();
        let bar = bars::across(share, grid.bar, look);
        let x = area.x + grid.label + grid.number + 2;
        let place = Rect { x, width: grid.bar, ..area }.intersection(area);
        for row in 0..area.height.saturating_sub(1).max(1) {
            Strip::new(buf, place, row, "").put(&bar, look.style(Meaning::Key));
        }
    }
}
