//! A report's table as rows and columns: a tree to be read, leaves to be added up, an outline to be folded.

use super::Shown;
use super::cell::{Cell, one_line};
use super::paper::Paper;
use super::sheet::{Column, Line, Sheet, Weight};
use crate::domain::report::{Group, Level, Measure, Measures, Row};

/// Both levels below each other in one column, the total last.
pub fn tree(shown: &Shown<'_>, paper: &Paper<'_>) -> Sheet {
    let figures = |row: &Row| measures(shown, &row.measures, row.before.as_ref());
    let line = |indent: &str, row: &Row, weight| {
        let name = format!("{indent}{}", one_line(&paper.words.group(&row.group)));
        Line { cells: [vec![Cell::Text(name)], figures(row)].concat(), weight }
    };
    let mut lines = vec![];
    for row in &shown.table.rows {
        lines.push(line("", row, Weight::Outer));
        lines.extend(row.rows.iter().map(|row| line("  ", row, Weight::Inner)));
    }
    lines.push(total(shown, paper, 1));
    let name = Column { key: "group".to_owned(), title: heading(shown, paper), width: NAME };
    Sheet { columns: [vec![name], measure_columns(shown, paper)].concat(), lines }
}

/// One line for each group of the last level, so that a spreadsheet may add them up.
pub fn leaves(shown: &Shown<'_>, paper: &Paper<'_>) -> Sheet {
    let columns = [level_columns(shown, paper), measure_columns(shown, paper)].concat();
    let lines = shown.table.rows.iter().flat_map(|row| match has_two_levels(shown) {
        true => row.rows.iter().map(|inner| leaf(shown, &[row, inner], paper)).collect(),
        false => vec![leaf(shown, &[row], paper)],
    });
    Sheet { lines: lines.collect(), columns }
}

/// Each level in a column of its own, sums above what they are sums of, the total last.
pub fn outline(shown: &Shown<'_>, paper: &Paper<'_>) -> Sheet {
    let mut lines = vec![];
    for row in &shown.table.rows {
        if has_two_levels(shown) {
            let mut cells = vec![name(&row.group, paper), Cell::Text(String::new())];
            cells.extend(measures(shown, &row.measures, row.before.as_ref()));
            lines.push(Line { cells, weight: Weight::Outer });
            let inner = |inner| Line { weight: Weight::Inner, ..leaf(shown, &[row, inner], paper) };
            lines.extend(row.rows.iter().map(inner));
        } else {
            lines.push(leaf(shown, &[row], paper));
        }
    }
    let levels = level_columns(shown, paper);
    lines.push(total(shown, paper, levels.len()));
    Sheet { columns: [levels, measure_columns(shown, paper)].concat(), lines }
}

fn has_two_levels(shown: &Shown<'_>) -> bool {
    shown.table.query.then_by != Level::None
}

fn leaf(shown: &Shown<'_>, path: &[&Row], paper: &Paper<'_>) -> Line {
    let mut cells: Vec<Cell> = path.iter().map(|row| name(&row.group, paper)).collect();
    let figures = path.last().map(|row| measures(shown, &row.measures, row.before.as_ref()));
    cells.extend(figures.unwrap_or_default());
    Line::leaf(cells)
}

fn total(shown: &Shown<'_>, paper: &Paper<'_>, names: usize) -> Line {
    let mut cells = vec![Cell::Text(String::new()); names];
    cells[0] = Cell::Text(paper.say("total"));
    cells.extend(measures(shown, &shown.table.total, shown.table.before.as_ref()));
    Line { cells, weight: Weight::Total }
}

/// A day is a day to a spreadsheet; programs read other times by their first day or number.
fn name(group: &Group, paper: &Paper<'_>) -> Cell {
    let shown = one_line(&paper.words.group(group));
    match group {
        Group::Day(day) => Cell::Day(*day),
        Group::Week(first) | Group::Month(first) => Cell::Named { shown, plain: first.to_string() },
        Group::Weekday(number) | Group::Hour(number) => Cell::Named { shown, plain: number.to_string() },
        _ => Cell::Text(shown),
    }
}

