//! A frame from the state. Pure: the same state, size and moment give the same cells.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::layout::{self, Areas};
use super::state::{State, View};
use super::theme::Meaning;
use super::{board, form, hints, history, layer, report, sidebar, status};

/// Draws all of `area` and says where the cursor stands, if anywhere. How it looks (theme, borders, words,
/// zone) is the state's own.
pub fn view(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) -> Option<Position> {
    buf.set_style(area, state.look.style(Meaning::Text));
    let Some(areas) = layout::areas(area) else {
        draw_too_small(state, area, buf);
        return None;
    };
    status::draw(state, areas.status, buf, now);
    let beneath = match state.view {
        View::Desk => draw_desk(state, &areas, buf, now),
        View::Report => report::draw(state, state.room(), buf, now),
    };
    let over = layer::draw_all(state, areas.body, buf);
    if let Some(notice) = &state.notice {
        notice.draw(&state.look, areas.notice, buf);
    }
    hints::draw(state, areas.hints, buf);
    over.unwrap_or(beneath)
}

fn draw_desk(state: &State, areas: &Areas, buf: &mut Buffer, now: DateTime<Utc>) -> Option<Position> {
    board::draw(state, areas.board, buf, now);
    sidebar::draw(state, areas.sidebar, buf, now);
    if let Some(area) = areas.history {
        history::draw(state, area, buf);
    }
    form::draw(state, areas.form, buf, now)
}

fn draw_too_small(state: &State, area: Rect, buf: &mut Buffer) {
    let (width, height) = layout::LEAST;
    let said = state.look.say_with(
        "too-small",
        &[
            ("width", area.width.into()),
            ("height", area.height.into()),
            ("least_width", width.into()),
            ("least_height", height.into()),
        ],
    );
    Paragraph::new(said).wrap(Wrap { trim: true }).centered().render(area, buf);
}
