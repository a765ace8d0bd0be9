//! A question answered by typing: whom to call, where to transfer, what is heard at a place of a recording.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Step, frame};
use crate::desk::action::Action;
use crate::desk::entry::Entry;
use crate::desk::key::Key;
use crate::desk::layout::{centred, inside};
use crate::desk::look::Look;
use crate::desk::theme::Meaning;
use crate::domain::desk::Request;
use crate::domain::id::CallId;
use crate::domain::phone::Phone;
use crate::domain::text::clean;

#[derive(Debug)]
enum Question {
    Number,
    /// Where this call goes.
    Extension(CallId),
    /// Who is asked about this call.
    Colleague(CallId),
    /// What is marked on this call.
    Tag(CallId),
    /// What is to be found at this place of the call's recording.
    Note {
        call: CallId,
        at: Duration,
    },
}

#[derive(Debug)]
pub struct Prompt {
    question: Question,
    entry: Entry,
}

pub fn place(body: Rect) -> Rect {
    centred(body, 48, 3)
}

impl Prompt {
    pub fn number() -> Prompt {
        Prompt { question: Question::Number, entry: Entry::default() }
    }

    pub fn extension(call: CallId) -> Prompt {
        Prompt { question: Question::Extension(call), entry: Entry::default() }
    }

    pub fn note(call: CallId, at: Duration) -> Prompt {
        Prompt { question: Question::Note { call, at }, entry: Entry::default() }
    }

    pub fn colleague(call: CallId) -> Prompt {
        Prompt { question: Question::Colleague(call), entry: Entry::default() }
    }

    pub fn tag(call: CallId) -> Prompt {
        Prompt { question: Question::Tag(call), entry: Entry::default() }
    }

    pub fn takes(&self, key: Key) -> bool {
        Entry::takes(key)
    }

    pub fn press(&mut self, key: Key) {
        self.entry.press(key);
    }

    pub fn paste(&mut self, text: &str) {
        self.entry.paste(text);
    }

    pub fn act(&self, action: Action) -> Step {
        match action {
            Action::Pick => self.answer(),
            _ => Step::Stay,
        }
    }

    fn answer(&self) -> Step {
        let typed = self.entry.text().trim();
        match self.question {
            Question::Number => match Phone::parse(typed) {
                Some(phone) => Step::Ask(Box::new(Request::Dial(phone))),
                None => Step::Refuse("prompt-no-number"),
            },
            Question::Extension(call) => match is_extension(typed) {
                true => Step::Ask(Box::new(Request::Transfer { call, to: typed.to_owned() })),
                false => Step::Refuse("prompt-no-extension"),
            },
            Question::Colleague(call) => match is_extension(typed) {
                true => Step::Ask(Box::new(Request::Consult { call, to: typed.to_owned() })),
                false => Step::Refuse("prompt-no-extension"),
            },
            Question::Tag(call) => match clean(typed) {
                tag if tag.is_empty() => Step::Refuse("prompt-no-tag"),
                tag => Step::Ask(Box::new(Request::Tag { call, tag })),
            },
            Question::Note { call, at } => {
                Step::Ask(Box::new(Request::MarkRecording { call, at, note: clean(typed) }))
            }
        }
    }

    pub fn draw(&self, look: &Look, body: Rect, buf: &mut Buffer) -> Option<Position> {
        let key = match self.question {
            Question::Number => "prompt-number",
            Question::Extension(_) => "prompt-extension",
            Question::Colleague(_) => "prompt-colleague",
            Question::Tag(_) => "prompt-tag",
            Question::Note { .. } => "prompt-note",
        };
        frame(look, &look.say(key), place(body), buf);
        let inner = inside(place(body));
        let line = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: 1, ..inner };
        Some(self.entry.draw(line, buf, look.style(Meaning::Text)))
    }
}

/// Digits, star and hash: what a phone can dial.
fn is_extension(text: &str) -> bool {
    (1..=20).contains(&text.len())
        && text.chars().all(|char| char.is_ascii_digit() || matches!(char, '*' | '#'))
}
