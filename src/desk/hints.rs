//! The line of keys: what can be done here, each with its key. Where a hint stands is computed once for the
//! drawing and for the mouse.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::action::Action;
use super::key::Key;
use super::keymap::Context;
use super::layer::Layer;
use super::look::Look;
use super::state::State;
use super::strip::Strip;
use super::theme::Meaning;

struct Hint {
    action: Action,
    key: String,
    name: String,
    column: u16,
    width: u16,
}

const PLAYER: &[Action] = &[
    Action::Help,
    Action::Dismiss,
    Action::PlayPause,
    Action::StepOn,
    Action::NextRecording,
    Action::MarkPlace,
    Action::Faster,
    Action::SkipSilence,
    Action::LoopPart,
    Action::SaveCopy,
    Action::PlayOnPhone,
    Action::KeepRecording,
    Action::PreviousRecording,
    Action::LeapOn,
];

/// In the order of need; those that find no room are left out. The card's and the script's keys stand in the
/// sidebar too, so theirs come late.
fn actions(state: &State) -> &'static [Action] {
    match state.context() {
        Context::Global | Context::Board | Context::Form => &[
            Action::Help,
            Action::Save,
            Action::Dial,
            Action::HangUp,
            Action::Report,
            Action::Missed,
            Action::Transfer,
            Action::Hold,
            Action::Consult,
            Action::HandOver,
            Action::TakeBack,
            Action::AddPhone,
            Action::UndoSave,
            Action::History,
            Action::Listen,
            Action::LogByHand,
            Action::Palette,
            Action::Details,
            Action::Script,
            Action::Quit,
        ],
        Context::Layer if state.layers.last().is_some_and(Layer::listens) => &[
            Action::Dismiss,
            Action::Listen,
            Action::Dial,
            Action::Pick,
            Action::NextPage,
            Action::PreviousPage,
        ],
        Context::Layer if state.layers.last().is_some_and(Layer::dials) => {
            &[Action::Dismiss, Action::Dial, Action::Pick, Action::NextPage, Action::PreviousPage]
        }
        Context::Layer => &[Action::Dismiss, Action::Pick, Action::NextPage, Action::PreviousPage],
        Context::Player => PLAYER,
        Context::Report | Context::Filter => state.report.hints(),
    }
}

/// Whether there is something to do it with; what is always possible is always offered.
fn is_offered(state: &State, action: Action) -> bool {
    match (action, state.context()) {
        (action, _) if !state.can(action) => false,
        (Action::Transfer | Action::Tag, _) => !state.is_cut_off(),
        (Action::Hold | Action::Consult | Action::HandOver | Action::TakeBack, _) => {
            state.suits(action) && !state.is_cut_off()
        }
        (Action::Listen, Context::Report) => state.report.chosen().is_some_and(|call| call.recording),
        (Action::Listen, Context::Board | Context::Form) => state.listens(),
        (Action::PlayOnPhone, _) => state.rings_phone,
        _ => true,
    }
}

fn hints(state: &State, area: Rect) -> Vec<Hint> {
    let context = state.context();
    let mut column = area.x + 1;
    let mut placed = Vec::new();
    for action in actions(state).iter().filter(|action| is_offered(state, **action)) {
        let is_command = |key: &Key| context != Context::Filter || !state.report.takes(*key);
        let Some(key) = state.keymap.keys(context, *action).into_iter().find(is_command) else { continue };
        let (key, name) = (key_cap(key), name(state, *action));
        let width = u16::try_from(key.width() + 1 + name.width()).unwrap_or(u16::MAX);
        if column.saturating_add(width) < area.right() {
            placed.push(Hint { action: *action, key, name, column, width });
            column += width + 2;
        }
    }
    placed
}

/// By what is under the cursor, where that says more.
fn name(state: &State, action: Action) -> String {
    match (state.context(), action) {
        (Context::Player, Action::PlayPause) if !state.plays() => state.look.say("player-play").into_owned(),
        (Context::Report, Action::Pick) => state.look.say(state.report.pick_name()).into_owned(),
        _ => state.look.text().action(action).into_owned(),
    }
}

/// Keys that keyboards print otherwise than they are written in the tables.
const CAPS: [(&str, &str); 3] = [("pageup", "PgUp"), ("pagedown", "PgDn"), ("backtab", "Shift+Tab")];

/// As it is printed on the key: `F2`, `Alt+T`, `j`.
pub fn key_cap(key: Key) -> String {
    let name = key.to_string();
    if name.chars().count() == 1 {
        return name;
    }
    let capital = |part: &str| {
        if let Some((_, cap)) = CAPS.iter().find(|(name, _)| *name == part) {
            return (*cap).to_owned();
        }
        let mut chars = part.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    name.split('+').map(capital).collect::<Vec<_>>().join("+")
}

/// `U Вернуть`: a key with what it does.
pub fn hint(key: Key, action: Action, look: &Look) -> String {
    format!("{} {}", key_cap(key), look.text().action(action))
}

pub fn draw(state: &State, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    for hint in hints(state, area) {
        let place = Rect { x: hint.column, width: hint.width, ..area };
        Strip::new(buf, place, 0, look.signs.ellipsis)
            .put(&hint.key, look.style(Meaning::Key))
            .gap(1)
            .put(&hint.name, look.style(Meaning::Bar));
    }
}

/// The action whose hint stands under the mouse.
pub fn at(state: &State, area: Rect, column: u16) -> Option<Action> {
    let under = |hint: &Hint| (hint.column..hint.column + hint.width).contains(&column);
    hints(state, area).into_iter().find(under).map(|hint| hint.action)
}
