//! The sidebar when it knows no card: what belongs here, who the number may be of, or that it is unknown.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use crate::desk::action::Action;
use crate::desk::form;
use crate::desk::state::State;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;
use crate::domain::desk::Recognition;
use crate::domain::id::PersonId;
use crate::domain::phone::Remote;

/// Lines of one person among several.
pub const CHOICE_HEIGHT: u16 = 2;

pub fn title(state: &State) -> String {
    let key = match state.form.call().map(|call| (&call.recognition, &call.snapshot.remote)) {
        None => "side-title",
        Some((_, Remote::Withheld)) => "side-withheld",
        Some((Recognition::Several(_), _)) => "side-several",
        Some((Recognition::One(_), _)) => "side-title",
        Some((Recognition::Unknown, _)) => "side-unknown",
    };
    state.look.say(key).into_owned()
}

pub fn draw(state: &State, person: Option<PersonId>, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    if state.form.is_ambiguous() {
        return draw_choices(state, area, buf, now);
    }
    let key = match (person, state.form.id(), state.form.call().map(|call| &call.snapshot.remote)) {
        (Some(_), ..) => "side-loading",
        (None, None, _) => "side-empty",
        (None, Some(_), Some(Remote::Withheld)) => "side-withheld-hint",
        (None, Some(_), _) => "side-unknown-hint",
    };
    let add = state.key_cap(Action::AddPhone);
    Paragraph::new(state.look.say_with(key, &[("key", add.into())]))
        .style(state.look.style(Meaning::Placeholder))
        .wrap(Wrap { trim: true })
        .render(area, buf);
}

/// A family shares the phone: everybody it may be, and nobody guessed.
fn draw_choices(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    let look = &state.look;
    let candidates = form::people(state.form.choices(), look, look.day(now));
    let mut row = 0;
    for (nth, candidate) in candidates.iter().enumerate() {
        let digit = if nth < 9 { (nth + 1).to_string() } else { String::new() };
        Strip::new(buf, area, row, look.signs.ellipsis)
            .put_within(&digit, 2, look.style(Meaning::Key))
            .put(&candidate.label, look.style(Meaning::Text));
        Strip::new(buf, area, row + 1, look.signs.ellipsis)
            .gap(2)
            .put(&candidate.note, look.style(Meaning::Label))
            .gap(2)
            .put(&candidate.phone, look.style(Meaning::Label));
        row += CHOICE_HEIGHT;
    }
    let rest = Rect { y: area.y + row + 1, height: area.height.saturating_sub(row + 1), ..area };
    Paragraph::new(look.say("side-several-hint"))
        .style(look.style(Meaning::Placeholder))
        .wrap(Wrap { trim: true })
        .render(rest.intersection(area), buf);
}
