//! What a figure is made of, in words and counted; or why a call counts as it does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use super::Scene;
use crate::desk::layout::{centred, padded};
use crate::desk::report::explaining::{Explaining, Subject};
use crate::desk::report::panel::frame;
use crate::desk::report::words::Words;
use crate::desk::report::words::explained::{Told, about, title};
use crate::desk::strip::Strip;
use crate::desk::theme::Meaning;

/// A line longer than this is hard to read; a narrow screen is covered from side to side.
const WIDTH: u16 = 80;

/// `gap`: what must be known of the time that is counted.
fn told(
    explaining: &Explaining,
    gap: Option<&(String, Meaning)>,
    words: Words<'_>,
    body: Rect,
) -> (Rect, Vec<Told>) {
    let widest = padded(centred(body, WIDTH, body.height)).width;
    let lines: Vec<Told> =
        about(explaining, gap, words).into_iter().flat_map(|told| wrapped(told, widest)).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    (centred(body, WIDTH, height), lines)
}

/// How many lines there are to say and how many are seen at once.
pub fn size(
    explaining: &Explaining,
    gap: Option<&(String, Meaning)>,
    words: Words<'_>,
    body: Rect,
) -> (usize, u16) {
    let (place, lines) = told(explaining, gap, words, body);
    (lines.len(), padded(place).height)
}

pub fn draw(
    scene: &Scene<'_>,
    explaining: &Explaining,
    gap: Option<&(String, Meaning)>,
    body: Rect,
    buf: &mut Buffer,
) {
    let look = scene.words.look;
    let (place, lines) = told(explaining, gap, scene.words, body);
    let keys = match explaining.subject {
        Subject::Figure { .. } => "report-explained-keys",
        Subject::Call(_) => "report-explained-call-keys",
    };
    Clear.render(place, buf);
    frame(look, &title(explaining, scene.words))
        .border_style(look.style(Meaning::Key))
        .title_bottom(format!(" {} ", scene.with_keys(keys)))
        .render(place, buf);
    let inner = padded(place);
    for (row, line) in (0..inner.height).zip(lines.iter().skip(explaining.top)) {
        draw_line(scene, line, Rect { y: inner.y + row, height: 1, ..inner }, buf);
    }
    if explaining.top + usize::from(inner.height) < lines.len() {
        let last = inner.height.saturating_sub(1);
        Strip::new(buf, inner, last, "").put_right(look.signs.unfold, look.style(Meaning::Key));
    }
}

fn draw_line(scene: &Scene<'_>, told: &Told, line: Rect, buf: &mut Buffer) {
    let look = scene.words.look;
    let mut strip = Strip::new(buf, line, 0, look.signs.ellipsis);
    match told {
        Told::Text(text, meaning) => strip.put(text, look.style(*meaning)),
        Told::Count { said, count, meaning } => {
            let style = look.style(*meaning);
            strip.put_right(count, style).gap_right(2).put(said, style)
        }
    };
}

/// A text in as many lines as it needs, parted between words.
fn wrapped(told: Told, width: u16) -> Vec<Told> {
    let Told::Text(text, meaning) = told else { return vec![told] };
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or(0, |line| line.width());
        match lines.last_mut() {
            Some(last) if line == 0 => last.push_str(word),
            Some(last) if line + 1 + word.width() <= usize::from(width) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| Told::Text(line, meaning)).collect()
}
