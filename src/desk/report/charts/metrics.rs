//! The standard metrics, each with its formula in words, what it is a part of, and what misses cost.

mod aside;
mod entry;
mod paper;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::answers::Answers;
use super::{Ground, Meant, Picture, Spot};
use crate::desk::layout::page_start;
use crate::desk::norms::ReportNorms;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::call::Direction;
use crate::domain::desk::{Figure, Refusal, Request};
use crate::domain::metric::{Losses, Metrics, ServiceLevel};
use crate::domain::report::{Filter, Group, Kind, Level, Measure, Measures, Query};
use entry::{ENTRIES, Entry, Said};

pub use paper::{MetricSaid, metric_questions, metrics_said};

const LEAST: (u16, u16) = (50, 6);
const GAP: u16 = 2;

pub fn questions(ground: Ground<'_>) -> [Request; 2] {
    metric_questions(ground.query, ground.norms)
}

fn of_calls(query: &Query) -> Query {
    Query { kind: Kind::Calls, by: Level::None, then_by: Level::None, compare: None, ..query.clone() }
}

fn of_patients(query: &Query) -> Query {
    let filter = Filter { patients_only: true, ..query.filter.clone() };
    Query { kind: Kind::Patients, filter, ..of_calls(query) }
}

/// Each part as far as it came.
pub struct Board<'a> {
    query: &'a Query,
    metrics: Option<&'a Metrics>,
    refusal: Option<&'a Refusal>,
    /// What the losses are reckoned from.
    lost: Option<&'a Measures>,
    losses: Option<Losses>,
    norms: &'a ReportNorms,
    formula: ServiceLevel,
}

impl<'a> Board<'a> {
    /// `None` until any of it came.
    pub fn of(answers: &'a Answers, ground: Ground<'a>, formula: ServiceLevel) -> Option<Board<'a>> {
        let questions = questions(ground);
        let metrics = answers.metrics(&questions[0]);
        let refusal = answers.refusal(&questions[..1]).filter(|_| metrics.is_none());
        let lost = answers.table(&of_patients(ground.query)).map(|table| &table.total);
        let (query, norms, losses) =
            (ground.query, ground.norms, lost.map(|lost| Losses::of(lost, &ground.query.filter)));
        let board = Board { query, metrics, refusal, lost, losses, norms, formula };
        (metrics.is_some() || losses.is_some()).then_some(board)
    }

    fn said(&self, entry: Entry, words: Words<'_>) -> Said {
        let said = match entry.is_loss() {
            true => self.losses.as_ref().map(|losses| entry.of_losses(losses, words)),
            false => self.metrics.map(|metrics| entry.of(metrics, self.formula, &self.norms.metrics, words)),
        };
        said.unwrap_or_else(|| {
            let why = match self.refusal.filter(|_| !entry.is_loss()) {
                Some(refusal) => words.refusal(refusal),
                None => words.say("report-counting"),
            };
            Said { value: words.look.signs.nothing.to_owned(), base: String::new(), formula: why }
        })
    }

    /// Lines of an entry: itself, its formula, and a blank one where there is room.
    fn height(area: Rect) -> u16 {
        if area.height >= ENTRIES.len() as u16 * 3 { 3 } else { 2 }
    }

    fn page(area: Rect) -> u16 {
        (area.height / Board::height(area)).max(1)
    }
}

impl Picture for Board<'_> {
    fn extent(&self) -> Spot {
        Spot { row: ENTRIES.len(), column: 1 }
    }

    fn is_empty(&self) -> bool {
        let silent = self.metrics.is_some_and(|metrics| metrics.offered() == 0 && metrics.taken == 0);
        silent && self.losses.is_some_and(|losses| losses.patients == 0)
    }

    fn meant(&self, at: Spot) -> Option<Meant> {
        let entry = *ENTRIES.get(at.row)?;
        let (direction, measure) = entry.opens(self.formula);
        let mut query = if entry.is_loss() { of_patients(self.query) } else { of_calls(self.query) };
        if let Some(direction) = direction.filter(|_| query.filter.of(Level::Direction).next().is_none()) {
            query.filter.only.push(Group::Direction(direction));
        }
        if entry == Entry::AbandonmentWithoutShort {
            query.filter.wait.least = query.filter.wait.least.max(Some(self.norms.metrics.short_abandon));
        }
        let measures = self.lost.filter(|_| entry.is_loss()).copied();
        Some(Meant { figure: Figure { query, path: Vec::new(), measure }, measures })
    }

    fn lacks(&self, area: Rect) -> Option<(u16, u16)> {
        (area.width < LEAST.0 || area.height < LEAST.1).then_some(LEAST)
    }

    fn draw(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer) {
        let area = match (self.metrics, aside::place(area)) {
            (Some(metrics), Some(place)) => {
                aside::draw(words, metrics, place, buf);
                Rect { width: place.x - area.x, ..area }
            }
            _ => area,
        };
        self.draw_entries(words, at, area, buf);
    }

    fn spot_at(&self, _: Words<'_>, at: Spot, area: Rect, position: Position) -> Option<Spot> {
        let line = position.y.checked_sub(area.y)? / Board::height(area);
        let row = page_start(at.row, Board::page(area)) + usize::from(line);
        (row < ENTRIES.len()).then_some(Spot { row, column: 0 })
    }
}

impl Board<'_> {
    fn draw_entries(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer) {
        let said = ENTRIES.map(|entry| self.said(entry, words));
        let names = ENTRIES.map(|entry| entry.name(self.norms, words));
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0) as u16;
        let name = widest(&mut names.iter().map(|name| name.width())).min(area.width / 2);
        let value = widest(&mut said.iter().map(|said| said.value.width()));
        let (height, page) = (Board::height(area), Board::page(area));
        let first = page_start(at.row, page);
        for (line, row) in (first..ENTRIES.len()).take(usize::from(page)).enumerate() {
            let y = area.y + line as u16 * height;
            let place = Rect { y, height: height.min(2), ..area }.intersection(area);
            draw_entry(words, (&names[row], name), (&said[row], value), place, buf);
            if row == at.row {
                let line = Rect { height: 1, width: (1 + name + GAP + value).min(area.width), ..place };
                buf.set_style(line, words.look.style(Meaning::Selected));
                Strip::new(buf, line, 0, "").put(words.look.signs.cursor, words.look.style(Meaning::Focus));
            }
        }
    }
}

/// Calls behind an entry, those with us at their end only where the entry counts no others.
type Opens = (Option<Direction>, Measure);

/// Name and figure in their columns, what the figure is a part of, and the formula beneath.
fn draw_entry(
    words: Words<'_>,
    (name, name_width): (&str, u16),
    (said, value_width): (&Said, u16),
    area: Rect,
    buf: &mut Buffer,
) {
    let look = words.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1).put_within(name, name_width, look.style(Meaning::Name)).gap(GAP);
    let blank = value_width.saturating_sub(said.value.width() as u16);
    strip.gap(blank).put(&said.value, look.style(Meaning::Title));
    strip.gap(GAP).put(&said.base, look.style(Meaning::Text));
    let mut strip = Strip::new(buf, area, 1, look.signs.ellipsis);
    strip.gap(3).put(&said.formula, look.style(Meaning::Label));
}
