//! The answer as a picture beside the table: when calls come, how days compare, where patients are lost, which
//! channels pay, and the standard metrics.
//!
//! Each pane asks ordinary questions of the sheet's filter and period and keeps what came; what the engine can count
//! is not counted here. A pane is a [`Picture`] made anew of the answers whenever it is looked at.

mod answers;
mod bars;
mod channels;
mod content;
mod draw;
mod funnel;
mod heat;
mod metrics;
mod tabs;
mod trend;

use std::collections::HashMap;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::figures;
use super::words::Words;
use crate::desk::action::Action;
use crate::desk::asking::Asking;
use crate::desk::norms::ReportNorms;
use crate::desk::scroll;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::{Figure, Refusal, Reply, Request};
use crate::domain::metric::ServiceLevel;
use crate::domain::report::{Kind, Measure, Measures, Pane, Query};
use answers::Answers;

pub use bars::across;
pub use content::drawn;
pub use draw::draw;
pub use metrics::{MetricSaid, metric_questions, metrics_said};
pub use tabs::{next, previous};

/// A week of days, a page of rows.
const PAGE: u16 = 7;
/// Of a cell's figures; where there is less, those taken are left out: they are what is not missed.
const ROOM_FOR_ALL: u16 = 70;

#[derive(Debug)]
pub struct Charts {
    answers: Answers,
    /// Where the cursor was left in each.
    spots: HashMap<Pane, Spot>,
    measure: Measure,
    /// `None` until another than the configured one is chosen.
    formula: Option<ServiceLevel>,
}

impl Default for Charts {
    fn default() -> Charts {
        let (answers, spots) = (Answers::default(), HashMap::new());
        Charts { answers, spots, measure: Measure::Calls, formula: None }
    }
}

/// A place in a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Spot {
    row: usize,
    column: usize,
}

/// What a picture stands on besides the answers.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub pane: Pane,
    pub query: &'a Query,
    /// Of the sheet's own table, once it came.
    pub total: Option<&'a Measures>,
    pub refusal: Option<&'a Refusal>,
    pub today: NaiveDate,
    pub norms: &'a ReportNorms,
}

/// The figure that the cursor stands on.
pub struct Meant {
    pub figure: Figure,
    /// Of the cell it stands in; `None` where the figure is no column of the table.
    pub measures: Option<Measures>,
}

trait Picture {
    /// How many rows and columns the cursor goes through.
    fn extent(&self) -> Spot;

    /// Where the cursor stands before it is moved.
    fn start(&self) -> Spot {
        Spot::default()
    }

    /// Nothing was counted: there is nothing to draw.
    fn is_empty(&self) -> bool;

    /// What opens into its calls; `None` where there are none.
    fn meant(&self, at: Spot) -> Option<Meant>;

    /// What it needs, in cells, when it finds no room in `area`.
    fn lacks(&self, _area: Rect) -> Option<(u16, u16)> {
        None
    }

