//! The comment: several lines of text with the cursor in them, wrapped at words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, Input, Key as AreaKey, TextArea, WrapMode};

use crate::desk::key::{Key, KeyCode};
use crate::domain::text::is_visible;

/// A paste beyond this is no comment to a conversation.
const LONGEST_PASTE: usize = 4000;

#[derive(Debug)]
pub struct Comment {
    area: TextArea<'static>,
}

impl Default for Comment {
    fn default() -> Comment {
        Comment::of("")
    }
}

impl Comment {
    /// The cursor stands behind the last letter.
    pub fn of(text: &str) -> Comment {
        let mut area = TextArea::new(clean(text).split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        // The terminal's own cursor is shown: one drawn as a cell would be sent twice for every letter.
        area.set_cursor_style(Style::new());
        area.set_cursor_line_style(Style::new());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Comment { area }
    }

    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether the key is one of typing here and no command.
    pub fn takes(key: Key) -> bool {
        key.typed().is_some() || !matches!(input(key).key, AreaKey::Char(_) | AreaKey::Null)
    }

    /// Whether the text changed.
    pub fn press(&mut self, key: Key) -> bool {
        if key.typed().is_some_and(|char| !is_visible(char)) {
            return false;
        }
        self.area.input(input(key))
    }

    pub fn paste(&mut self, text: &str) -> bool {
        let pasted: String = clean(text).chars().take(LONGEST_PASTE).collect();
        self.area.insert_str(pasted)
    }

    pub fn draw(&self, area: Rect, buf: &mut Buffer) -> Position {
        (&self.area).render(area, buf);
        let (top, left) = self.area.scroll_offset();
        let cursor = self.area.screen_cursor();
        let offset = |at: usize, from: u16| u16::try_from(at).unwrap_or(u16::MAX).saturating_sub(from);
        Position::new(
            area.x + offset(cursor.col, left).min(area.width.saturating_sub(1)),
            area.y + offset(cursor.row, top).min(area.height.saturating_sub(1)),
        )
    }

    /// Puts the cursor where the mouse points: `row` and `column` within the drawn area.
    pub fn point(&mut self, row: u16, column: u16) {
        let (top, left) = self.area.scroll_offset();
        let at = self.area.screen_to_data(usize::from(row + top), usize::from(column + left));
        let small = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(small(at.0), small(at.1)));
    }
}

/// Lines of visible characters, whatever they were written with.
fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\t'], " ");
    lines.chars().filter(|char| *char == '\n' || is_visible(*char)).collect()
}

fn input(key: Key) -> Input {
    let plain = match key.code {
        KeyCode::Char(char) => AreaKey::Char(char),
        KeyCode::Enter => AreaKey::Enter,
        KeyCode::Backspace => AreaKey::Backspace,
        KeyCode::Delete => AreaKey::Delete,
        KeyCode::Up => AreaKey::Up,
        KeyCode::Down => AreaKey::Down,
        KeyCode::Left => AreaKey::Left,
        KeyCode::Right => AreaKey::Right,
        KeyCode::Home => AreaKey::Home,
        KeyCode::End => AreaKey::End,
        KeyCode::PageUp => AreaKey::PageUp,
        KeyCode::PageDown => AreaKey::PageDown,
        _ => AreaKey::Null,
    };
    Input { key: plain, ctrl: key.ctrl, alt: key.alt, shift: key.shift }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_begins_a_line_and_tab_is_not_taken() {
        let mut comment = Comment::of("Просит утро");
        assert!(Comment::takes(Key::plain(KeyCode::Enter)));
        assert!(!Comment::takes(Key::plain(KeyCode::Tab)));
        assert!(!Comment::takes(Key::plain(KeyCode::F(2))));
        comment.press(Key::plain(KeyCode::Enter));
        comment.press(Key::char('б'));
        assert_eq!(comment.text(), "Просит утро\nб");
    }

    #[test]
    fn a_paste_brings_lines_and_nothing_that_steers_a_terminal() {
        let mut comment = Comment::default();
        comment.paste("раз\r\nдва\u{1b}[31m\tтри");
        assert_eq!(comment.text(), "раз\nдва[31m три");
    }

    #[test]
    fn long_lines_wrap_and_the_cursor_follows() {
        let comment = Comment::of("один два три четыре пять шесть");
        let area = Rect::new(2, 1, 12, 4);
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 6));
        let cursor = comment.draw(area, &mut buf);
        assert!(area.contains(cursor), "{cursor:?}");
        assert_eq!(cursor.y, 3);
    }
}
