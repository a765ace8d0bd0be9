//! One line of the screen being written: from the left, from the right, cut with an ellipsis where the room
//! ends. All text from outside goes through here or through ratatui's widgets, so no control character of a
//! hostile name reaches the terminal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::text::is_visible;

pub struct Strip<'b> {
    buf: &'b mut Buffer,
    y: u16,
    left: u16,
    right: u16,
    ellipsis: &'static str,
}

impl<'b> Strip<'b> {
    /// The line `row` of `area`; empty when the area has no such line.
    pub fn new(buf: &'b mut Buffer, area: Rect, row: u16, ellipsis: &'static str) -> Strip<'b> {
        let area = area.intersection(buf.area);
        let right = if row < area.height { area.right() } else { area.x };
        Strip { buf, y: area.y.saturating_add(row), left: area.x, right, ellipsis }
    }

    pub fn room(&self) -> u16 {
        self.right.saturating_sub(self.left)
    }

    pub fn put(&mut self, text: &str, style: Style) -> &mut Self {
        let text = fit(text, self.room(), self.ellipsis);
        let room = usize::from(self.room());
        if room > 0 {
            self.left = self.buf.set_stringn(self.left, self.y, text, room, style).0;
        }
        self
    }

    /// Takes `width` columns whatever the text's length.
    pub fn put_within(&mut self, text: &str, width: u16, style: Style) -> &mut Self {
        let end = self.left.saturating_add(width).min(self.right);
        let right = std::mem::replace(&mut self.right, end);
        self.put(text, style);
        (self.left, self.right) = (end, right);
        self
    }

    pub fn gap(&mut self, width: u16) -> &mut Self {
        self.left = self.left.saturating_add(width).min(self.right);
        self
    }

    /// Right-aligned against what already stands at the right.
    pub fn put_right(&mut self, text: &str, style: Style) -> &mut Self {
        let text = fit(text, self.room(), self.ellipsis);
        let width = u16::try_from(text.width()).unwrap_or(u16::MAX).min(self.room());
        self.right -= width;
        if width > 0 {
            self.buf.set_stringn(self.right, self.y, text, usize::from(width), style);
        }
        self
    }

    pub fn gap_right(&mut self, width: u16) -> &mut Self {
        self.right = self.right.saturating_sub(width).max(self.left);
        self
    }
}

/// Without control characters and marks that turn the direction of writing.
pub fn visible(text: &str) -> String {
    text.chars().filter(|char| is_visible(*char)).collect()
}

/// The text in at most `width` columns, with an ellipsis where it was cut; without control characters and
/// marks that turn the direction of writing.
pub fn fit(text: &str, width: u16, ellipsis: &str) -> String {
    let clean = visible(text);
    let width = usize::from(width);
    if clean.width() <= width {
        return clean;
    }
    let room = width.saturating_sub(ellipsis.width());
    let mut taken = 0;
    let fits = |char: &char| {
        taken += char.width().unwrap_or(0);
        taken <= room
    };
    let cut: String = clean.chars().take_while(fits).collect();
    if width == 0 { String::new() } else { cut + ellipsis }
}

/// The same from the left: of a number the last digits matter.
pub fn fit_end(text: &str, width: u16, ellipsis: &str) -> String {
    let reversed: String = text.chars().rev().collect();
    fit(&reversed, width, ellipsis).chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_with_an_ellipsis_and_wide_letters_are_never_halved() {
        assert_eq!(fit("Иванова", 7, "…"), "Иванова");
        assert_eq!(fit("Иванова", 6, "…"), "Ивано…");
        assert_eq!(fit("漢字漢字", 6, "…"), "漢字…");
        assert_eq!(fit("Иванова", 0, "…"), "");
        assert_eq!(fit_end("+442071234567", 6, "…"), "…34567");
    }

    #[test]
    fn what_would_move_the_cursor_or_turn_the_text_is_dropped() {
        assert_eq!(fit("a\u{1b}[31m\u{202e}b\u{7}\n", 20, "…"), "a[31mb");
    }

    #[test]
    fn left_and_right_never_overlap() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
        let area = buf.area;
        Strip::new(&mut buf, area, 0, "…")
            .put_right("12:31", Style::new())
            .gap_right(1)
            .put("Иванова", Style::new());
        let line: String = buf.content().iter().map(|cell| cell.symbol()).collect();
        assert_eq!(line, "Ива… 12:31");
    }
}
