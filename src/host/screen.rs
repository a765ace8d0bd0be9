//! A terminal's screen as bytes. Remembers what the terminal shows, its pen and its cursor, and sends only what
//! changed: an unchanged frame is no bytes at all. Knows no tty, so that it serves a socket and a test as well.

use std::io::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

use super::pen::Pen;

/// Frames longer than this are wrapped in synchronised-update marks against tearing; a typed character is not.
const SYNCHRONISE_FROM: usize = 64;
const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";
/// Plain pen, empty screen.
const CLEAR: &[u8] = b"\x1b[m\x1b[2J";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";

/// Also the place where two frames live: what is shown, and the one being drawn.
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    pen: Pen,
    /// Where the terminal's cursor is; `None` when it can't be told (after the last column).
    cursor: Option<Position>,
    visible: bool,
    /// Nothing was sent yet: the terminal's content, pen and cursor are unknown.
    fresh: bool,
    out: Vec<u8>,
}

impl Screen {
    /// A screen of which nothing is known: the first frame paints all of it.
    pub fn new(width: u16, height: u16) -> Screen {
        let area = Rect::new(0, 0, width, height);
        Screen {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            pen: Pen::PLAIN,
            cursor: None,
            visible: false,
            fresh: true,
            out: vec![],
        }
    }

    pub fn area(&self) -> Rect {
        self.shown.area
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        *self = Screen::new(width, height);
    }

    /// Draws a frame into an empty buffer; `draw` returns the cursor's place, `None` hides it. Returns the bytes
    /// that make the terminal show it.
    pub fn frame(&mut self, draw: impl FnOnce(Rect, &mut Buffer) -> Option<Position>) -> &[u8] {
        self.next.reset();
        let cursor = draw(self.next.area, &mut self.next);
        let start = self.begin();
        self.cells();
        self.place_cursor(cursor);
        self.finish(start);
        std::mem::swap(&mut self.shown, &mut self.next);
        &self.out
    }

    /// Returns where the cells' own bytes begin: after the clearing that a fresh screen starts with.
    fn begin(&mut self) -> usize {
        self.out.clear();
        if std::mem::take(&mut self.fresh) {
            self.out.extend_from_slice(CLEAR);
            self.out.extend_from_slice(HIDE_CURSOR);
        }
        self.out.len()
    }

    fn finish(&mut self, start: usize) {
        if self.out.len() - start > SYNCHRONISE_FROM {
            self.out.splice(start..start, BEGIN_UPDATE.iter().copied());
            self.out.extend_from_slice(END_UPDATE);
        }
    }

    /// Our own pass instead of `Buffer::diff`: where a wide character gives way, terminals disagree on what its other
    /// half shows, so that half is sent again.
    fn cells(&mut self) {
        let (mut covered, mut stale) = (0, 0);
        for index in 0..self.next.content.len() {
            let (before, after) = (&self.shown.content[index], &self.next.content[index]);
            let changed = before != after;
            let send = (changed || stale > 0) && covered == 0;
            stale = u16::saturating_sub(stale, 1).max(if changed { width(before.symbol()) - 1 } else { 0 });
            covered =
                u16::saturating_sub(covered, 1).max(if covered == 0 { width(after.symbol()) - 1 } else { 0 });
            if send {
                self.put(index);
            }
        }
    }

    fn put(&mut self, index: usize) {
        let (x, y) = self.next.pos_of(index);
        let cell = &self.next.content[index];
        move_to(&mut self.out, self.cursor, Position { x, y });
        let pen = Pen::of(cell);
        self.pen.change_to(pen, &mut self.out);
        self.pen = pen;
        self.out.extend_from_slice(cell.symbol().as_bytes());
        let after = x + width(cell.symbol());
        self.cursor = (after < self.next.area.right()).then_some(Position { x: after, y });
    }

    fn place_cursor(&mut self, place: Option<Position>) {
        if let Some(place) = place {
            move_to(&mut self.out, self.cursor, place);
            self.cursor = Some(place);
        }
        if place.is_some() != self.visible {
            self.visible = place.is_some();
            self.out.extend_from_slice(if self.visible { SHOW_CURSOR } else { HIDE_CURSOR });
        }
    }
}

/// Columns a cell's symbol takes, at least one. Symbols of up to two bytes (Latin, Cyrillic) are never wider.
fn width(symbol: &str) -> u16 {
    if symbol.len() <= 2 { 1 } else { symbol.width().max(1) as u16 }
}

