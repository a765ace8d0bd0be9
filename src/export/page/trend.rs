//! Calls by day, with the days of the period compared with beneath them.

use chrono::NaiveDate;

use super::super::paper::Paper;
use super::markup::{element, escaped, section};
use crate::domain::period::Period;
use crate::domain::report::{Group, Table};
use crate::domain::written::grouped;

/// Of the drawing; the page stretches it.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 200.0;

/// Nothing for a single day.
pub fn draw(now: &Table, before: &Table, paper: &Paper<'_>) -> String {
    if now.query.period.days() < 2 {
        return String::new();
    }
    let (days, days_before) = (counts(now, paper.today()), counts(before, paper.today()));
    let most = days.iter().chain(&days_before).copied().max().unwrap_or(0).max(1);
    let picture = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">{}{}</svg>",
        escaped(&paper.say("page-trend")),
        line(&days_before, before.query.period, most, &BEFORE),
        line(&days, now.query.period, most, &NOW),
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

/// One figure for each day until today, also of days without calls.
fn counts(table: &Table, today: NaiveDate) -> Vec<u64> {
    let period = table.query.period;
    let past = Period { to: period.to.min(today), ..period };
    let mut counts = vec![0; usize::try_from(past.days()).unwrap_or(0)];
    for row in &table.rows {
        let Group::Day(day) = row.group else { continue };
        let place = usize::try_from((day - period.from).num_days()).ok();
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count = row.measures.calls;
        }
    }
    counts
}

/// How a line is drawn where the page's style is not at hand.
struct Pen {
    class: &'static str,
    stroke: &'static str,
    /// Dashes and gaps; none is one whole line.
    dashes: &'static str,
}

const NOW: Pen = Pen { class: "now", stroke: "#2f6fab", dashes: "none" };
const BEFORE: Pen = Pen { class: "before", stroke: "#8a949e", dashes: "5 4" };

fn line(counts: &[u64], period: Period, most: u64, pen: &Pen) -> String {
    let step = WIDTH / (period.days().max(2) - 1) as f64;
    let point = |(place, count): (usize, &u64)| {
        format!("{:.1},{:.1}", place as f64 * step, HEIGHT - *count as f64 * HEIGHT / most as f64)
    };
    let points = counts.iter().enumerate().map(point).collect::<Vec<_>>().join(" ");
    let Pen { class, stroke, dashes } = pen;
    format!(
        "<polyline class=\"{class}\" fill=\"none\" stroke-width=\"2\" stroke=\"{stroke}\" \
         stroke-dasharray=\"{dashes}\" points=\"{points}\"/>"
    )
}
