//! The report's drawing: the question on top, then the table or the calls, and a last line that says where
//! the cursor is and whether the figures are of now.

pub mod calls;
mod columns;
mod detail;
pub mod explaining;
mod foot;
mod table;

use chrono::{DateTime, NaiveDate, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::charts;
use super::listing::Source;
use super::place::{self, Places};
use super::scenario::Clinic;
use super::sheet::Sheet;
use super::words::Words;
use crate::desk::action::Action;
use crate::desk::hints::key_cap;
use crate::desk::keymap::Context;
use crate::desk::state::State;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::Measure;

/// What drawing needs to know besides what is drawn.
pub struct Scene<'a> {
    state: &'a State,
    pub words: Words<'a>,
    pub today: NaiveDate,
}

impl Scene<'_> {
    pub fn clinic(&self) -> Clinic<'_> {
        Clinic { directories: self.words.directories, limits: self.state.norms.usual }
    }

    /// The keys of an action, as they are printed on them.
    pub fn keys(&self, action: Action, most: usize) -> String {
        let beneath = self.state.keymap.keys(Context::Report, action);
        let over = self.state.keymap.keys(Context::Filter, action);
        let keys = if self.state.report.is_covered() && !over.is_empty() { over } else { beneath };
        // A letter that is typed here is no command.
        let keys = keys.into_iter().filter(|key| !self.state.report.takes(*key));
        keys.take(most).map(key_cap).collect::<Vec<_>>().join("/")
    }

    /// A line of keys: choose, tick, close.
    fn with_keys(&self, said: &str) -> String {
        let key = |action| self.keys(action, 1).into();
        let (pick, mark, close) = (key(Action::Pick), key(Action::Mark), key(Action::Dismiss));
        self.words.look.say_with(said, &[("pick", pick), ("mark", mark), ("close", close)])
    }

    pub fn with_key(&self, said: &str, action: Action) -> String {
        self.words.look.say_with(said, &[("key", self.keys(action, 1).into())])
    }
}

pub fn draw(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) -> Option<Position> {
    let look = &state.look;
    let words = Words { look, directories: &state.directories };
    let scene = Scene { state, words, today: look.day(now) };
    match state.report.sheet() {
        Some(sheet) => draw_sheet(&scene, sheet, area, buf),
        None => draw_unasked(&scene, area, buf),
    }
    state.report.draw_over(&scene, area, buf)
}

fn draw_unasked(scene: &Scene<'_>, area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1).put(&look.say("report-title"), look.style(Meaning::Title)).gap(2);
    strip.put(&scene.with_key("report-unasked", Action::Filter), look.style(Meaning::Placeholder));
}

fn draw_sheet(scene: &Scene<'_>, sheet: &Sheet, area: Rect, buf: &mut Buffer) {
    let places = place::places(sheet, scene.words, area, scene.today);
    draw_question(scene, sheet, &places, buf);
    let gap = sheet.gaps_said(scene.words, scene.today);
    if let Some((said, meaning)) = &gap {
        let mut strip = Strip::new(buf, places.gaps, 0, scene.words.look.signs.ellipsis);
        strip.gap(1).put(said, scene.words.look.style(*meaning));
    }
    match sheet.listing() {
        Some(listing) => {
            draw_crumb(scene, &listing.source, places.crumb, buf);
            calls::draw(scene, listing, &places, buf);
        }
        None => match sheet.ground(scene.today, &scene.state.norms) {
            Some(ground) => charts::draw(scene, &sheet.charts, ground, places.picture(), buf),
            None => table::draw(scene, sheet, &places, buf),
        },
    }
    if let Some(said) = sentence(scene, sheet) {
        let place = Rect { x: places.rows.x + 1, ..places.rows };
        let room = Rect { width: place.width.saturating_sub(2), height: 3, ..place }.intersection(area);
        let style = scene.words.look.style(Meaning::Placeholder);
        Paragraph::new(said).style(style).wrap(Wrap { trim: true }).render(room, buf);
    }
    foot::draw(scene, sheet, places.foot, buf);
    if let Some(explaining) = sheet.explaining() {
        explaining::draw(scene, explaining, gap.as_ref(), area, buf);
    }
    if let Some(columns) = &sheet.columns {
        columns::draw(scene, sheet, columns, area, buf);
    }
}

