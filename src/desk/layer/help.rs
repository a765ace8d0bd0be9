//! Help: the key table as the desk really uses it, with what every action does.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::hints::key_cap;
use crate::desk::key::Key;
use crate::desk::keymap::Context;
use crate::desk::layout::{centred, inside};
use crate::desk::scroll;
use crate::desk::state::State;
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

const KEYS_WIDTH: u16 = 17;
const NAME_WIDTH: u16 = 17;

#[derive(Debug)]
pub struct Help {
    /// The context whose keys come first, together with those that work everywhere.
    context: Context,
    top: usize,
}

pub fn place(body: Rect) -> Rect {
    centred(body, 100, body.height)
}

enum Line {
    Heading(Context),
    Action {
        keys: String,
        action: Action,
    },
    /// What an action does, beneath it where there is no room beside.
    About(Action),
    /// Keys that are no action of the table: digits, by this text's key.
    Digits(&'static str),
}

impl Line {
    fn action(&self) -> Option<Action> {
        match self {
            Line::Action { action, .. } => Some(*action),
            Line::Heading(_) | Line::About(_) | Line::Digits(_) => None,
        }
    }
}

/// Whether there is room for what an action does beside its name.
fn is_beside(state: &State, action: Action, width: u16) -> bool {
    let before = KEYS_WIDTH + NAME_WIDTH + 3;
    state.look.text().about(action).width() <= usize::from(width.saturating_sub(before))
}

impl Help {
    pub fn of(context: Context) -> Help {
        Help { context, top: 0 }
    }

    pub fn act(&mut self, action: Action, body: Rect) -> Step {
        let page = inside(place(body)).height;
        let longest = Action::ALL.len() * Context::ALL.len() * 2;
        if let Some(top) = scroll::moved(self.top, longest, page, action) {
            self.top = top;
        }
        Step::Stay
    }

    fn lines(&self, state: &State, width: u16) -> Vec<Line> {
        let here = |action| state.keymap.keys(self.context, action);
        let possible = |line: &Line| line.action().is_none_or(|action| state.can(action));
        let rest = Context::ALL.into_iter().filter(|context| *context != self.context);
        let first = section(self.context, here);
        let all =
            first.into_iter().chain(rest.flat_map(|context| section(context, own_keys(state, context))));
        all.filter(possible)
            .flat_map(|line| {
                let beneath =
                    line.action().filter(|action| !is_beside(state, *action, width)).map(Line::About);
                [Some(line), beneath].into_iter().flatten()
            })
            .collect()
    }

    pub fn draw(&self, state: &State, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = frame(&state.look, &state.look.say("help-title"), place(body), buf);
        let lines = self.lines(state, inner.width);
        let top = self.top.min(lines.len().saturating_sub(usize::from(inner.height)));
        for (row, line) in (0..inner.height).zip(&lines[top..]) {
            draw_line(state, line, Strip::new(buf, inner, row, state.look.signs.ellipsis));
        }
        None
    }
}

/// The keys of this context alone, without those that work everywhere.
fn own_keys(state: &State, context: Context) -> impl Fn(Action) -> Vec<Key> + '_ {
    move |action| {
        let bound = state.keymap.bindings().iter();
        bound.filter(|(at, _, bound)| (*at, *bound) == (context, action)).map(|(_, key, _)| *key).collect()
    }
}

fn section(context: Context, keys: impl Fn(Action) -> Vec<Key>) -> Vec<Line> {
    let mut lines = vec![Line::Heading(context)];
    match context {
        Context::Board => lines.push(Line::Digits("help-board-digits")),
        Context::Form => lines.push(Line::Digits("help-form-digits")),
        Context::Player => lines.push(Line::Digits("help-player-digits")),
        _ => {}
    }
    lines.extend(Action::ALL.iter().filter_map(|action| {
        let keys: Vec<String> = keys(*action).into_iter().map(key_cap).collect();
        (!keys.is_empty()).then(|| Line::Action { keys: keys.join(" "), action: *action })
    }));
    lines
}

fn draw_line(state: &State, line: &Line, mut strip: Strip<'_>) {
    let look = &state.look;
    match line {
        Line::Heading(context) => {
            let heading = look.say(&format!("context-{}", context.name())).into_owned();
            strip.put(&heading, look.style(Meaning::Title));
        }
        Line::Action { keys, action } => {
            strip.gap(1).put_within(keys, KEYS_WIDTH, look.style(Meaning::Key)).gap(1);
            strip.put_within(&look.text().action(*action), NAME_WIDTH, look.style(Meaning::Name)).gap(1);
            if is_beside(state, *action, strip.room() + KEYS_WIDTH + NAME_WIDTH + 3) {
                strip.put(&look.text().about(*action), look.style(Meaning::Text));
            }
        }
        Line::About(action) => {
            strip.gap(3).put(&look.text().about(*action), look.style(Meaning::Text));
        }
        Line::Digits(key) => {
            strip.gap(1).put_within("0-9", KEYS_WIDTH, look.style(Meaning::Key)).gap(1);
            strip.put(&look.say(key), look.style(Meaning::Text));
        }
    }
}
