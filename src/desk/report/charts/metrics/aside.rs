//! Beside the metrics, where there is room: what became of the missed calls, and how long people waited, as bars.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::desk::report::charts::bars;
use crate::desk::report::figures;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::metric::{Metrics, Spread};

/// What stands at the left of it has this much.
const BESIDE: u16 = 92;
const LEAST: u16 = 46;
const MOST: u16 = 90;
const LINES: u16 = 17;
const FIGURE: u16 = 8;

struct Bar {
    name: String,
    figure: String,
    share: f64,
}

/// Where it stands; `None` where it would crowd the metrics.
pub fn place(area: Rect) -> Option<Rect> {
    let width = area.width.saturating_sub(BESIDE + 1).min(MOST);
    let place = Rect { x: area.x + BESIDE, width, ..area };
    (width >= LEAST && area.height >= LINES).then_some(place)
}

pub fn draw(words: Words<'_>, of: &Metrics, area: Rect, buf: &mut Buffer) {
    let mut line = area.y;
    for (title, bars) in [
        ("aside-debts", debts(words, of)),
        ("aside-answered", waits(words, &of.answer, longest(of))),
        ("aside-abandoned", waits(words, &of.abandon, longest(of))),
    ] {
        let place = Rect { y: line, ..area };
        Strip::new(buf, place, 0, words.look.signs.ellipsis)
            .put(&words.say(title), words.look.style(Meaning::Title));
        draw_bars(words, &bars, Rect { y: line + 1, ..area }, buf);
        line += bars.len() as u16 + 2;
    }
}

fn debts(words: Words<'_>, of: &Metrics) -> Vec<Bar> {
    let debts = of.debts;
    let all = debts.all().max(1) as f64;
    [
        ("debt-in-time", debts.called_back_in_time),
        ("debt-late", debts.called_back_late),
        ("debt-themselves", debts.came_through),
        ("debt-attempted", debts.attempted),
        ("debt-open", debts.open),
    ]
    .map(|(name, count)| Bar {
        name: words.say(name),
        figure: figures::count(count, words.look),
        share: count as f64 / all,
    })
    .into()
}

/// One scale for those answered and those not.
fn longest(of: &Metrics) -> Duration {
    of.answer.longest.max(of.abandon.longest)
}

fn waits(words: Words<'_>, of: &Spread, longest: Duration) -> Vec<Bar> {
    [("wait-median", of.median), ("wait-p90", of.p90), ("wait-longest", of.longest)]
        .map(|(name, wait)| Bar {
            name: words.say(name),
            figure: figures::duration(Some(wait), words.look),
            share: wait.as_secs_f64() / longest.as_secs_f64().max(1.0),
        })
        .into()
}

fn draw_bars(words: Words<'_>, bars: &[Bar], area: Rect, buf: &mut Buffer) {
    let look = words.look;
    let label = area.width / 3;
    for (row, bar) in (0..).zip(bars) {
        let mut strip = Strip::new(buf, area, row, look.signs.ellipsis);
        strip.put_within(&bar.name, label, look.style(Meaning::Label));
        strip.gap(FIGURE.saturating_sub(bar.figure.width() as u16));
        strip.put(&bar.figure, look.style(Meaning::Text)).gap(2);
        let drawn = bars::across(bar.share, strip.room(), look);
        strip.put(&drawn, look.style(Meaning::Key));
    }
}
