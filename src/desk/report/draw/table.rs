//! The table's drawing: the label takes what the figures leave, and the figures line up on the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::Scene;
use crate::desk::format;
use crate::desk::layout::page_start;
use crate::desk::look::Look;
use crate::desk::report::figures::{Figure, figure};
use crate::desk::report::place::Places;
use crate::desk::report::sheet::Sheet;
use crate::desk::report::tree::{Fold, Line};
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::{Group, Kind, Measures, Table};

/// From this width headings are not shortened.
const WIDE: u16 = 160;
const LEAST_GAP: u16 = 2;
const MOST_GAP: u16 = 7;
/// Less of a name is no name.
const LEAST_LABEL: u16 = 20;
/// More room than this is better spent between the figures.
const ENOUGH_LABEL: u16 = 48;

/// The figures of each column with how soon each may be left out, the greatest first: the talk's and the
/// wait's length, the average sum, the calls taken, the visits held, the percent of bookings. Calls, missed,
/// bookings and money always stay.
const COLUMNS: [(&str, &[(Figure, u8)]); 8] = [
    ("report-calls", &[(Figure::Calls, 0)]),
    ("report-taken", &[(Figure::Taken, 3)]),
    ("report-missed", &[(Figure::Missed, 0)]),
    ("report-wait", &[(Figure::Wait, 5)]),
    ("report-talk", &[(Figure::Talk, 6)]),
    ("report-booked", &[(Figure::Booked, 0), (Figure::BookedPercent, 1)]),
    ("report-held", &[(Figure::Held, 2), (Figure::HeldPercent, 2)]),
    ("report-money", &[(Figure::Money, 0), (Figure::Average, 4)]),
];
const LEAST_NEEDED: u8 = 6;

/// One column on the screen: figures side by side under one heading.
struct Column {
    heading: String,
    figures: Vec<(Figure, u16)>,
    width: u16,
}

struct Grid {
    columns: Vec<Column>,
    gap: u16,
}

impl Grid {
    fn within(room: u16, table: &Table, look: &Look) -> Grid {
        let left_out = |most: u8| columns(table, look, most, room >= WIDE);
        let fits = |columns: &Vec<Column>| width(columns, LEAST_GAP) + LEAST_LABEL <= room;
        let columns = (0..=LEAST_NEEDED).rev().map(left_out).find(fits).unwrap_or_else(|| left_out(0));
        let wider = |gap: &u16| width(&columns, *gap) + ENOUGH_LABEL <= room;
        let gap = (LEAST_GAP..=MOST_GAP).rev().find(wider).unwrap_or(LEAST_GAP);
        Grid { columns, gap }
    }
}

fn columns(table: &Table, look: &Look, most: u8, wide: bool) -> Vec<Column> {
    let kept = |figures: &[(Figure, u8)]| -> Vec<Figure> {
        figures.iter().filter(|(_, need)| *need <= most).map(|(figure, _)| *figure).collect()
    };
    COLUMNS
        .iter()
        .map(|(heading, figures)| (heading, kept(figures)))
        .filter(|(_, figures)| !figures.is_empty())
        .map(|(heading, figures)| column(heading, figures, table, look, wide))
        .collect()
}

fn column(heading: &str, figures: Vec<Figure>, table: &Table, look: &Look, wide: bool) -> Column {
    let heading = match (heading, wide) {
        ("report-calls", _) if table.query.kind == Kind::Patients => look.say("report-contacts"),
        ("report-missed", true) => look.say("report-missed-full"),
        ("report-talk", true) => look.say("report-talk-full"),
        _ if figures.contains(&Figure::Average) => look.say("report-money-average"),
        _ => look.say(heading),
    };
    let sized: Vec<(Figure, u16)> =
        figures.into_iter().map(|figure| (figure, widest(figure, table, look))).collect();
    let together = sized.iter().map(|(_, width)| *width + 1).sum::<u16>().saturating_sub(1);
    let width = together.max(cells(&heading));
    Column { heading: heading.into_owned(), figures: sized, width }
}

