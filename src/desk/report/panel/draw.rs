//! The filter panel's drawing, and what stands under the mouse on it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::choice;
use super::field::Field;
use super::list::List;
use super::{Panel, place};
use crate::desk::action::Action;
use crate::desk::layout::inside;
use crate::desk::look::Look;
use crate::desk::report::draw::Scene;
use crate::desk::report::scenario::Scenario;
use crate::desk::report::words::Words;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

const LABEL_WIDTH: u16 = 20;
/// With room for the cursor behind the last digit.
const DATE_WIDTH: u16 = 11;
/// Shown at once in a list at most.
const LIST_ROWS: u16 = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Under {
    Field(Field),
    Scenario(Scenario),
    Apply,
    Nothing,
    Outside,
}

pub fn under(at: Position, body: Rect) -> Under {
    let place = place(body);
    let inner = inside(place);
    let on = |line: Rect| line.contains(at);
    if !place.contains(at) {
        return Under::Outside;
    }
    if at.y == place.bottom() - 1 {
        return Under::Apply;
    }
    let field = Field::ALL.into_iter().find(|field| on(line(*field, inner)));
    let scenario = || Scenario::ALL.into_iter().find(|scenario| on(scenario_line(*scenario, inner)));
    field.map(Under::Field).or_else(|| scenario().map(Under::Scenario)).unwrap_or(Under::Nothing)
}

fn line(field: Field, inner: Rect) -> Rect {
    nth_line(field.place(), inner)
}

/// Empty when the panel is not that high.
fn nth_line(nth: usize, inner: Rect) -> Rect {
    let row = u16::try_from(nth).unwrap_or(u16::MAX);
    Rect { y: inner.y.saturating_add(row), height: 1, ..inner }.intersection(inner)
}

/// Under the fields, in two columns.
fn scenario_line(scenario: Scenario, inner: Rect) -> Rect {
    let place = Scenario::ALL.iter().position(|known| *known == scenario).unwrap_or(0);
    let rows = Scenario::ALL.len().div_ceil(2);
    let line = nth_line(Field::ALL.len() + place % rows, inner);
    let half = line.width / 2;
    let left = if place < rows { 0 } else { half };
    Rect { x: line.x + left, width: half, ..line }
}

/// The unfolded list: beside its field's label, as near to the field as there is room.
pub fn list_area(list: &List, body: Rect) -> Rect {
    let inner = inside(place(body));
    let rows = u16::try_from(list.length()).unwrap_or(u16::MAX).clamp(1, LIST_ROWS);
    let height = (rows + 3).min(inner.height);
    let line = inner.y + u16::try_from(list.field.place()).unwrap_or(0);
    let x = inner.x + LABEL_WIDTH;
    let y = line.min(inner.bottom() - height);
    Rect { x, y, width: inner.right() - x, height }
}

/// The panel over the report; where the cursor stands when something is typed.
pub fn draw(panel: &Panel, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) -> Option<Position> {
    let place = place(body);
    let inner = inside(place);
    draw_frame(scene, place, buf);
    for field in Field::ALL {
        draw_field(panel, field, scene, line(field, inner), buf);
    }
    for (nth, scenario) in (1..).zip(Scenario::ALL) {
        draw_scenario(nth, scenario, scene.words.look, scenario_line(scenario, inner), buf);
    }
    match &panel.list {
        Some(list) => Some(draw_list(panel, list, scene, body, buf)),
        None if panel.field.is_date() => {
            Some(draw_date(panel, panel.field, scene, line(panel.field, inner), buf))
        }
        None => None,
    }
}

fn draw_frame(scene: &Scene<'_>, place: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let keys =
        [("filter-apply", Action::Pick), ("filter-mark", Action::Mark), ("filter-leave", Action::Dismiss)];
    let keys = keys.map(|(said, action)| scene.with_key(said, action)).join("  ");
    Clear.render(place, buf);
    frame(look, &scene.words.say("filter-title")).render(place, buf);
    let lowest = Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place };
    let mut strip = Strip::new(buf, lowest, place.height.saturating_sub(1), look.signs.ellipsis);
    strip.put(&format!(" {keys} "), look.style(Meaning::Key));
}

fn frame<'a>(look: &'a Look, title: &str) -> Block<'a> {
    Block::bordered()
        .border_set(look.border)
        .border_style(look.style(Meaning::Focus))
        .style(look.style(Meaning::Text))
        .title(format!(" {title} "))
        .title_style(look.style(Meaning::Title))
}

fn draw_field(panel: &Panel, field: Field, scene: &Scene<'_>, line: Rect, buf: &mut Buffer) {
    let Words { look, .. } = scene.words;
    let chosen = field == panel.field;
    let value = value(panel, field, scene);
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    strip.put_within(if chosen { look.signs.cursor } else { " " }, 1, look.style(Meaning::Focus));
    strip.put_within(&scene.words.say(field.key()), LABEL_WIDTH - 2, look.style(Meaning::Label)).gap(1);
    strip.put(&value, look.style(meaning(panel, field))).gap(2);
    if panel.wrong == Some(field) {
        strip.put(&scene.words.say("filter-wrong-date"), look.style(Meaning::Danger));
    }
    if chosen && !line.is_empty() {
        let value = Rect { x: line.x + LABEL_WIDTH, width: line.width.saturating_sub(LABEL_WIDTH), ..line };
        buf.set_style(value, look.style(Meaning::Selected));
    }
}

fn meaning(panel: &Panel, field: Field) -> Meaning {
    if panel.wrong == Some(field) { Meaning::Danger } else { Meaning::Text }
}

fn value(panel: &Panel, field: Field, scene: &Scene<'_>) -> String {
    let signs = scene.words.look.signs;
    let between = |value: String| format!("{} {value} {}", signs.back, signs.deeper);
    if field == Field::Period {
        return between(scene.words.span(panel.days.span(scene.today)));
    }
    if field.is_date() {
        return panel.days.entry(field).text().to_owned();
    }
    match field.value(&panel.view, scene.words) {
        Some(value) => between(value),
        None => format!("{} {}", signs.unfold, choice::ticked(field, &panel.view.filter, scene.words)),
    }
}

fn draw_scenario(digit: u32, scenario: Scenario, look: &Look, line: Rect, buf: &mut Buffer) {
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    strip.gap(1).put(&digit.to_string(), look.style(Meaning::Key)).gap(1);
    strip.put(&look.say(scenario.key()), look.style(Meaning::Text));
}

fn draw_date(panel: &Panel, field: Field, scene: &Scene<'_>, line: Rect, buf: &mut Buffer) -> Position {
    let look = scene.words.look;
    let place = Rect { x: line.x + LABEL_WIDTH, width: DATE_WIDTH, ..line }.intersection(line);
    let style = look.style(meaning(panel, field)).patch(look.style(Meaning::Selected));
    panel.days.entry(field).draw(place, buf, style)
}

fn draw_list(panel: &Panel, list: &List, scene: &Scene<'_>, body: Rect, buf: &mut Buffer) -> Position {
    let area = list_area(list, body);
    Clear.render(area, buf);
    frame(scene.words.look, &scene.words.say(panel.field.key())).render(area, buf);
    list.draw(area, &panel.view.filter, scene.words, buf)
}
