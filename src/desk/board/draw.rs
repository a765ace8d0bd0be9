//! The board's drawing: a sign, the time, the number, the name, the state in a word with who, the seconds.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders, Paragraph, Widget, Wrap};
use unicode_width::UnicodeWidthStr;

use super::{is_dialled, is_missed};
use crate::desk::action::Action;
use crate::desk::format;
use crate::desk::layout::inside;
use crate::desk::state::{Focus, State};
use crate::desk::strip::{Strip, fit_end};
use crate::desk::theme::Meaning;
use crate::domain::call::Phase;
use crate::domain::desk::{BoardCall, Recognition};
use crate::domain::person::{PersonBrief, PersonKind};
use crate::domain::phone::Remote;

/// Where the rows stand within the board.
pub fn rows(board: Rect) -> Rect {
    inside(board)
}

/// Widths of the columns; the name takes what they leave.
struct Columns {
    seconds: bool,
    number: u16,
    state: u16,
}

const SECONDS_WIDTH: u16 = 5;
/// Less of a name tells nobody anything.
const LEAST_NAME: u16 = 6;

impl Columns {
    fn within(width: u16) -> Columns {
        match width {
            0..60 => Columns { seconds: false, number: 13, state: 9 },
            60..80 => Columns { seconds: true, number: 16, state: 16 },
            _ => Columns { seconds: true, number: 16, state: 22 },
        }
    }
}

pub fn draw(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    draw_frame(state, area, buf);
    let rows = rows(area);
    if state.board.calls().is_empty() {
        let key = state.key_cap(Action::LogByHand);
        let empty = state.look.say_with("board-empty", &[("key", key.into())]);
        let style = state.look.style(Meaning::Placeholder);
        Paragraph::new(empty).style(style).wrap(Wrap { trim: true }).render(rows, buf);
    }
    let selected = state.board.selected().map(|call| call.id);
    for (row, call) in (0..rows.height).zip(state.board.seen(rows.height)) {
        draw_call(state, call, Strip::new(buf, rows, row, state.look.signs.ellipsis), now);
        if selected == Some(call.id) {
            mark_selected(state, Rect { y: rows.y + row, height: 1, ..rows }, buf);
        }
    }
}

fn draw_frame(state: &State, area: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let focused = state.focus == Focus::Board;
    let mut title = title(state, rows(area).height);
    if !state.board.digits.typed().is_empty() {
        title = format!("{title} {}{}", look.signs.ellipsis, state.board.digits.typed());
    }
    Block::new()
        .borders(Borders::ALL)
        .border_set(look.border)
        .merge_borders(MergeStrategy::Exact)
        .border_style(look.style(Meaning::Border))
        .title(Line::styled(
            format!(" {title} "),
            look.style(if focused { Meaning::Focus } else { Meaning::Title }),
        ))
        .render(area, buf);
}

/// Which of the calls are seen, when not all are.
fn title(state: &State, height: u16) -> String {
    let (look, all) = (&state.look, state.board.calls().len());
    let (_, page) = state.board.page(height);
    let first = page.first().and_then(|call| state.board.place(call.id));
    match first {
        Some(first) if page.len() < all => look.say_with(
            "board-title-page",
            &[("from", (first + 1).into()), ("to", (first + page.len()).into()), ("all", all.into())],
        ),
        _ => look.say("board-title").into_owned(),
    }
}

/// The cursor: a bar on the frame, and the row in the style of the selection while the board has the keys.
fn mark_selected(state: &State, row: Rect, buf: &mut Buffer) {
    let look = &state.look;
    let frame = Rect { x: row.x - 1, width: 1, ..row };
    Strip::new(buf, frame, 0, "").put(look.signs.cursor, look.style(Meaning::Focus));
    if state.focus == Focus::Board {
        buf.set_style(row, look.style(Meaning::Selected));
    }
}

fn draw_call(state: &State, call: &BoardCall, mut strip: Strip<'_>, now: DateTime<Utc>) {
    let look = &state.look;
    let columns = Columns::within(strip.room());
    let (sign, meaning) = sign(state, call);
    let meaning = if is_doubtful(state, call) { Meaning::Muted } else { meaning };
    let style = look.style(meaning);
    let quiet = look.style(Meaning::Text);
    strip.put_within(sign, 2, style);
    let seconds = seconds(state, call, now);
    let used = u16::try_from(seconds.width()).unwrap_or(SECONDS_WIDTH);
    strip.put_right(&seconds, style).gap_right(SECONDS_WIDTH.saturating_sub(used));
    let started = call.snapshot.started_at;
    match columns.seconds {
        true => strip.put(&format::clock_with_seconds(started, look), quiet),
        false => strip.put(&format::clock(started, look), quiet),
    };
    strip
        .gap(1)
        .put_within(&number(state, &call.snapshot.remote, columns.number), columns.number, style)
        .gap(1);
    let name = strip.room().saturating_sub(columns.state + 1);
    if name >= LEAST_NAME {
        draw_name(state, call, &mut strip, name);
    }
    let doubt = if is_doubtful(state, call) { "?" } else { "" };
    strip.put(&format!("{}{doubt}", said(state, call, columns.state > 10)), style);
}

