//! All calls with one person, newest first: the rows, and how one is drawn. Stands beside the card on a wide
//! screen and over it on a narrow one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Widget};

use super::format;
use super::layout::padded;
use super::sidebar;
use super::state::State;
use super::strip::Strip;
use super::theme::Meaning;
use crate::domain::call::{CallResult, Direction};
use crate::domain::id::{CallId, PersonId};
use crate::domain::report::CallRow;

#[derive(Debug)]
pub struct History {
    pub person: PersonId,
    pub rows: Vec<CallRow>,
}

/// The calls of whose card is shown; `None` until they have come.
fn known_rows(state: &State) -> Option<&[CallRow]> {
    let shown = sidebar::shown(state);
    let history = state.history.as_ref().filter(|history| Some(history.person) == shown);
    history.map(|history| history.rows.as_slice())
}

pub fn draw(state: &State, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let title = format!(" {} ", look.say("history-title"));
    Block::bordered()
        .border_set(look.border)
        .border_style(look.style(Meaning::Border))
        .title(Line::styled(title, look.style(Meaning::Title)))
        .render(area, buf);
    let inner = padded(area);
    let known = known_rows(state);
    let rows = known.unwrap_or_default();
    if rows.is_empty() {
        let key = match (sidebar::shown(state), known) {
            (None, _) => "history-nobody",
            (Some(_), None) => "side-loading",
            (Some(_), Some(_)) => "history-empty",
        };
        Strip::new(buf, inner, 0, look.signs.ellipsis).put(&look.say(key), look.style(Meaning::Placeholder));
    }
    for (row, call) in (0..inner.height / 2).zip(rows) {
        draw_row(state, call, Rect { y: inner.y + row * 2, height: 2, ..inner }, buf);
    }
}

/// The call under the mouse.
pub fn call_at(state: &State, area: Rect, at: Position) -> Option<CallId> {
    let inner = padded(area);
    let row = at.y.checked_sub(inner.y)? / 2;
    let shown = (row < inner.height / 2).then_some(usize::from(row))?;
    known_rows(state)?.get(shown).map(|call| call.id)
}

/// Two lines: when, whence and what became of it; then the comment.
pub fn draw_row(state: &State, call: &CallRow, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let (sign, meaning) = match (call.direction, call.result) {
        (_, CallResult::Missed) => (look.signs.missed, Meaning::Missed),
        (Direction::Incoming, _) => (look.signs.incoming, Meaning::Text),
        (_, CallResult::Answered) => (look.signs.outgoing, Meaning::Text),
        _ => (look.signs.outgoing, Meaning::Muted),
    };
    let day = format::date(look.day(call.started_at), look);
    let topic = call.topic.and_then(|id| state.directories.topic(id)).map(|topic| topic.name.as_str());
    let who = call.employee.and_then(|id| state.directories.employee(id)).map(|person| person.name.as_str());
    Strip::new(buf, area, 0, look.signs.ellipsis)
        .put_within(sign, 2, look.style(meaning))
        .put(&format!("{day} {}", format::clock(call.started_at, look)), look.style(Meaning::Text))
        .gap(2)
        .put_right(heard(state, call), look.style(Meaning::Key))
        .gap_right(1)
        .put_right(&format::duration(call.talk), look.style(meaning))
        .gap_right(1)
        .put(topic.unwrap_or_default(), look.style(Meaning::Name))
        .gap(2)
        .put(&format::short_name(who.unwrap_or_default()), look.style(Meaning::Label));
    let comment = call.comment.replace('\n', " ");
    Strip::new(buf, area, 1, look.signs.ellipsis).gap(2).put(&comment, look.style(Meaning::Label));
}

/// Whether it has a recording, and whether that is in the player.
pub fn heard(state: &State, call: &CallRow) -> &'static str {
    match call.recording {
        true if state.played() == Some(call.id) => state.look.signs.playing,
        true => state.look.signs.recording,
        false => " ",
    }
}
