//! The palette: every action by its name, found by a few letters.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::fuzzy;
use crate::desk::hints::key_cap;
use crate::desk::key::Key;
use crate::desk::keymap::Context;
use crate::desk::layout::{centred, inside, page_start};
use crate::desk::scroll;
use crate::desk::state::State;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

#[derive(Debug)]
pub struct Palette {
    /// Where the chosen action will be done.
    context: Context,
    entry: Entry,
    /// Those that can be done at all.
    all: Vec<Action>,
    /// Name on the screen and name in the configuration, to be found by either.
    labels: Vec<String>,
    shown: Vec<Action>,
    cursor: usize,
}

pub fn place(body: Rect) -> Rect {
    let place = centred(body, 72, 18);
    Rect { y: body.y, ..place }
}

fn list(body: Rect) -> Rect {
    let inner = inside(place(body));
    Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }
}

impl Palette {
    pub fn of(context: Context, state: &State) -> Palette {
        let text = state.look.text();
        let label = |action: &Action| format!("{} {}", text.action(*action), action.name());
        let all: Vec<Action> = Action::ALL.iter().copied().filter(|action| state.can(*action)).collect();
        Palette {
            context,
            entry: Entry::default(),
            labels: all.iter().map(label).collect(),
            shown: all.clone(),
            all,
            cursor: 0,
        }
    }

    pub fn takes(&self, key: Key) -> bool {
        Entry::takes(key)
    }

    pub fn press(&mut self, key: Key) {
        if self.entry.press(key) {
            self.find();
        }
    }

    pub fn paste(&mut self, text: &str) {
        if self.entry.paste(text) {
            self.find();
        }
    }

    fn find(&mut self) {
        let places = fuzzy::rank(self.entry.text(), &self.labels);
        self.shown = places.into_iter().map(|place| self.all[place]).collect();
        self.cursor = 0;
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        if let Some(cursor) = scroll::moved(self.cursor, self.shown.len(), list(body).height, action) {
            self.cursor = cursor;
        }
        match (action, self.shown.get(self.cursor)) {
            (Action::Pick, Some(chosen)) => Step::Act(*chosen),
            _ => Step::Stay,
        }
    }

    pub fn click(&mut self, at: Position, body: Rect) -> Step {
        let list = list(body);
        if !list.contains(at) {
            return Step::Stay;
        }
        let row = page_start(self.cursor, list.height) + usize::from(at.y - list.y);
        self.shown.get(row).map_or(Step::Stay, |action| Step::Act(*action))
    }

    pub fn draw(&self, state: &State, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let look = &state.look;
        let inner = frame(look, &look.say("palette-title"), place(body), buf);
        let list = list(body);
        let first = page_start(self.cursor, list.height);
        for (row, action) in (0..list.height).zip(self.shown.iter().skip(first)) {
            let chosen = first + usize::from(row) == self.cursor;
            self.draw_action(state, *action, chosen, Strip::new(buf, list, row, look.signs.ellipsis));
            if chosen {
                buf.set_style(Rect { y: list.y + row, height: 1, ..list }, look.style(Meaning::Selected));
            }
        }
        Strip::new(buf, inner, 0, "").put(":", look.style(Meaning::Key));
        let line = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        Some(self.entry.draw(line, buf, look.style(Meaning::Text)))
    }

    fn draw_action(&self, state: &State, action: Action, chosen: bool, mut strip: Strip<'_>) {
        let look = &state.look;
        let key = state.keymap.keys(self.context, action).first().map(|key| key_cap(*key));
        let style = look.style(Meaning::Text);
        strip.put_within(if chosen { look.signs.cursor } else { " " }, 2, look.style(Meaning::Focus));
        strip.put_right(&key.unwrap_or_default(), look.style(Meaning::Key)).gap_right(1);
        strip.put_within(&look.text().action(action), 24, style).gap(1);
        strip.put(&look.text().about(action), look.style(Meaning::Muted));
    }
}
