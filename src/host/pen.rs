//! The terminal's pen: which colours and attributes are on, and the shortest sequence to another set.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pen {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

/// Attribute, the code that turns it on, the code that turns it off.
const ATTRIBUTES: [(Modifier, u8, u8); 8] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    pub const PLAIN: Pen =
        Pen { fg: Color::Reset, bg: Color::Reset, underline: Color::Reset, modifier: Modifier::empty() };

    pub fn of(cell: &Cell) -> Pen {
        Pen { fg: cell.fg, bg: cell.bg, underline: cell.underline_color, modifier: cell.modifier }
    }

    /// Appends what turns this pen into `next`; nothing when they are the same.
    pub fn change_to(self, next: Pen, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        out.extend_from_slice(b"\x1b[");
        // A bare SGR resets everything: shorter than turning each thing off.
        if next != Pen::PLAIN {
            let mut codes = Codes { out, first: true };
            self.attributes(next, &mut codes);
            if self.fg != next.fg {
                codes.colour(next.fg, 30);
            }
            if self.bg != next.bg {
                codes.colour(next.bg, 40);
            }
            if self.underline != next.underline {
                codes.underline(next.underline);
            }
        }
        out.push(b'm');
    }

    fn attributes(self, next: Pen, codes: &mut Codes<'_>) {
        let mut on = self.modifier;
        for (attribute, _, off) in ATTRIBUTES {
            if on.contains(attribute) && !next.modifier.contains(attribute) {
                codes.push(off);
                // Bold and dim share one code that turns off both.
                on -= if off == 22 { Modifier::BOLD | Modifier::DIM } else { attribute };
            }
        }
        for (attribute, code, _) in ATTRIBUTES {
            if next.modifier.contains(attribute) && !on.contains(attribute) {
                codes.push(code);
            }
        }
    }
}

/// Parameters of one SGR sequence.
struct Codes<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

impl Codes<'_> {
    fn push(&mut self, code: u8) {
        if !self.first {
            self.out.push(b';');
        }
        self.first = false;
        self.out.extend_from_slice(code.to_string().as_bytes());
    }

    /// `base` is 30 for text, 40 for the ground.
    fn colour(&mut self, colour: Color, base: u8) {
        match colour {
            Color::Reset => self.push(base + 9),
            Color::Indexed(index) => [base + 8, 5, index].into_iter().for_each(|code| self.push(code)),
            Color::Rgb(r, g, b) => [base + 8, 2, r, g, b].into_iter().for_each(|code| self.push(code)),
            named => self.push(base + place(named)),
        }
    }

    fn underline(&mut self, colour: Color) {
        match colour {
            Color::Reset => self.push(59),
            Color::Indexed(index) => [58, 5, index].into_iter().for_each(|code| self.push(code)),
            Color::Rgb(r, g, b) => [58, 2, r, g, b].into_iter().for_each(|code| self.push(code)),
            named => [58, 5, indexed(named)].into_iter().for_each(|code| self.push(code)),
        }
    }
}

/// Place of a named colour after the base code: 0-7, and 60-67 for the bright ones.
fn place(colour: Color) -> u8 {
    match indexed(colour) {
        dark @ 0..8 => dark,
        bright => 52 + bright,
    }
}

/// Index of a named colour in the 16-colour palette.
fn indexed(colour: Color) -> u8 {
    match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 7,
    }
}
