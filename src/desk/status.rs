//! The status line: calls by state, missed calls, the telephony when it is not well, the operator, the time.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::call::Phase;
use crate::domain::desk::Link;

use super::format;
use super::look::Look;
use super::state::State;
use super::strip::Strip;
use super::theme::Meaning;

pub fn draw(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    let look = &state.look;
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    draw_operator(state, &mut strip, now);
    strip.gap(1);
    draw_live(state, &mut strip);
    draw_link(state, &mut strip);
    draw_missed(state, &mut strip);
}

fn draw_operator(state: &State, strip: &mut Strip<'_>, now: DateTime<Utc>) {
    let look = &state.look;
    let sign = match state.link {
        Link::Up { .. } => Meaning::Success,
        _ => Meaning::Warning,
    };
    let bar = look.style(Meaning::Bar);
    strip.gap_right(1).put_right(&format::clock(now, look), bar);
    strip.gap_right(1).put_right(look.signs.online, look.style(sign)).gap_right(1);
    let longest = strip.room() / 6;
    strip.put_right(&format::fit_name(&state.operator.name, longest), bar).gap_right(2);
}

fn draw_live(state: &State, strip: &mut Strip<'_>) {
    let look = &state.look;
    let counts = [
        ("status-ringing", state.board.count(&[Phase::Ringing]), Meaning::Ringing),
        ("status-talking", state.board.count(&[Phase::Talking, Phase::OnHold]), Meaning::Talking),
        ("status-waiting", state.board.count(&[Phase::Waiting]), Meaning::Waiting),
    ];
    for (nth, (key, count, meaning)) in counts.into_iter().enumerate() {
        if nth > 0 {
            strip.gap(1).put(look.signs.dot, look.style(Meaning::Muted)).gap(1);
        }
        let meaning = if count > 0 { meaning } else { Meaning::Bar };
        strip.put(&look.say_with(key, &[("n", count.into())]), look.style(meaning));
    }
}

/// Less room than this has no place for the day's total.
const NARROW: u16 = 32;

fn draw_missed(state: &State, strip: &mut Strip<'_>) {
    let look = &state.look;
    let open = state.board.missed();
    let meaning = if open > 0 { Meaning::Missed } else { Meaning::Bar };
    let narrow = strip.room() < NARROW;
    let said = match state.today.missed {
        _ if narrow => look.say_with("status-missed-short", &[("open", open.into())]),
        Some(all) => look.say_with("status-missed", &[("all", all.into()), ("open", open.into())]),
        None => look.say_with("status-missed-open", &[("open", open.into())]),
    };
    strip.gap(1).put(look.signs.bar, look.style(Meaning::Muted)).gap(1).put(&said, look.style(meaning));
}

/// What is wrong with the telephony; `None` while it is well.
pub fn link_said(link: &Link, look: &Look) -> Option<String> {
    match link {
        Link::Up { .. } => None,
        Link::Absent => Some(look.say("link-absent").into_owned()),
        Link::Connecting => Some(look.say("link-connecting").into_owned()),
        Link::Down { since, reason } => {
            let since = format::clock(*since, look);
            Some(look.say_with("link-down", &[("since", since.into()), ("reason", reason.as_str().into())]))
        }
    }
}

fn draw_link(state: &State, strip: &mut Strip<'_>) {
    let look = &state.look;
    let Some(said) = link_said(&state.link, look) else { return };
    strip.gap(1).put(look.signs.bar, look.style(Meaning::Muted)).gap(1);
    strip.put(&said, look.style(Meaning::Warning));
}
