//! Where the parts of the player stand, by the size of the screen alone: nothing moves when a recording opens, and one
//! channel has the room of two.

use ratatui::layout::Rect;

use crate::desk::layout::inside;

/// Before the waveform: which channel it is.
pub const LABEL: u16 = 2;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Places {
    pub frame: Rect,
    pub status: Rect,
    pub wave: Rect,
    /// Under the waveform: where we are, the marks, the part that is repeated.
    pub ruler: Rect,
    pub marks: Rect,
}

/// Rows of the waveform, and of the marks.
fn rows(body: Rect) -> (u16, u16) {
    match body.height {
        0..30 => (2, 2),
        30..50 => (4, 3),
        _ => (6, 5),
    }
}

/// Of the whole strip, its border included.
pub fn height(body: Rect) -> u16 {
    let (wave, marks) = rows(body);
    (wave + marks + 4).min(body.height)
}

/// On the lowest lines.
pub fn place(body: Rect) -> Rect {
    let height = height(body);
    Rect { y: body.bottom() - height, height, ..body }
}

pub fn places(body: Rect) -> Places {
    let frame = place(body);
    let inner = inside(frame);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let (wave, marks) = rows(body);
    let part = |top: u16, height: u16| Rect { y: inner.y + top, height, ..inner }.intersection(inner);
    let beside_label =
        |area: Rect| Rect { x: area.x + LABEL, width: area.width.saturating_sub(LABEL), ..area };
    Places {
        frame,
        status: part(0, 1),
        wave: beside_label(part(1, wave)),
        ruler: beside_label(part(1 + wave, 1)),
        marks: part(2 + wave, marks),
    }
}
