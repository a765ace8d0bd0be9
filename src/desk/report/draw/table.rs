//! The table's drawing: the label takes what the figures leave, and the figures line up on the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::Scene;
use crate::desk::format;
use crate::desk::look::Look;
use crate::desk::report::charts::across;
use crate::desk::report::figures::{change, figure};
use crate::desk::report::grid::{BAR, Cell, Grid, Part};
use crate::desk::report::place::Places;
use crate::desk::report::sheet::Sheet;
use crate::desk::report::tree::{Fold, Line};
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::{Group, Measure, Measures};

pub fn draw(scene: &Scene<'_>, sheet: &Sheet, places: &Places, buf: &mut Buffer) {
    let Some(table) = sheet.table.as_ref().filter(|table| !table.rows.is_empty()) else { return };
    let grid = Grid::within(places.heading.width, sheet.asked(scene.words));
    draw_heading(scene, sheet, &grid, places.heading, buf);
    let first = sheet.tree.first_seen(places.rows.height);
    let seen = (0..places.rows.height).map(|row| {
        let area = Rect { y: places.rows.y + row, height: 1, ..places.rows };
        (first + usize::from(row), area)
    });
    for (place, area) in seen.chain([(sheet.row_count(), places.total)]) {
        let Some(line) = sheet.tree.line(table, place) else { continue };
        draw_line(scene, &grid, &line, area, buf);
        if place == sheet.tree.cursor() {
            mark(scene.words.look, true, area, buf);
            mark_figure(scene.words.look, &grid, sheet.chosen, area, buf);
        }
    }
}

/// The row of the cursor.
pub fn mark(look: &Look, chosen: bool, area: Rect, buf: &mut Buffer) {
    if chosen {
        buf.set_style(area, look.style(Meaning::Selected));
        Strip::new(buf, area, 0, "").put(look.signs.cursor, look.style(Meaning::Focus));
    }
}

/// The figure of the cursor stands out of its row, with the cursor's sign before it.
fn mark_figure(look: &Look, grid: &Grid, chosen: Option<Measure>, area: Rect, buf: &mut Buffer) {
    let is_chosen = |cell: &&Cell<Part>| chosen.is_some_and(|chosen| cell.what == Part::Figure(chosen));
    let Some(cell) = grid.cells.iter().find(is_chosen) else { return };
    let place = cell.within(area);
    buf.set_style(place, look.style(Meaning::Focus));
    let before = Rect { x: place.x.saturating_sub(1), width: 1, ..place };
    Strip::new(buf, before, 0, "").put(look.signs.cursor, look.style(Meaning::Focus));
}

fn draw_heading(scene: &Scene<'_>, sheet: &Sheet, grid: &Grid, area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    for heading in &grid.headings {
        let chosen = sheet.chosen.is_some_and(|chosen| heading.what.measures.contains(&chosen));
        let meaning = if chosen { Meaning::Focus } else { Meaning::Label };
        Strip::new(buf, heading.within(area), 0, "").put_right(&heading.what.text, look.style(meaning));
    }
    let levels = scene.words.levels(&sheet.query);
    let mut strip = label(grid, area, buf, look);
    // The question says both; half a name says nothing.
    let fits = levels.width() <= usize::from(strip.gap(3).room());
    let levels = if fits { levels } else { scene.words.level(sheet.query.by) };
    strip.put(&levels, look.style(Meaning::Label));
}

/// What the columns leave of a line.
fn label<'b>(grid: &Grid, area: Rect, buf: &'b mut Buffer, look: &Look) -> Strip<'b> {
    let place = Rect { width: area.width.saturating_sub(grid.taken), ..area };
    Strip::new(buf, place, 0, look.signs.ellipsis)
}

fn draw_line(scene: &Scene<'_>, grid: &Grid, line: &Line<'_>, area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    for cell in &grid.cells {
        let (text, meaning) = said(cell.what, line, look);
        let mut strip = Strip::new(buf, cell.within(area), 0, look.signs.ellipsis);
        match cell.what {
            Part::Bar(_) => strip.put(&text, look.style(meaning)),
            Part::Figure(_) | Part::Change(_) => strip.put_right(&text, look.style(meaning)),
        };
    }
    let sign = match line.fold {
        Fold::Closed => look.signs.folded,
        Fold::Open => look.signs.unfold,
        Fold::Leaf => " ",
    };
    let (name, indent, meaning) = match line.path.as_slice() {
        [] => (scene.words.say("report-total"), 0, Meaning::Title),
        [group] => (scene.words.group(group), 0, Meaning::Name),
        [.., group] => (scene.words.group(group), 2, Meaning::Text),
    };
    let mut strip = label(grid, area, buf, look);
    strip.gap(1 + indent).put_within(sign, 2, look.style(Meaning::Key));
    let name = match line.path.last() {
        Some(Group::Employee(Some(id))) if scene.words.directories.employee(*id).is_some() => {
            format::fit_name(&name, strip.room())
        }
        _ => name,
    };
    strip.put(&name, look.style(meaning));
}

fn said(part: Part, line: &Line<'_>, look: &Look) -> (String, Meaning) {
    match part {
        Part::Figure(of) => (figure(of, line.measures, look), meaning(of, line.measures)),
        Part::Change(of) => {
            let before = line.before.map(|before| change(of, line.measures, before, look));
            (before.unwrap_or_default(), Meaning::Label)
        }
        Part::Bar(of) => {
            let percent = line.measures.value(of).filter(|percent| *percent > 0.0);
            (percent.map_or_else(String::new, |percent| across(percent / 100.0, BAR, look)), Meaning::Label)
        }
    }
}

fn meaning(of: Measure, measures: &Measures) -> Meaning {
    match of {
        Measure::Missed if measures.missed > 0 => Meaning::Missed,
        Measure::AverageMoney | Measure::BookedPercent | Measure::HeldPercent => Meaning::Label,
        _ => Meaning::Text,
    }
}
