//! Calls by day, with the days of the period compared with beneath them.

use super::super::paper::Paper;
use super::markup::{element, escaped, section};
use crate::domain::report::{Group, Table};
use crate::domain::written::grouped;

/// Of the drawing; the page stretches it.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 200.0;

/// Nothing for a single day.
pub fn draw(now: &Table, before: &Table, paper: &Paper<'_>) -> String {
    let (days, days_before) = (counts(now), counts(before));
    if days.len() < 2 {
        return String::new();
    }
    let most = days.iter().chain(&days_before).copied().max().unwrap_or(0).max(1);
    let picture = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">{}{}</svg>",
        escaped(&paper.say("page-trend")),
        line(&days_before, most, "before"),
        line(&days, most, "now"),
    );
    let period = |table: &Table| escaped(&paper.words.period(table.query.period, paper.today()));
    let edge = |day| escaped(&paper.words.day(day));
    let parts = [
        element("div", "edges", &element("span", "", &grouped(most, "\u{a0}"))),
        picture,
        element(
            "div",
            "edges",
            &[edge(now.query.period.from), edge(now.query.period.to)]
                .map(|day| element("span", "", &day))
                .concat(),
        ),
        element(
            "p",
            "legend",
            &[element("span", "now", &period(now)), element("span", "before", &period(before))].concat(),
        ),
    ];
    section(&paper.say("page-trend"), &element("div", "trend", &parts.concat()))
}

/// One figure for each day, also of days without calls.
fn counts(table: &Table) -> Vec<u64> {
    let period = table.query.period;
    let mut counts = vec![0; usize::try_from(period.days()).unwrap_or(0)];
    for row in &table.rows {
        let Group::Day(day) = row.group else { continue };
        let place = usize::try_from((day - period.from).num_days()).ok();
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count = row.measures.calls;
        }
    }
    counts
}

fn line(counts: &[u64], most: u64, class: &str) -> String {
    let step = WIDTH / (counts.len().max(2) - 1) as f64;
    let point = |(place, count): (usize, &u64)| {
        format!("{:.1},{:.1}", place as f64 * step, HEIGHT - *count as f64 * HEIGHT / most as f64)
    };
    let points = counts.iter().enumerate().map(point).collect::<Vec<_>>().join(" ");
    // For what shows the picture without the page's style.
    let stroke = if class == "now" { "#2f6fab" } else { "#8a949e\" stroke-dasharray=\"5 4" };
    let plain = format!("fill=\"none\" stroke-width=\"2\" stroke=\"{stroke}\"");
    format!("<polyline class=\"{class}\" {plain} points=\"{points}\"/>")
}
