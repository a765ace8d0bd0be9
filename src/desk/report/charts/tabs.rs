//! The line of panes over a picture: which there are, which is looked at, and what of it is shown.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::Pane;

/// In the order they are gone through.
pub const PANES: [Pane; 6] =
    [Pane::Table, Pane::HeatMap, Pane::Trend, Pane::Funnel, Pane::Channels, Pane::Metrics];

/// The pane after this one, in a circle; the calls stand where the table does.
pub fn next(pane: Pane) -> Pane {
    turned(pane, 1)
}

pub fn previous(pane: Pane) -> Pane {
    turned(pane, PANES.len() - 1)
}

fn turned(pane: Pane, by: usize) -> Pane {
    let at = PANES.iter().position(|known| *known == pane).unwrap_or(0);
    PANES[(at + by) % PANES.len()]
}

fn name(pane: Pane, words: Words<'_>) -> String {
    words.say(match pane {
        Pane::Table | Pane::Calls => "pane-table",
        Pane::HeatMap => "pane-heat",
        Pane::Trend => "pane-trend",
        Pane::Funnel => "pane-funnel",
        Pane::Channels => "pane-channels",
        Pane::Metrics => "pane-metrics",
    })
}

/// Each with its first column and its name.
fn places(words: Words<'_>, area: Rect) -> Vec<(Pane, u16, String)> {
    let mut column = area.x + 1;
    let place = |pane| {
        let name = name(pane, words);
        let at = column;
        column += u16::try_from(name.width()).unwrap_or(0) + 3;
        (pane, at, name)
    };
    PANES.into_iter().map(place).collect()
}

pub fn at(words: Words<'_>, area: Rect, position: Position) -> Option<Pane> {
    let under = |(_, column, name): &(Pane, u16, String)| {
        (*column..*column + u16::try_from(name.width()).unwrap_or(0) + 2).contains(&position.x)
    };
    let tab = places(words, area).into_iter().find(under).filter(|_| area.contains(position));
    tab.map(|(pane, ..)| pane)
}

/// The one looked at stands in brackets.
pub fn draw(words: Words<'_>, pane: Pane, area: Rect, buf: &mut Buffer) {
    let look = words.look;
    for (tab, column, name) in places(words, area) {
        let place = Rect { x: column, width: area.right().saturating_sub(column), ..area };
        let mut strip = Strip::new(buf, place, 0, look.signs.ellipsis);
        if tab == pane {
            strip.put(look.signs.back, look.style(Meaning::Key)).put(&name, look.style(Meaning::Focus));
            strip.put(look.signs.deeper, look.style(Meaning::Key));
        } else {
            strip.gap(1).put(&name, look.style(Meaning::Label));
        }
    }
}