    fn draw(&self, words: Words<'_>, at: Spot, area: Rect, buf: &mut Buffer);

    /// What is drawn at `position` while the cursor is `at`.
    fn spot_at(&self, words: Words<'_>, at: Spot, area: Rect, position: Position) -> Option<Spot>;
}

impl Charts {
    /// What was chosen to be shown holds for the next question too.
    pub fn of_another_question(&self) -> Charts {
        Charts { measure: self.measure, formula: self.formula, ..Charts::default() }
    }

    fn questions(&self, ground: Ground<'_>) -> Vec<Request> {
        match ground.pane {
            Pane::HeatMap => vec![Request::Report(heat::question(ground.query))],
            Pane::Trend => trend::questions(ground.query).map(Request::Report).into(),
            Pane::Channels => vec![Request::Report(channels::question(ground.query))],
            Pane::Metrics => metrics::questions(ground).into(),
            Pane::Table | Pane::Calls | Pane::Funnel => Vec::new(),
        }
    }

    /// `None` until its answers are here.
    fn picture<'a>(&'a self, ground: Ground<'a>) -> Option<Box<dyn Picture + 'a>> {
        let table = |query: &Query| self.answers.table(query);
        Some(match ground.pane {
            Pane::HeatMap => {
                Box::new(heat::Heat::of(table(&heat::question(ground.query))?, self.measure_in(ground.pane)))
            }
            Pane::Trend => {
                let [now, before] = trend::questions(ground.query);
                let tables = [table(&now)?, table(&before)?];
                Box::new(trend::Trend::of(tables, ground.today, self.measure_in(ground.pane)))
            }
            Pane::Funnel => Box::new(funnel::Funnel { query: ground.query, total: *ground.total? }),
            Pane::Channels => Box::new(channels::Channels::of(table(&channels::question(ground.query))?)),
            Pane::Metrics => Box::new(metrics::Board::of(&self.answers, ground, self.formula(ground))?),
            Pane::Table | Pane::Calls => return None,
        })
    }

    /// Asks for what the pane lacks.
    pub fn want(&mut self, ground: Ground<'_>, asking: &mut Asking) {
        let questions = self.questions(ground);
        self.answers.want(&questions, asking);
    }

    /// What is shown stays until the answers come.
    pub fn renew(&mut self) {
        self.answers.renew();
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        self.answers.hear(request, reply);
    }

    pub fn waits(&self, ground: Ground<'_>, asking: &Asking) -> bool {
        let questions = self.questions(ground);
        asking.awaits(|request| questions.contains(request))
    }

    /// Of what the picture stands on.
    pub fn refusal<'a>(&'a self, ground: Ground<'a>) -> Option<&'a Refusal> {
        match ground.pane {
            Pane::Funnel => ground.refusal,
            _ => self.answers.refusal(&self.questions(ground)),
        }
    }

    /// Moves the cursor, or turns to the next of what the pane can show.
    pub fn act(&mut self, action: Action, ground: Ground<'_>) {
        if action == Action::NextFigure {
            return self.turn(ground);
        }
        let moved = self.picture(ground).and_then(|picture| {
            let at = self.spot(ground.pane, picture.as_ref());
            moved(at, picture.extent(), action)
        });
        self.spots.extend(moved.map(|spot| (ground.pane, spot)));
    }

    pub fn meant(&self, ground: Ground<'_>) -> Option<Meant> {
        let picture = self.picture(ground).filter(|picture| !picture.is_empty())?;
        picture.meant(self.spot(ground.pane, picture.as_ref()))
    }

    /// The mouse on the picture.
    pub fn select(&mut self, ground: Ground<'_>, words: Words<'_>, area: Rect, position: Position) {
        let spot = self.picture(ground).and_then(|picture| {
            let at = self.spot(ground.pane, picture.as_ref());
            picture.spot_at(words, at, draw::parts(area).picture, position)
        });
        self.spots.extend(spot.map(|spot| (ground.pane, spot)));
    }

    fn spot(&self, pane: Pane, picture: &dyn Picture) -> Spot {
        let extent = picture.extent();
        let Some(spot) = self.spots.get(&pane) else { return picture.start() };
        let within = |at: usize, count: usize| at.min(count.saturating_sub(1));
        Spot { row: within(spot.row, extent.row), column: within(spot.column, extent.column) }
    }

    /// The next of what the pane can show.
    fn turn(&mut self, ground: Ground<'_>) {
        if ground.pane == Pane::Metrics {
            self.formula = Some(self.formula(ground).next());
            return;
        }
        let all = measures(ground.pane);
        let after = all.iter().skip_while(|measure| **measure != self.measure_in(ground.pane)).nth(1);
        self.measure = *after.or(all.first()).unwrap_or(&self.measure);
    }

    fn formula(&self, ground: Ground<'_>) -> ServiceLevel {
        self.formula.unwrap_or(ground.norms.service_level)
    }

    /// The measure last chosen, as far as the pane shows it.
    fn measure_in(&self, pane: Pane) -> Measure {
        let all = measures(pane);
        if all.contains(&self.measure) { self.measure } else { all.first().copied().unwrap_or(self.measure) }
    }
}

/// What a pane can show, one at a time.
fn measures(pane: Pane) -> &'static [Measure] {
    match pane {
        Pane::HeatMap => &[Measure::Calls, Measure::Missed, Measure::Booked],
        Pane::Trend => &trend::MEASURES,
        _ => &[],
    }
}

/// The pane whose name stands at `position`.
pub fn tab_at(words: Words<'_>, picture: Rect, position: Position) -> Option<Pane> {
    tabs::at(words, draw::parts(picture).tabs, position)
}

/// The figures of one cell in words.
fn draw_measures(words: Words<'_>, of: &Measures, kind: Kind, strip: &mut Strip<'_>) {
    let look = words.look;
    let measures = [Measure::Calls, Measure::Taken, Measure::Missed, Measure::Booked];
    let narrow = strip.room() < ROOM_FOR_ALL;
    for measure in measures.into_iter().filter(|measure| !narrow || *measure != Measure::Taken) {
        let count = figures::count(of.value(measure).unwrap_or_default() as u64, look);
        strip.put(&words.measure(measure, kind), look.style(Meaning::Label)).gap(1);
        strip.put(&count, look.style(Meaning::Text)).gap(2);
    }
    let percent = of.booked_percent().map(|percent| figures::percentage(percent, look));
    strip.put(&percent.unwrap_or_default(), look.style(Meaning::Text));
}

/// Up and down go along the columns where there is but one row.
fn moved(at: Spot, extent: Spot, action: Action) -> Option<Spot> {
    let along = |column: usize, action| scroll::moved(column, extent.column, PAGE, action);
    let row = |action| scroll::moved(at.row, extent.row, PAGE, action);
    Some(match action {
        Action::Unfold => Spot { column: along(at.column, Action::Next)?, ..at },
        Action::Back => Spot { column: along(at.column, Action::Previous)?, ..at },
        _ if extent.row <= 1 => Spot { column: along(at.column, action)?, ..at },
        _ => Spot { row: row(action)?, ..at },
    })
}