fn draw_name(state: &State, call: &BoardCall, strip: &mut Strip<'_>, width: u16) {
    let look = &state.look;
    let (name, meaning) = match &call.recognition {
        Recognition::One(person) => (person.name.clone(), Meaning::Name),
        Recognition::Several(people) => {
            (look.say_with("board-several", &[("n", people.len().into())]), Meaning::Label)
        }
        Recognition::Unknown => (call.snapshot.name.clone().unwrap_or_default(), Meaning::Muted),
    };
    let is_human = |person: &PersonBrief| person.kind != PersonKind::Counterparty;
    let name = match &call.recognition {
        Recognition::One(person) if is_human(person) => format::fit_name(&name, width),
        _ => name,
    };
    strip.put_within(&name, width, look.style(meaning)).gap(1);
}

fn number(state: &State, remote: &Remote, width: u16) -> String {
    let look = &state.look;
    let text = match remote {
        Remote::Number(phone) if width < 16 => format::short_phone(*phone),
        _ => format::remote(remote, look),
    };
    match remote {
        Remote::Withheld => text,
        _ => fit_end(&text, width, look.signs.ellipsis),
    }
}

fn sign(state: &State, call: &BoardCall) -> (&'static str, Meaning) {
    let signs = state.look.signs;
    match call.snapshot.phase {
        Phase::Ringing if is_dialled(call) => (signs.outgoing, Meaning::Talking),
        Phase::Ringing => (signs.ringing, Meaning::Ringing),
        Phase::Waiting => (signs.waiting, Meaning::Waiting),
        Phase::Talking => (signs.talking, Meaning::Talking),
        Phase::OnHold => (signs.held, Meaning::Waiting),
        Phase::Ended if is_missed(call) => (signs.missed, Meaning::Missed),
        Phase::Ended if call.snapshot.was_answered() => (signs.ended, Meaning::Muted),
        Phase::Ended => (signs.missed, Meaning::Muted),
    }
}

/// The state in a word, and who: on a wide board all who ring, on a narrow one who talks.
fn said(state: &State, call: &BoardCall, wide: bool) -> String {
    let look = &state.look;
    let snapshot = &call.snapshot;
    let who = match snapshot.phase {
        Phase::Ringing if wide => names(state, &snapshot.ringing),
        Phase::Talking | Phase::OnHold => names(state, snapshot.holder.as_slice()),
        _ => String::new(),
    };
    let key = match snapshot.phase {
        Phase::Ringing if is_dialled(call) => "call-dialling",
        Phase::Ringing => "call-ringing",
        Phase::Waiting => "call-waiting",
        Phase::Talking if wide || who.is_empty() => "call-talking",
        Phase::Talking => return who,
        Phase::OnHold => "call-on-hold",
        Phase::Ended if is_missed(call) => "call-missed",
        Phase::Ended if snapshot.was_answered() => "call-ended",
        Phase::Ended => "call-not-reached",
    };
    let word = look.say(key);
    if who.is_empty() { word.into_owned() } else { format!("{word} {who}") }
}

/// People behind extensions, by first names; an extension nobody is known at stands as it is.
fn names(state: &State, extensions: &[String]) -> String {
    let name = |extension: &String| {
        let employee = state.directories.employee_at(extension);
        employee.map_or_else(|| extension.clone(), |employee| format::given_name(&employee.name).to_owned())
    };
    extensions.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Waited until the answer, then talked; of an ended call, what it came to. Nothing is counted of a call that
/// may be over.
fn seconds(state: &State, call: &BoardCall, now: DateTime<Utc>) -> String {
    let snapshot = &call.snapshot;
    format::duration(match (snapshot.phase, snapshot.answered_at) {
        (Phase::Ended, Some(_)) => snapshot.talk_in_all(),
        (Phase::Ended, None) => snapshot.wait,
        _ if is_doubtful(state, call) => return state.look.signs.nothing.to_owned(),
        (_, Some(answered)) => format::elapsed(answered, now),
        (_, None) => format::elapsed(snapshot.started_at, now),
    })
}

/// Whether its state is only what was last heard of it.
fn is_doubtful(state: &State, call: &BoardCall) -> bool {
    call.snapshot.is_live() && !state.hears_calls()
}
