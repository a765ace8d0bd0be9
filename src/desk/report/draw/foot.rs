//! The last line of the report: where the cursor is, the figure it stands on, and whether the figures are of now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Scene, refused};
use crate::desk::action::Action;
use crate::desk::report::figures::{alone, change, is_percent};
use crate::desk::report::grid::{self, Grid};
use crate::desk::report::listing::Listing;
use crate::desk::report::sheet::Sheet;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::Measure;

pub fn draw(scene: &Scene<'_>, sheet: &Sheet, area: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1).gap_right(1);
    if let Some((said, meaning)) = freshness(scene, sheet) {
        strip.put_right(&said, look.style(meaning)).gap_right(2);
    }
    if let Some(said) = place(scene, sheet) {
        strip.put(&said, look.style(Meaning::Muted)).gap(2);
    }
    if let Some(said) = hidden_order(scene, sheet, area.width) {
        strip.put(&said, look.style(Meaning::Label)).gap(2);
    }
    match sheet.listing() {
        Some(listing) => strip.put(&contacts(scene, listing), look.style(Meaning::Text)),
        None => strip.put(&of_figure(scene, sheet), look.style(Meaning::Text)),
    };
}

/// `2 из 250`; an ellipsis while it is not known of how many.
fn place(scene: &Scene<'_>, sheet: &Sheet) -> Option<String> {
    let look = scene.words.look;
    let (at, all) = match sheet.listing() {
        Some(listing) => {
            listing.len()?;
            (listing.cursor(), listing.total())
        }
        None if sheet.ground(scene.today, &scene.state.norms).is_some() => return None,
        None => (sheet.tree.cursor(), Some(sheet.row_count())),
    };
    let all_said = all.map_or_else(|| look.signs.ellipsis.to_owned(), |all| all.to_string());
    all.is_none_or(|all| at < all)
        .then(|| look.say_with("report-place", &[("at", (at + 1).into()), ("all", all_said.into())]))
}

/// What rows stand by, where there is no room for its column: `↓ Выручка`.
fn hidden_order(scene: &Scene<'_>, sheet: &Sheet, width: u16) -> Option<String> {
    let tabled = sheet.listing().is_none() && !sheet.is_pictured();
    let sorted = sheet.view.sorted.filter(|_| tabled)?;
    let grid = Grid::within(width, sheet.asked(scene.words));
    let name = || scene.words.measure(sorted.by, sheet.query.kind);
    (!grid.has(sorted.by)).then(|| format!("{} {}", grid::order(sorted, scene.words.look), name()))
}

fn contacts(scene: &Scene<'_>, listing: &Listing) -> String {
    match (listing.contacts, listing.total()) {
        (Some(contacts), Some(calls)) => {
            let counts = [("contacts", contacts.into()), ("calls", calls.into())];
            scene.words.look.say_with("report-contacts-calls", &counts)
        }
        _ => String::new(),
    }
}

/// The figure of the cursor by its name, whether or not there is room for its column; compared, what it was.
fn of_figure(scene: &Scene<'_>, sheet: &Sheet) -> String {
    let pictured = sheet.ground(scene.today, &scene.state.norms).is_some();
    let table = sheet.table.as_ref().filter(|_| !pictured);
    let line = table.and_then(|table| sheet.tree.here(table));
    let Some(line) = line.filter(|line| sheet.chosen.is_some() || line.before.is_some()) else {
        return String::new();
    };
    let measure = sheet.chosen.unwrap_or(Measure::Calls);
    let name = scene.words.measure(measure, sheet.query.kind);
    let now = alone(measure, line.measures, scene.words.look);
    match line.before {
        None => format!("{name}: {now}"),
        Some(before) => {
            let change = change(measure, line.measures, before, scene.words.look);
            let change = if change.is_empty() { scene.words.look.signs.nothing.to_owned() } else { change };
            let key = if is_percent(measure) { "report-was-points" } else { "report-was" };
            let before = alone(measure, before, scene.words.look);
            let values = [
                ("name", name.into()),
                ("now", now.into()),
                ("before", before.into()),
                ("change", change.into()),
            ];
            scene.words.look.say_with(key, &values)
        }
    }
}

/// Nothing moves by itself: that the figures are being counted, are old, or could not be had is only said.
fn freshness(scene: &Scene<'_>, sheet: &Sheet) -> Option<(String, Meaning)> {
    let pictured = sheet.ground(scene.today, &scene.state.norms);
    let of_picture = pictured.and_then(|ground| sheet.charts.refusal(ground));
    let of_rows = sheet.listing().map_or(&sheet.refusal, |listing| &listing.refusal);
    let pictures = pictured.is_some_and(|ground| sheet.charts.waits(ground, &scene.state.asking));
    if pictures || sheet.waits(&scene.state.asking) {
        return Some((scene.words.say("report-counting"), Meaning::Muted));
    }
    if let Some(refusal) = of_picture.or(of_rows.as_ref()) {
        return Some((refused(scene, refusal), Meaning::Warning));
    }
    let keys = scene.keys(Action::Refresh, 2);
    sheet
        .stale
        .then(|| (scene.words.look.say_with("report-stale", &[("keys", keys.into())]), Meaning::Warning))
}