/// Of every row, open or not: opening one moves no column.
fn widest(of: Figure, table: &Table, look: &Look) -> u16 {
    let inner = table.rows.iter().flat_map(|row| &row.rows);
    let all = table.rows.iter().chain(inner).map(|row| &row.measures).chain([&table.total]);
    all.map(|measures| cells(&figure(of, measures, look))).max().unwrap_or(0)
}

fn cells(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

fn width(columns: &[Column], gap: u16) -> u16 {
    columns.iter().map(|column| column.width + gap).sum()
}

pub fn draw(scene: &Scene<'_>, sheet: &Sheet, places: &Places, buf: &mut Buffer) {
    let look = scene.words.look;
    let Some(table) = sheet.table.as_ref().filter(|table| !table.rows.is_empty()) else { return };
    let grid = Grid::within(places.heading.width.saturating_sub(2), table, look);
    draw_heading(scene, sheet, &grid, places.heading, buf);
    let lines = sheet.tree.lines(table);
    let cursor = sheet.tree.cursor(&lines);
    let Some((total, rows)) = lines.split_last() else { return };
    let first = page_start(cursor.min(rows.len().saturating_sub(1)), places.rows.height);
    for (row, line) in (0..places.rows.height).zip(&rows[first..]) {
        let area = Rect { y: places.rows.y + row, height: 1, ..places.rows };
        let chosen = first + usize::from(row) == cursor;
        draw_line(scene, &grid, line, area, buf);
        mark(look, chosen, area, buf);
    }
    draw_line(scene, &grid, total, places.total, buf);
    mark(look, cursor == rows.len(), places.total, buf);
}

/// The row of the cursor.
pub fn mark(look: &Look, chosen: bool, area: Rect, buf: &mut Buffer) {
    if chosen {
        buf.set_style(area, look.style(Meaning::Selected));
        Strip::new(buf, area, 0, "").put(look.signs.cursor, look.style(Meaning::Focus));
    }
}

fn draw_heading(scene: &Scene<'_>, sheet: &Sheet, grid: &Grid, area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let style = look.style(Meaning::Label);
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap_right(1);
    for column in grid.columns.iter().rev() {
        strip.put_right(&column.heading, style).gap_right(column.width - cells(&column.heading) + grid.gap);
    }
    strip.gap(3).put(&scene.words.levels(&sheet.query), style);
}

fn draw_line(scene: &Scene<'_>, grid: &Grid, line: &Line<'_>, area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap_right(1);
    for column in grid.columns.iter().rev() {
        draw_figures(column, line.measures, look, &mut strip);
        strip.gap_right(grid.gap);
    }
    let sign = match line.fold {
        Fold::Closed => look.signs.folded,
        Fold::Open => look.signs.unfold,
        Fold::Leaf => " ",
    };
    let (label, indent, meaning) = match line.path.as_slice() {
        [] => (scene.words.say("report-total"), 0, Meaning::Title),
        [group] => (scene.words.group(group), 0, Meaning::Name),
        [.., group] => (scene.words.group(group), 2, Meaning::Text),
    };
    strip.gap(1 + indent).put_within(sign, 2, look.style(Meaning::Key));
    let label = match line.path.last() {
        Some(Group::Employee(Some(id))) if scene.words.directories.employee(*id).is_some() => {
            format::fit_name(&label, strip.room())
        }
        _ => label,
    };
    strip.put(&label, look.style(meaning));
}

fn draw_figures(column: &Column, measures: &Measures, look: &Look, strip: &mut Strip<'_>) {
    let mut free = column.width;
    for (of, width) in column.figures.iter().rev() {
        let text = figure(*of, measures, look);
        let meaning = match of {
            Figure::Missed if measures.missed > 0 => Meaning::Missed,
            Figure::Average | Figure::BookedPercent | Figure::HeldPercent => Meaning::Label,
            _ => Meaning::Text,
        };
        let taken = (width + 1).min(free);
        strip.put_right(&text, look.style(meaning)).gap_right(taken - cells(&text).min(taken));
        free -= taken;
    }
    strip.gap_right(free);
}
