//! Where the parts of the filter stand, asked by the drawing and by the mouse alike.

use ratatui::layout::{Position, Rect};

use super::Panel;
use super::field::{self, Field};
use crate::desk::layout::{inside, page_start};

/// Wider than this nothing is gained.
const WIDEST: u16 = 120;
/// The cursor, the mark of a field that narrows, the name.
pub const LABEL_WIDTH: u16 = 18;
/// With a whole date.
const LEAST_LEFT: u16 = LABEL_WIDTH + 13;
/// Shown at once in a list at most.
const LIST_ROWS: u16 = 12;
const LIST_WIDTH: u16 = 46;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Under {
    Field(Field),
    Apply,
    Nothing,
    Outside,
}

/// Under the first line of the question that stands: two columns of fields and a line that says what the keys do.
pub fn place(panel: &Panel, body: Rect) -> Rect {
    let rows = field::columns(&panel.view).iter().map(Vec::len).max().unwrap_or(0);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(3);
    Rect {
        y: body.y + 1,
        height: height.min(body.height.saturating_sub(1)),
        width: body.width.min(WIDEST),
        ..body
    }
}

/// The line under the fields.
pub fn said(panel: &Panel, body: Rect) -> Rect {
    let inner = inside(place(panel, body));
    Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner }
}

/// Each field that is seen with its line; where there are more lines than room, the page of the chosen one.
pub fn fields(panel: &Panel, body: Rect) -> Vec<(Field, Rect)> {
    let inner = inside(place(panel, body));
    let room = inner.height.saturating_sub(1);
    let columns = field::columns(&panel.view);
    let chosen = columns.iter().find_map(|column| column.iter().position(|field| *field == panel.field));
    let first = page_start(chosen.unwrap_or(0), room);
    let left = (inner.width / 2).max(LEAST_LEFT).min(inner.width);
    let mut placed = Vec::new();
    let sides = [(inner.x, left), (inner.x + left, inner.width - left)];
    for ((x, width), column) in sides.into_iter().zip(columns) {
        let lines = (0..room).map(|row| Rect { x, y: inner.y + row, width, height: 1 });
        placed.extend(column.into_iter().skip(first).zip(lines));
    }
    placed
}

pub fn field(panel: &Panel, body: Rect) -> Rect {
    let fields = fields(panel, body);
    fields.into_iter().find(|(field, _)| *field == panel.field).map(|(_, line)| line).unwrap_or_default()
}

/// Where a field's value stands.
pub fn value(line: Rect) -> Rect {
    let label = LABEL_WIDTH.min(line.width);
    Rect { x: line.x + label, width: line.width - label, ..line }
}

/// A list of so many entries, as near to the value of its field as there is room.
pub fn unfolded(panel: &Panel, entries: usize, body: Rect) -> Rect {
    let inner = inside(place(panel, body));
    let line = value(field(panel, body));
    let rows = u16::try_from(entries).unwrap_or(u16::MAX).clamp(1, LIST_ROWS);
    let (height, width) = ((rows + 3).min(inner.height), LIST_WIDTH.min(inner.width));
    let x = line.x.min(inner.right() - width);
    let y = line.y.min(inner.bottom() - height);
    Rect { x, y, width, height }
}

pub fn under(panel: &Panel, at: Position, body: Rect) -> Under {
    let place = place(panel, body);
    if !place.contains(at) {
        return Under::Outside;
    }
    if at.y == place.bottom() - 1 {
        return Under::Apply;
    }
    let field = fields(panel, body).into_iter().find(|(_, line)| line.contains(at));
    field.map_or(Under::Nothing, |(field, _)| Under::Field(field))
}
