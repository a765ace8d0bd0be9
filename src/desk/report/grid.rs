//! The table's columns within a width: which figures there is room for and where each of them stands. Asked by the
//! drawing and by the mouse alike.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::extent::Extent;
use super::words::Words;
use crate::desk::look::Look;
use crate::domain::report::{Kind, Measure, Order, Sorted, View};

/// From this width headings are not shortened.
const WIDE: u16 = 160;
const LEAST_GAP: u16 = 2;
const MOST_GAP: u16 = 7;
/// Less of a name is no name.
const LEAST_LABEL: u16 = 20;
/// More room than this is better spent between the figures.
const ENOUGH_LABEL: u16 = 48;
/// A bar wants a wide screen even where there is room for it.
const WITH_BARS: u16 = 116;
pub const BAR: u16 = 6;
/// `−999,9` or `>+999 %`.
const CHANGE: u16 = 7;
/// The sign of the cursor, the sign of the fold and the blank at the right.
const MARGINS: u16 = 2;

/// What stands beside each other under one heading.
const TOGETHER: [(Measure, Measure); 3] = [
    (Measure::Booked, Measure::BookedPercent),
    (Measure::Held, Measure::HeldPercent),
    (Measure::Money, Measure::AverageMoney),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Figure(Measure),
    /// Against the period compared with.
    Change(Measure),
    /// The percent as a length.
    Bar(Measure),
}

impl Part {
    pub fn measure(self) -> Measure {
        match self {
            Part::Figure(measure) | Part::Change(measure) | Part::Bar(measure) => measure,
        }
    }

    fn is_change(self) -> bool {
        matches!(self, Part::Change(_))
    }

    /// How soon it may be left out, the greatest first. Calls, missed, bookings and money always stay.
    fn need(self) -> u8 {
        use Measure::{
            AverageMoney, Booked, BookedPercent, Calls, Held, HeldPercent, Missed, Money, Taken, Talk, Wait,
        };
        match self {
            Part::Figure(Calls | Missed | Booked | Money) => 0,
            Part::Change(Calls) => 1,
            Part::Change(Booked) => 2,
            Part::Figure(BookedPercent) => 3,
            Part::Figure(Held | HeldPercent) => 4,
            Part::Change(Money) => 5,
            Part::Figure(Taken) => 6,
            Part::Figure(AverageMoney) => 7,
            Part::Figure(Wait) => 8,
            Part::Figure(Talk) => 9,
            Part::Change(_) => 10,
            Part::Bar(_) => LEAST_NEEDED,
        }
    }
}

const LEAST_NEEDED: u8 = 11;

/// One column on the screen: parts side by side under one heading.
struct Column {
    heading: String,
    parts: Vec<(Part, u16)>,
    width: u16,
}

/// Something of the table by how far its right end stands from the table's.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell<T> {
    pub what: T,
    from_right: u16,
    width: u16,
}

impl<T> Cell<T> {
    pub fn within(&self, line: Rect) -> Rect {
        let right = line.right().saturating_sub(self.from_right).max(line.x);
        let x = right.saturating_sub(self.width).max(line.x);
        Rect { x, width: right - x, ..line }
    }
}

pub struct Heading {
    pub text: String,
    pub measures: Vec<Measure>,
}

pub struct Grid {
    pub headings: Vec<Cell<Heading>>,
    pub cells: Vec<Cell<Part>>,
    /// What the columns take of a line, from its right end.
    pub taken: u16,
}

/// What decides about the columns besides the width.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub view: &'a View,
    pub extent: &'a Extent,
    /// The answer has the figures of the period compared with.
    pub compared: bool,
    pub words: Words<'a>,
}

/// The columns of a view, in the order of the screen.
pub fn shown(view: &View) -> &[Measure] {
    if view.columns.is_empty() { &Measure::ALL } else { &view.columns }
}

impl Grid {
    pub fn within(line: u16, asked: Asked<'_>) -> Grid {
        let room = line.saturating_sub(MARGINS);
        let kept = |most: u8| columns(asked, most, room >= WIDE);
        let most = if room >= WITH_BARS { LEAST_NEEDED } else { LEAST_NEEDED - 1 };
        let fits = |columns: &Vec<Column>| width(columns, LEAST_GAP) + LEAST_LABEL <= room;
        let columns = (0..=most).rev().map(kept).find(fits).unwrap_or_else(|| kept(0));
        let wider = |gap: &u16| width(&columns, *gap) + ENOUGH_LABEL <= room;
        let gap = (LEAST_GAP..=MOST_GAP).rev().find(wider).unwrap_or(LEAST_GAP);
        Grid::laid_out(columns, gap)
    }

    fn laid_out(columns: Vec<Column>, gap: u16) -> Grid {
        let mut grid = Grid { headings: Vec::new(), cells: Vec::new(), taken: 1 };
        for column in columns.into_iter().rev() {
            let mut from_right = grid.taken;
            for (part, width) in column.parts.iter().rev() {
                grid.cells.push(Cell { what: *part, from_right, width: *width });
                from_right += width + 1;
            }
            let measures = column.parts.iter().map(|(part, _)| part.measure()).collect();
            let heading = Heading { text: column.heading, measures };
            // The sign of the order stands in the gap before the name, so that sorting moves no column.
            grid.headings.push(Cell { what: heading, from_right: grid.taken, width: column.width + 1 });
            grid.taken += column.width + gap;
        }
        grid
    }