fn draw_question(scene: &Scene<'_>, sheet: &Sheet, places: &Places, buf: &mut Buffer) {
    let look = scene.words.look;
    let lines = place::question(sheet, scene.words, places.question.width, scene.today);
    for (row, line) in (0..).zip(lines) {
        let mut strip = Strip::new(buf, places.question, row, look.signs.ellipsis);
        strip.gap(1);
        if row == 0 {
            let filter = look.text().action(Action::Filter);
            strip.gap_right(1).put_right(&filter, look.style(Meaning::Bar));
            strip.gap_right(1).put_right(&scene.keys(Action::Filter, 1), look.style(Meaning::Key));
            strip.gap_right(1).put(&look.say("report-title"), look.style(Meaning::Title)).gap(2);
        }
        strip.put(&line, look.style(Meaning::Name));
    }
}

/// Whose calls these are: the groups the figure stood in, or the person.
fn draw_crumb(scene: &Scene<'_>, source: &Source, area: Rect, buf: &mut Buffer) {
    let words = scene.words;
    let said = match source {
        Source::History { name, .. } => {
            words.look.say_with("report-history-of", &[("name", name.as_str().into())])
        }
        Source::Drill(figure) => {
            let row = match figure.path.as_slice() {
                [] => words.say("report-all"),
                path => words.chain(path.iter().map(|group| words.group(group))),
            };
            match figure.measure {
                Measure::Calls => row,
                measure => {
                    format!("{row} {} {}", words.look.signs.dot, words.measure(measure, figure.query.kind))
                }
            }
        }
    };
    let mut strip = Strip::new(buf, area, 0, words.look.signs.ellipsis);
    strip.gap(1).put(&said, words.look.style(Meaning::Title));
}

/// What is said in place of rows, when there are none.
fn sentence(scene: &Scene<'_>, sheet: &Sheet) -> Option<String> {
    sheet.ground(scene.today, &scene.state.norms).is_none().then_some(())?;
    let (refusal, count) = match sheet.listing() {
        Some(listing) => (&listing.refusal, listing.len()),
        None => (&sheet.refusal, sheet.table.as_ref().map(|table| table.rows.len())),
    };
    let history = sheet.listing().is_some_and(|listing| matches!(listing.source, Source::History { .. }));
    match (refusal, count) {
        (Some(refusal), None | Some(0)) => Some(refused(scene, refusal)),
        (_, Some(0)) if history => Some(scene.with_key("report-empty-history", Action::Back)),
        (_, Some(0)) => Some(scene.with_key("report-empty", Action::Filter)),
        (None, None) => Some(counting(scene)),
        (_, Some(_)) => None,
    }
}

/// Parts of the bar.
const BAR: u64 = 10;

/// While the figures come from the store it says how far they are, as a bar does: so many of ten parts are full.
fn counting(scene: &Scene<'_>) -> String {
    let look = scene.words.look;
    let Some((done, total)) = scene.state.report.read else { return scene.words.say("report-counting") };
    let full = usize::try_from(done * BAR / total.max(1)).unwrap_or(0);
    let bar = look.signs.shades[4].repeat(full) + &look.signs.shades[1].repeat(BAR as usize - full);
    look.say_with("report-reading", &[("bar", bar.into()), ("percent", (done * 100 / total.max(1)).into())])
}

pub fn refused(scene: &Scene<'_>, refusal: &crate::domain::desk::Refusal) -> String {
    let why = scene.words.refusal(refusal);
    let key = scene.keys(Action::Refresh, 1);
    scene.words.look.say_with("report-refused", &[("why", why.into()), ("key", key.into())])
}
