//! The list of columns to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::Scene;
use super::table::mark;
use crate::desk::report::columns::{Columns, place};
use crate::desk::report::grid::{self, Grid};
use crate::desk::report::panel::frame;
use crate::desk::report::sheet::Sheet;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::report::Measure;

pub fn draw(scene: &Scene<'_>, sheet: &Sheet, columns: &Columns, body: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let area = place(body);
    Clear.render(area, buf);
    let block = frame(look, &look.text().action(crate::desk::action::Action::Columns))
        .border_style(look.style(Meaning::Key))
        .title_bottom(format!(" {} ", scene.with_keys("report-columns-keys")));
    let inner = block.inner(area);
    block.render(area, buf);
    let table = Grid::within(body.width, sheet.asked(scene.words));
    let no_room = scene.words.say("report-no-room");
    for (row, column) in (0..inner.height).zip(Measure::ALL) {
        let line = Rect { y: inner.y + row, height: 1, ..inner };
        let tick = if columns.has(column) { "[x] " } else { "[ ] " };
        let name = scene.words.measure(column, sheet.query.kind);
        Strip::new(buf, line, 0, look.signs.ellipsis)
            .gap(1)
            .put(tick, look.style(Meaning::Key))
            .put(&name, look.style(Meaning::Text));
        if columns.has(column) && grid::shown(&sheet.view).contains(&column) && !table.has(column) {
            Strip::new(buf, line, 0, "").gap_right(1).put_right(&no_room, look.style(Meaning::Muted));
        }
        mark(look, usize::from(row) == columns.cursor(), line, buf);
    }
}