    /// Whether a figure found room.
    pub fn has(&self, measure: Measure) -> bool {
        self.cells.iter().any(|cell| cell.what == Part::Figure(measure))
    }

    /// The figure whose place, or whose heading, is under a column of the screen.
    pub fn figure_at(&self, line: Rect, x: u16) -> Option<Measure> {
        let under = |place: Rect| (place.x..place.right()).contains(&x);
        let cell = self.cells.iter().find(|cell| under(cell.within(line)));
        let heading = || self.headings.iter().find(|heading| under(heading.within(line)));
        cell.map(|cell| cell.what.measure())
            .or_else(|| heading().and_then(|heading| heading.what.measures.first().copied()))
    }
}

fn columns(asked: Asked<'_>, most: u8, wide: bool) -> Vec<Column> {
    let kept: Vec<Part> = parts(asked).filter(|part| part.need() <= most).collect();
    let same = |one: &Part, other: &Part| {
        one.is_change() == other.is_change() && are_together(one.measure(), other.measure())
    };
    kept.chunk_by(same).map(|parts| column(parts, asked, wide)).collect()
}

/// All that could be shown, in the order of the screen: what changed stands after what it is a change of.
fn parts(asked: Asked<'_>) -> impl Iterator<Item = Part> {
    let together = shown(asked.view).chunk_by(|one, other| are_together(*one, *other));
    together.flat_map(move |measures| {
        let compares = |measure: &&Measure| asked.compared && **measure != Measure::AverageMoney;
        let changes = measures.iter().filter(compares).map(|measure| Part::Change(*measure));
        measures.iter().flat_map(|measure| figure_and_bar(*measure)).chain(changes.collect::<Vec<_>>())
    })
}

fn figure_and_bar(measure: Measure) -> impl Iterator<Item = Part> {
    let bar = matches!(measure, Measure::BookedPercent | Measure::HeldPercent);
    [Some(Part::Figure(measure)), bar.then_some(Part::Bar(measure))].into_iter().flatten()
}

fn are_together(one: Measure, other: Measure) -> bool {
    one == other || TOGETHER.contains(&(one, other))
}

fn column(parts: &[Part], asked: Asked<'_>, wide: bool) -> Column {
    let look = asked.words.look;
    let sized = parts.iter().map(|part| {
        let width = match part {
            Part::Figure(measure) => asked.extent.width(*measure, look),
            Part::Change(_) => CHANGE,
            Part::Bar(_) => BAR,
        };
        (*part, width)
    });
    let sized: Vec<(Part, u16)> = sized.collect();
    let together = sized.iter().map(|(_, width)| *width + 1).sum::<u16>().saturating_sub(1);
    let name = name(&sized, asked, wide);
    let width = together.max(u16::try_from(name.width()).unwrap_or(u16::MAX));
    let sorted = asked.view.sorted.filter(|sorted| has(&sized, sorted.by) && !are_changes(&sized));
    let sign = sorted.map_or("", |sorted| order(sorted, look));
    Column { heading: format!("{sign}{name}"), parts: sized, width }
}

/// Which way rows stand.
pub fn order(sorted: Sorted, look: &Look) -> &'static str {
    match sorted.order {
        Order::MostFirst => look.signs.most_first,
        Order::LeastFirst => look.signs.least_first,
    }
}

fn are_changes(parts: &[(Part, u16)]) -> bool {
    parts.iter().all(|(part, _)| part.is_change())
}

fn has(parts: &[(Part, u16)], measure: Measure) -> bool {
    parts.iter().any(|(part, _)| part.measure() == measure)
}

fn name(parts: &[(Part, u16)], asked: Asked<'_>, wide: bool) -> String {
    if are_changes(parts) {
        return asked.words.look.signs.change.to_owned();
    }
    let has = |measure| has(parts, measure);
    asked.words.say(match () {
        () if has(Measure::Calls) && asked.view.kind == Kind::Patients => "report-contacts",
        () if has(Measure::Calls) => "report-calls",
        () if has(Measure::Taken) => "report-taken",
        () if has(Measure::Missed) && wide => "report-missed-full",
        () if has(Measure::Missed) => "report-missed",
        () if has(Measure::Wait) => "report-wait",
        () if has(Measure::Talk) && wide => "report-talk-full",
        () if has(Measure::Talk) => "report-talk",
        () if has(Measure::Booked) => "report-booked",
        () if has(Measure::BookedPercent) => "report-booked-percent",
        () if has(Measure::Held) => "report-held",
        () if has(Measure::HeldPercent) => "report-held-percent",
        () if has(Measure::Money) && has(Measure::AverageMoney) => "report-money-average",
        () if has(Measure::Money) => "report-money",
        () => "report-money-of-one",
    })
}

fn width(columns: &[Column], gap: u16) -> u16 {
    columns.iter().map(|column| column.width + gap).sum()
}
