//! A pane on the screen: the line of panes, the picture, or a sentence in its place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::{Charts, Ground, Picture, measures, tabs};
use crate::desk::action::Action;
use crate::desk::report::draw::{Scene, refused};
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::Pane;

pub struct Parts {
    pub tabs: Rect,
    pub picture: Rect,
}

pub fn parts(area: Rect) -> Parts {
    let tabs = Rect { height: area.height.min(1), ..area };
    // A blank line beneath the panes' names where there is room for it.
    let over = if area.height > 24 { 2 } else { tabs.height };
    Parts { tabs, picture: Rect { y: area.y + over, height: area.height.saturating_sub(over), ..area } }
}

pub fn draw(scene: &Scene<'_>, charts: &Charts, ground: Ground<'_>, area: Rect, buf: &mut Buffer) {
    let words = scene.words;
    let parts = parts(area);
    tabs::draw(words, ground.pane, parts.tabs, buf);
    draw_choice(scene, charts, ground, parts.tabs, buf);
    let picture = charts.picture(ground);
    if let Some(said) = sentence(scene, charts, ground, picture.as_deref(), parts.picture) {
        let place = parts.picture;
        let room = Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place };
        let style = words.look.style(Meaning::Placeholder);
        Paragraph::new(said).style(style).wrap(Wrap { trim: true }).render(room, buf);
    } else if let Some(picture) = picture {
        picture.draw(words, charts.spot(ground.pane, picture.as_ref()), parts.picture, buf);
    }
}

/// What is shown of several things, at the right, with the key that turns it.
fn draw_choice(scene: &Scene<'_>, charts: &Charts, ground: Ground<'_>, area: Rect, buf: &mut Buffer) {
    let words = scene.words;
    let said = match ground.pane {
        Pane::Metrics => words.say("metric-formulas"),
        pane if measures(pane).is_empty() => return,
        pane => words.measure(charts.measure_in(pane), ground.query.kind),
    };
    let look = words.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap_right(1).put_right(&said, look.style(Meaning::Name));
    strip.gap_right(1).put_right(&scene.keys(Action::NextFigure, 1), look.style(Meaning::Key));
}

/// What is said in place of a picture.
fn sentence(
    scene: &Scene<'_>,
    charts: &Charts,
    ground: Ground<'_>,
    picture: Option<&dyn Picture>,
    area: Rect,
) -> Option<String> {
    let Some(picture) = picture else {
        let refusal = charts.refusal(ground);
        let counting = || scene.words.say("report-counting");
        return Some(refusal.map_or_else(counting, |refusal| refused(scene, refusal)));
    };
    if picture.is_empty() {
        return Some(scene.with_key("report-empty", Action::Filter));
    }
    let (width, height) = picture.lacks(area)?;
    Some(scene.words.look.say_with("chart-lacks", &[("width", width.into()), ("height", height.into())]))
}