/// Names of people and channels fit, most of them; a spreadsheet's columns can be pulled wider.
const NAME: u16 = 36;
const FIGURE: u16 = 14;

fn heading(shown: &Shown<'_>, paper: &Paper<'_>) -> String {
    let levels: Vec<String> = shown.table.query.levels().map(|level| paper.words.level(level)).collect();
    match levels.is_empty() {
        true => paper.words.group(&Group::All),
        false => levels.join(" / "),
    }
}

fn level_columns(shown: &Shown<'_>, paper: &Paper<'_>) -> Vec<Column> {
    let query = &shown.table.query;
    let column = |key: &str, level| {
        let title = match level {
            Level::None => paper.words.group(&Group::All),
            level => paper.words.level(level),
        };
        Column { key: key.to_owned(), title, width: NAME }
    };
    let second = has_two_levels(shown).then(|| column("then_by", query.then_by));
    [column("by", query.by)].into_iter().chain(second).collect()
}

/// Beside each figure, where periods are compared, the one before.
fn measure_columns(shown: &Shown<'_>, paper: &Paper<'_>) -> Vec<Column> {
    let kind = shown.table.query.kind;
    let now = |measure| (key(measure).to_owned(), paper.words.measure(measure, kind));
    let before = |measure| {
        let title = format!("{}, {}", paper.words.measure(measure, kind), paper.say("before"));
        (format!("{}_before", key(measure)), title)
    };
    let pairs = shown.columns().iter().flat_map(|measure| {
        [Some(now(*measure)), is_compared(shown).then(|| before(*measure))].into_iter().flatten()
    });
    pairs.map(|(key, title)| Column { width: FIGURE.max(width(&title) + 2), key, title }).collect()
}

fn width(title: &str) -> u16 {
    u16::try_from(title.chars().count()).unwrap_or(FIGURE)
}

fn is_compared(shown: &Shown<'_>) -> bool {
    shown.table.query.compare.is_some()
}

fn measures(shown: &Shown<'_>, now: &Measures, before: Option<&Measures>) -> Vec<Cell> {
    let figures = shown.columns().iter().flat_map(|measure| {
        let before = is_compared(shown).then(|| Cell::of(before, |before| figure(*measure, before)));
        [Some(figure(*measure, now)), before].into_iter().flatten()
    });
    figures.collect()
}

/// The heading for programs.
pub fn key(measure: Measure) -> &'static str {
    match measure {
        Measure::Calls => "calls",
        Measure::Taken => "taken",
        Measure::Missed => "missed",
        Measure::Wait => "average_wait_s",
        Measure::Talk => "average_talk_s",
        Measure::Booked => "booked",
        Measure::BookedPercent => "booked_percent",
        Measure::Held => "held",
        Measure::HeldPercent => "held_percent",
        Measure::Money => "money",
        Measure::AverageMoney => "average_money",
    }
}

pub fn figure(measure: Measure, of: &Measures) -> Cell {
    match measure {
        Measure::Calls => Cell::Count(of.calls),
        Measure::Taken => Cell::Count(of.taken),
        Measure::Missed => Cell::Count(of.missed),
        Measure::Wait => Cell::of(of.average_wait(), Cell::Length),
        Measure::Talk => Cell::of(of.average_talk(), Cell::Length),
        Measure::Booked => Cell::Count(of.booked),
        Measure::BookedPercent => Cell::of(of.booked_percent(), Cell::Percent),
        Measure::Held => Cell::Count(of.held),
        Measure::HeldPercent => Cell::of(of.held_percent(), Cell::Percent),
        Measure::Money => Cell::Money(of.money),
        Measure::AverageMoney => Cell::of(of.average_money(), Cell::Money),
    }
}