fn move_to(out: &mut Vec<u8>, from: Option<Position>, to: Position) {
    let written = match from {
        Some(from) if from == to => Ok(()),
        Some(from) if from.y == to.y && from.x < to.x => write!(out, "\x1b[{}C", to.x - from.x),
        _ => write!(out, "\x1b[{};{}H", to.y + 1, to.x + 1),
    };
    debug_assert!(written.is_ok(), "writing to a vector cannot fail");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    fn terminal(width: u16, height: u16) -> vt100::Parser {
        let size = |cells| std::num::NonZeroU16::new(cells).unwrap();
        vt100::Parser::new(size(height), size(width), 0)
    }

    /// What a terminal shows after the bytes of each frame.
    fn replay(parser: &mut vt100::Parser, screen: &mut Screen, draw: impl Fn(&mut Buffer)) -> usize {
        let bytes = screen.frame(|_, buffer| {
            draw(buffer);
            None
        });
        parser.process(bytes);
        bytes.len()
    }

    fn assert_shown(parser: &vt100::Parser, buffer: &Buffer) {
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                let (Some(cell), Some(shown)) = (buffer.cell((x, y)), parser.screen().cell(y, x)) else {
                    panic!("no cell at {x},{y}");
                };
                let contents = if shown.contents().is_empty() { " " } else { shown.contents() };
                if !shown.is_wide_continuation() {
                    assert_eq!(contents, cell.symbol(), "at {x},{y}");
                    if cell.symbol() != " " {
                        assert_eq!(shown.bold(), cell.modifier.contains(Modifier::BOLD), "bold at {x},{y}");
                        assert_eq!(shown.fgcolor(), colour(cell.fg), "colour at {x},{y}");
                    }
                    assert_eq!(
                        shown.inverse(),
                        cell.modifier.contains(Modifier::REVERSED),
                        "inverse at {x},{y}"
                    );
                    assert_eq!(shown.bgcolor(), colour(cell.bg), "ground at {x},{y}");
                }
            }
        }
    }

    fn colour(colour: Color) -> vt100::Color {
        match colour {
            Color::Red => vt100::Color::Idx(1),
            Color::LightBlue => vt100::Color::Idx(12),
            Color::Indexed(index) => vt100::Color::Idx(index),
            Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
            _ => vt100::Color::Default,
        }
    }

    #[test]
    fn an_unchanged_frame_is_no_bytes() {
        let mut screen = Screen::new(80, 24);
        let mut parser = terminal(80, 24);
        replay(&mut parser, &mut screen, |buffer| {
            buffer.set_string(3, 3, "Иванова", Style::new().fg(Color::Red));
        });
        let bytes = replay(&mut parser, &mut screen, |buffer| {
            buffer.set_string(3, 3, "Иванова", Style::new().fg(Color::Red));
        });
        assert_eq!(bytes, 0);
    }

    #[test]
    fn a_typed_character_costs_its_own_bytes_when_the_pen_and_the_cursor_are_there() {
        let mut screen = Screen::new(80, 24);
        let typed = |text: &'static str| {
            move |_: Rect, buffer: &mut Buffer| {
                let (x, y) = buffer.set_stringn(2, 5, text, 40, Style::new());
                Some(Position { x, y })
            }
        };
        screen.frame(typed("приве"));
        assert_eq!(screen.frame(typed("привет")), "т".as_bytes());
    }

    #[test]
    fn a_screen_without_room_takes_frames() {
        let mut screen = Screen::new(0, 0);
        screen.frame(|_, _| None);
        assert!(screen.frame(|_, _| None).is_empty());
    }

    fn styles() -> impl Strategy<Value = Style> {
        let colours = prop::sample::select(vec![
            Color::Reset,
            Color::Red,
            Color::LightBlue,
            Color::Indexed(200),
            Color::Rgb(1, 2, 3),
        ]);
        let modifiers = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::REVERSED | Modifier::BOLD,
            Modifier::DIM | Modifier::UNDERLINED,
        ]);
        (colours.clone(), colours, modifiers)
            .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
    }

    proptest! {
        /// Whatever is drawn, frame after frame, the terminal shows the buffer.
        #[test]
        fn the_terminal_shows_the_buffer(
            frames in prop::collection::vec(
                prop::collection::vec((0u16..20, "[a-яё界 ]{0,6}", styles()), 5), 1..6)
        ) {
            let mut screen = Screen::new(20, 5);
            let mut parser = terminal(20, 5);
            for texts in &frames {
                replay(&mut parser, &mut screen, |buffer| {
                    for (y, (x, text, style)) in (0..).zip(texts) {
                        buffer.set_stringn(*x, y, text, 20, *style);
                    }
                });
                assert_shown(&parser, &screen.shown);
            }
        }
    }
}
