//! One line of text being typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::{Input, InputRequest};

use crate::domain::text::is_visible;

use super::key::{Key, KeyCode};

/// Longer than any name; what a paste brings beyond it is cut.
const LONGEST: usize = 200;

/// The same for a line that says many names.
const LONGEST_LINE: usize = 4000;

#[derive(Clone, Debug)]
pub struct Entry {
    input: Input,
    longest: usize,
}

impl Default for Entry {
    fn default() -> Entry {
        Entry { input: Input::default(), longest: LONGEST }
    }
}

impl Entry {
    pub fn of(text: &str) -> Entry {
        Entry { input: Input::new(text.to_owned()), ..Entry::default() }
    }

    /// For much more than a name.
    pub fn long() -> Entry {
        Entry { longest: LONGEST_LINE, ..Entry::default() }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Whether the key is one of typing; the text changed only when `true` comes back with another text.
    pub fn takes(key: Key) -> bool {
        key.typed().is_some() || request(key).is_some()
    }

    /// Whether the text changed.
    pub fn press(&mut self, key: Key) -> bool {
        match key.typed() {
            Some(char) => self.insert(char),
            None => request(key).is_some_and(|request| self.edit(request)),
        }
    }

    pub fn paste(&mut self, text: &str) -> bool {
        let before = self.text().len();
        for char in text.chars() {
            self.insert(if char.is_whitespace() { ' ' } else { char });
        }
        self.text().len() != before
    }

    fn insert(&mut self, char: char) -> bool {
        let room = self.text().chars().count() < self.longest;
        room && is_visible(char) && self.edit(InputRequest::InsertChar(char))
    }

    fn edit(&mut self, request: InputRequest) -> bool {
        self.input.handle(request).is_some_and(|changed| changed.value)
    }

    /// Draws the part around the cursor and says where the cursor stands.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, style: Style) -> Position {
        let width = usize::from(area.width.saturating_sub(1));
        let scroll = self.input.visual_scroll(width);
        let mut skipped = 0;
        let shown = self.text().char_indices().find(|(_, char)| {
            let here = skipped;
            skipped += unicode_width::UnicodeWidthChar::width(*char).unwrap_or(0);
            here >= scroll
        });
        let shown = shown.map_or("", |(start, _)| &self.text()[start..]);
        buf.set_stringn(area.x, area.y, shown, usize::from(area.width), style);
        let column = self.input.visual_cursor().saturating_sub(scroll);
        Position::new(area.x + u16::try_from(column).unwrap_or(0).min(area.width), area.y)
    }
}

fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as Do;
    let by_word = key.ctrl || key.alt;
    Some(match key.latin().code {
        KeyCode::Backspace if by_word => Do::DeletePrevWord,
        KeyCode::Backspace => Do::DeletePrevChar,
        KeyCode::Delete if by_word => Do::DeleteNextWord,
        KeyCode::Delete => Do::DeleteNextChar,
        KeyCode::Left if by_word => Do::GoToPrevWord,
        KeyCode::Left => Do::GoToPrevChar,
        KeyCode::Right if by_word => Do::GoToNextWord,
        KeyCode::Right => Do::GoToNextChar,
        KeyCode::Home => Do::GoToStart,
        KeyCode::End => Do::GoToEnd,
        KeyCode::Char('w') if key.ctrl => Do::DeletePrevWord,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_erasing() {
        let mut entry = Entry::default();
        for char in "Иван".chars() {
            assert!(entry.press(Key::char(char)));
        }
        assert!(entry.press(Key::plain(KeyCode::Backspace)));
        assert!(!entry.press(Key::plain(KeyCode::Left)));
        assert_eq!(entry.text(), "Ива");
    }

    #[test]
    fn a_paste_is_one_clean_line_of_bounded_length() {
        let mut entry = Entry::default();
        entry.paste("a\nb\u{1b}[2J\tc");
        assert_eq!(entry.text(), "a b[2J c");
        entry.paste(&"x".repeat(1000));
        assert_eq!(entry.text().chars().count(), LONGEST);
    }
}
