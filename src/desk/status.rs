//! The status line: calls by state, missed calls, the telephony when it is not well or was not, the operator, the time.
//!
//! Where room is short the operator's name gives way first, then the words beside the counts; what is wrong
//! with the telephony and what is not handled are said in any case.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::domain::call::Phase;
use crate::domain::desk::Link;

use super::format;
use super::look::Look;
use super::reason;
use super::state::State;
use super::strip::Strip;
use super::theme::Meaning;

/// A text in its style.
type Part = (String, Meaning);

/// Between what is counted and the operator's name.
const GAP: usize = 2;

pub fn draw(state: &State, area: Rect, buf: &mut Buffer, now: DateTime<Utc>) {
    let look = &state.look;
    let (sign, meaning) = match state.hears_calls() {
        true => (look.signs.online, Meaning::Success),
        false => (look.signs.offline, Meaning::Warning),
    };
    let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
    strip.gap(1).gap_right(1).put_right(&format::clock(now, look), look.style(Meaning::Bar));
    strip.gap_right(1).put_right(sign, look.style(meaning)).gap_right(1);
    let (parts, name) = fitting(state, strip.room(), now);
    strip.put_right(&name, look.style(Meaning::Bar));
    for (text, meaning) in parts {
        strip.put(&text, look.style(meaning));
    }
}

/// The fullest wording there is room for, and the longest form of the operator's name beside it.
fn fitting(state: &State, room: u16, now: DateTime<Utc>) -> (Vec<Part>, String) {
    let name = &state.operator.name;
    let names = [name.clone(), format::short_name(name), format::given_name(name).to_owned(), String::new()];
    let said = |parts: &[Part]| parts.iter().map(|(text, _)| text.width()).sum::<usize>() + GAP;
    let mut tersest = Vec::new();
    for parts in wordings(state, now) {
        let left = usize::from(room).checked_sub(said(&parts));
        if let Some(name) = left.and_then(|left| names.iter().find(|name| name.width() <= left)) {
            return (parts, name.clone());
        }
        tersest = parts;
    }
    (tersest, String::new())
}

/// From the fullest to the tersest.
fn wordings(state: &State, now: DateTime<Utc>) -> [Vec<Part>; 5] {
    let link = link_said(&state.link, &state.look);
    let gap = state.gaps.in_short(&state.look, now).filter(|_| state.hears_calls());
    let gap_long: Vec<Part> = gap.iter().map(|gap| (gap.long.clone(), gap.meaning)).collect();
    let gap: Vec<Part> = gap.into_iter().map(|gap| (gap.short, gap.meaning)).collect();
    let short = link_in_short(&state.link, &state.look);
    let (words, signs) = (live(state, Wording::Words), live(state, Wording::Signs));
    let (all, open) = (missed(state, state.today.missed), missed_in_short(state));
    [
        in_a_row(state, [words.clone(), warning(link), gap_long, vec![all.clone()]]),
        in_a_row(state, [words, warning(short.clone()), gap.clone(), vec![all.clone()]]),
        in_a_row(state, [signs.clone(), warning(short.clone()), gap.clone(), vec![all]]),
        in_a_row(state, [signs, warning(short.clone()), gap, vec![open.clone()]]),
        in_a_row(state, [Vec::new(), warning(short), Vec::new(), vec![open]]),
    ]
}

fn in_a_row(state: &State, blocks: [Vec<Part>; 4]) -> Vec<Part> {
    let bar = (format!(" {} ", state.look.signs.bar), Meaning::Muted);
    let blocks: Vec<Vec<Part>> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    blocks.join(&bar)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wording {
    Words,
    /// The signs the calls carry on the board.
    Signs,
}

/// Calls by state; doubtful while nobody tells what becomes of them.
fn live(state: &State, wording: Wording) -> Vec<Part> {
    let look = &state.look;
    let counts: [(_, _, &[Phase], _); 3] = [
        ("status-ringing", look.signs.ringing, &[Phase::Ringing], Meaning::Ringing),
        ("status-talking", look.signs.talking, &[Phase::Talking, Phase::OnHold], Meaning::Talking),
        ("status-waiting", look.signs.waiting, &[Phase::Waiting], Meaning::Waiting),
    ];
    let parts: Vec<Vec<Part>> = counts
        .into_iter()
        .map(|(key, sign, phases, meaning)| {
            let count = state.board.count(phases);
            let said = match wording {
                Wording::Words => look.say_with(key, &[("n", count.into())]),
                Wording::Signs => format!("{sign}{count}"),
            };
            vec![match (count, state.hears_calls()) {
                (0, _) => (said, Meaning::Bar),
                (_, true) => (said, meaning),
                (_, false) => (format!("{said}?"), Meaning::Muted),
            }]
        })
        .collect();
    let dot = match wording {
        Wording::Words => format!(" {} ", look.signs.dot),
        Wording::Signs => " ".to_owned(),
    };
    parts.join(&(dot, Meaning::Muted))
}

/// Of the whole day, where that is known, and those nobody has handled yet.
fn missed(state: &State, today: Option<u64>) -> Part {
    let (look, open) = (&state.look, state.board.missed());
    let said = match today {
        Some(all) => look.say_with("status-missed", &[("all", all.into()), ("open", open.into())]),
        None => look.say_with("status-missed-open", &[("open", open.into())]),
    };
    (said, meaning_of_missed(open))
}

fn missed_in_short(state: &State) -> Part {
    let open = state.board.missed();
    (state.look.say_with("status-missed-short", &[("open", open.into())]), meaning_of_missed(open))
}

fn meaning_of_missed(open: usize) -> Meaning {
    if open > 0 { Meaning::Missed } else { Meaning::Bar }
}

fn warning(said: Option<String>) -> Vec<Part> {
    said.map(|said| (said, Meaning::Warning)).into_iter().collect()
}

/// What is wrong with the telephony; `None` while it is well.
pub fn link_said(link: &Link, look: &Look) -> Option<String> {
    let Link::Down { since, reason } = link else { return link_in_short(link, look) };
    let since = format::clock(*since, look);
    Some(
        look.say_with("link-down", &[("since", since.into()), ("reason", reason::said(reason, look).into())]),
    )
}

/// The same without the reason.
fn link_in_short(link: &Link, look: &Look) -> Option<String> {
    match link {
        Link::Up { .. } => None,
        Link::Absent => Some(look.say("link-absent").into_owned()),
        Link::Connecting => Some(look.say("link-connecting").into_owned()),
        Link::Down { since, .. } => {
            Some(look.say_with("link-down-short", &[("since", format::clock(*since, look).into())]))
        }
    }
}
