//! How one operator sees the desk: theme, signs, borders, words and the local time. Drawing takes everything
//! of that kind from here and keeps nothing of its own.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use fluent_bundle::FluentValue;
use ratatui::style::Style;
use ratatui::symbols::{Marker, border};

use super::setup::{Language, Setup};
use super::text::Text;
use super::theme::{Meaning, Theme};

/// Signs that repeat in shape what the words and colours say.
#[derive(Debug)]
pub struct Signs {
    pub ringing: &'static str,
    pub talking: &'static str,
    pub waiting: &'static str,
    pub held: &'static str,
    pub missed: &'static str,
    pub ended: &'static str,
    pub cursor: &'static str,
    pub unfold: &'static str,
    pub umbrella: &'static str,
    pub online: &'static str,
    pub offline: &'static str,
    pub minus: &'static str,
    pub rouble: &'static str,
    /// Between groups of digits.
    pub thin: &'static str,
    pub bar: &'static str,
    pub dot: &'static str,
    /// One of the days of a period.
    pub within: &'static str,
    pub ellipsis: &'static str,
    /// A row that can be opened.
    pub folded: &'static str,
    pub incoming: &'static str,
    pub outgoing: &'static str,
    pub internal: &'static str,
    pub recording: &'static str,
    pub playing: &'static str,
    pub paused: &'static str,
    /// A place in a recording.
    pub mark: &'static str,
    /// A row that belongs to the one above it.
    pub follows: &'static str,
    /// Nothing to count.
    pub nothing: &'static str,
    /// Between the ends of a span.
    pub to: &'static str,
    /// From a level to the next one, and to the next value of a choice.
    pub deeper: &'static str,
    pub back: &'static str,
    /// Before the heading that rows are sorted by.
    pub most_first: &'static str,
    pub least_first: &'static str,
    /// Longer than the norm.
    pub beyond: &'static str,
    pub divided: &'static str,
    /// From nothing to the most.
    pub shades: [&'static str; 5],
    /// A cell filled from the left by eighths, and one filled from below.
    pub across: [&'static str; 9],
    pub upright: [&'static str; 9],
    /// Beside a bar, the same of the period before.
    pub before: &'static str,
    /// A curve, and the curve of the period before.
    pub curve: Marker,
    pub curve_before: Marker,
    /// A curve as a legend names it.
    pub curve_sign: &'static str,
    pub curve_before_sign: &'static str,
    /// Points up at what is chosen.
    pub up: &'static str,
    pub rule: &'static str,
    /// Heads what changed against another period.
    pub change: &'static str,
}

const UNICODE: Signs = Signs {
    ringing: "▶",
    talking: "⇄",
    waiting: "◷",
    held: "‖",
    missed: "✗",
    ended: "✓",
    cursor: "▌",
    unfold: "▾",
    umbrella: "☂",
    online: "●",
    offline: "○",
    minus: "−",
    rouble: "₽",
    thin: "\u{202f}",
    bar: "│",
    dot: "·",
    within: "·",
    ellipsis: "…",
    folded: "▸",
    incoming: "←",
    outgoing: "→",
    internal: "↔",
    recording: "♪",
    playing: "▶",
    paused: "‖",
    mark: "◆",
    follows: "└",
    nothing: "–",
    to: "–",
    deeper: "›",
    back: "‹",
    most_first: "↓",
    least_first: "↑",
    beyond: "!",
    divided: "÷",
    shades: [" ", "░", "▒", "▓", "█"],
    across: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    upright: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    before: "░",
    curve: Marker::Braille,
    curve_before: Marker::Custom('·'),
    curve_sign: "⠒",
    curve_before_sign: "·",
    up: "▲",
    rule: "─",
    change: "±",
};

const ASCII: Signs = Signs {
    ringing: ">",
    talking: "=",
    waiting: "~",
    held: "#",
    missed: "x",
    ended: "v",
    cursor: "]",
    unfold: "v",
    umbrella: "+",
    online: "*",
    offline: "!",
    minus: "-",
    rouble: "р.",
    thin: " ",
    bar: "|",
    dot: "/",
    within: ".",
    ellipsis: "~",
    folded: ">",
    incoming: "<",
    outgoing: ">",
    internal: "=",
    recording: "*",
    playing: ">",
    paused: "#",
    mark: "*",
    follows: "\\",
    nothing: "-",
    to: "-",
    deeper: ">",
    back: "<",
    most_first: "v",
    least_first: "^",
    beyond: "!",
    divided: "/",
    shades: [" ", ".", ":", "+", "#"],
    across: [" ", ".", ".", ".", "#", "#", "#", "#", "#"],
    upright: [" ", ".", ".", ".", "#", "#", "#", "#", "#"],
    before: ":",
    curve: Marker::Custom('*'),
    curve_before: Marker::Custom('.'),
    curve_sign: "*",
    curve_before_sign: ".",
    up: "^",
    rule: "-",
    change: "+/-",
};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

#[derive(Debug)]
pub struct Look {
    theme: Theme,
    text: Text,
    zone: Tz,
    pub border: border::Set<'static>,
    pub signs: &'static Signs,
}

impl Look {
    pub fn new(setup: &Setup) -> Look {
        Look {
            theme: setup.theme.clone(),
            text: setup.words.iter().fold(Text::new(setup.language), Text::over).in_ascii(setup.ascii),
            zone: setup.zone,
            border: if setup.ascii { ASCII_BORDER } else { border::PLAIN },
            signs: if setup.ascii { &ASCII } else { &UNICODE },
        }
    }

    /// For what is printed or written to a file: without colours.
    pub fn on_paper(text: Text, zone: Tz) -> Look {
        Look { theme: Theme::default(), text, zone, border: border::PLAIN, signs: &UNICODE }
    }

    /// Whole styles, so that what was drawn under a text does not shine through.
    pub fn style(&self, meaning: Meaning) -> Style {
        Style::reset().patch(self.theme.style(meaning))
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    pub fn language(&self) -> Language {
        self.text.language
    }

    pub fn say(&self, key: &str) -> Cow<'_, str> {
        self.text.say(key)
    }

    pub fn say_with<'a>(&'a self, key: &str, values: &[(&'a str, FluentValue<'a>)]) -> String {
        self.text.say_with(key, values)
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    pub fn local(&self, instant: DateTime<Utc>) -> DateTime<Tz> {
        instant.with_timezone(&self.zone)
    }

    pub fn day(&self, instant: DateTime<Utc>) -> NaiveDate {
        self.local(instant).date_naive()
    }
}
