//! The waveform in blocks, one band a channel, and the ruler under it. What was played differs by its style, and the
//! place by a sign; which channel is whose side nobody knows, so they are only told apart.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::desk::look::Look;
use crate::desk::player::Player;
use crate::desk::player::place::{LABEL, Places};
use crate::desk::player::tape::Tape;
use crate::desk::player::wave::{column, is_silent, levels};
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

/// Steps of one cell.
const EIGHTHS: u16 = 8;

const LABELS: [&str; 2] = ["player-left", "player-right"];

pub fn draw(player: &Player, tape: &Tape, look: &Look, places: &Places, buf: &mut Buffer) {
    let wave = places.wave;
    let channels = u16::try_from(tape.waveform.channels.len()).unwrap_or(1).clamp(1, 2);
    let height = wave.height / channels;
    for (channel, label) in (0..channels).zip(LABELS) {
        let band = Rect { y: wave.y + channel * height, height, ..wave };
        if channels > 1 {
            let beside = Rect { x: band.x.saturating_sub(LABEL), width: LABEL, ..band };
            Strip::new(buf, beside, height.saturating_sub(1), "")
                .put(&look.say(label), look.style(Meaning::Label));
        }
        draw_band(tape, channel, look, band, buf);
    }
    draw_ruler(player, tape, look, places.ruler, buf);
}

fn draw_band(tape: &Tape, channel: u16, look: &Look, band: Rect, buf: &mut Buffer) {
    let here = column(tape.at, tape.length(), band.width);
    for (x, level) in (0..).zip(levels(&tape.waveform, channel.into(), band.width)) {
        let style = look.style(match x <= here && !tape.at.is_zero() {
            true => Meaning::Key,
            false if is_silent(&tape.waveform, x, band.width) => Meaning::Muted,
            false => Meaning::Text,
        });
        // A blank cell looks the same played or not: it need not be sent again.
        let signs =
            (0..band.height).zip(column_of(level, band.height, look)).filter(|(_, sign)| *sign != " ");
        for (row, sign) in signs {
            if let Some(cell) = buf.cell_mut((band.x + x, band.y + row)) {
                cell.set_symbol(sign).set_style(style);
            }
        }
    }
}

/// From the top; the lowest cell is never empty, so that the line of time is seen in silence too.
fn column_of(level: u8, height: u16, look: &Look) -> impl Iterator<Item = &'static str> {
    let upright = look.signs.upright;
    let filled = (u16::from(level) * height * EIGHTHS / 255).max(1);
    (0..height).rev().map(move |below| {
        let eighths = filled.saturating_sub(below * EIGHTHS).min(EIGHTHS);
        upright[usize::from(eighths)]
    })
}

fn draw_ruler(player: &Player, tape: &Tape, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut put = |at: Duration, sign: &str, meaning: Meaning| {
        let x = column(at, tape.length(), area.width);
        if let Some(cell) = buf.cell_mut((area.x + x, area.y)) {
            cell.set_symbol(sign).set_style(look.style(meaning));
        }
    };
    let (begins, ends) = match player.manner.part {
        Some((from, to)) => (Some(from), Some(to)),
        None => (tape.begun, None),
    };
    for mark in player.marks() {
        put(mark.at, look.signs.mark, Meaning::Key);
    }
    begins.into_iter().for_each(|at| put(at, "[", Meaning::Focus));
    ends.into_iter().for_each(|at| put(at, "]", Meaning::Focus));
    put(tape.at, look.signs.up, Meaning::Focus);
}
