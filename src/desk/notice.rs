//! The one kind of message: how serious, what, and what to do about it. Stands on the frame's lowest line, so
//! that nothing moves when it comes or goes.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::desk::Request;

use super::look::Look;
use super::strip::Strip;
use super::theme::Meaning;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// What went well needs no key press to go away.
const INFO_STAYS: TimeDelta = TimeDelta::seconds(20);

#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    pub severity: Severity,
    pub text: String,
    pub hint: String,
    pub gone_at: Option<DateTime<Utc>>,
    /// What the same key does once more while this stands.
    pub offer: Option<Request>,
}

impl Notice {
    pub fn info(text: impl Into<String>, hint: impl Into<String>, now: DateTime<Utc>) -> Notice {
        Notice {
            severity: Severity::Info,
            text: text.into(),
            hint: hint.into(),
            gone_at: Some(now + INFO_STAYS),
            offer: None,
        }
    }

    pub fn offering(self, request: Request) -> Notice {
        Notice { offer: Some(request), ..self }
    }

    /// Stays until dismissed or replaced.
    pub fn warning(text: impl Into<String>, hint: impl Into<String>) -> Notice {
        Notice {
            severity: Severity::Warning,
            text: text.into(),
            hint: hint.into(),
            gone_at: None,
            offer: None,
        }
    }

    pub fn error(text: impl Into<String>, hint: impl Into<String>) -> Notice {
        Notice { severity: Severity::Error, text: text.into(), hint: hint.into(), gone_at: None, offer: None }
    }

    /// Whether it has been read once the next thing is done: an error stays, and an offer until its key.
    pub fn passes(&self) -> bool {
        self.severity != Severity::Error && self.offer.is_none()
    }

    pub fn draw(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let (sign, meaning) = match self.severity {
            Severity::Info => (look.signs.ended, Meaning::Success),
            Severity::Warning => ("!", Meaning::Warning),
            Severity::Error => (look.signs.missed, Meaning::Danger),
        };
        buf.set_style(area, Style::reset());
        let blank = " ".repeat(usize::from(area.width));
        Strip::new(buf, area, 0, look.signs.ellipsis).put(&blank, Style::new());
        let mut strip = Strip::new(buf, area, 0, look.signs.ellipsis);
        strip.gap(1).put(sign, look.style(meaning)).gap(1).put(&self.text, look.style(meaning));
        strip.gap(2).put(&self.hint, look.style(Meaning::Text));
    }
}
