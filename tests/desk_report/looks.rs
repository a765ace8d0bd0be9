//! How the table, a comparison, the calls and an explanation look: the words at every size in both languages, and
//! what stands out of them in every theme.

use pult::desk::Language;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::explanation::explained;
use super::figures::compared;
use super::fixture::{Desk, Look, PLAIN};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const THEMES: [&str; 3] = ["dark", "light", "monochrome"];

fn scenes(look: impl Fn() -> Look) -> [(&'static str, Desk); 4] {
    let mut table = Desk::new(look());
    table.press("f6 1").answer_all().press("tab tab tab s j * tab");
    let mut compare = Desk::new(look());
    compare.press("f6 1");
    compared(&mut compare);
    compare.press("enter j backtab backtab");
    let mut list = Desk::new(look());
    list.press("f6 1").answer_all().press("enter j enter").answer_all().press("j j j j j j");
    [("table", table), ("compare", compare), ("list", list), ("explanation", explained(look()))]
}

#[test]
fn words_at_every_size_in_both_languages() {
    for size in SIZES {
        for (language, tag) in [(Language::Ru, "ru"), (Language::En, "en")] {
            for (name, desk) in scenes(|| Look { size, language, ..PLAIN }) {
                insta::assert_snapshot!(format!("{name}_{tag}_{}", size.0), desk.screen());
            }
        }
    }
}

#[test]
fn styles_in_every_theme() {
    for size in SIZES {
        for theme in THEMES {
            for (name, desk) in scenes(|| Look { size, theme, ..PLAIN }) {
                insta::assert_snapshot!(format!("{name}_{theme}_{}", size.0), styles(&desk.buffer()));
            }
        }
    }
}

#[test]
fn signs_of_ascii_at_every_size() {
    for size in SIZES {
        for (name, desk) in scenes(|| Look { size, ascii: true, language: Language::En, ..PLAIN }) {
            let strange = |char: &char| !char.is_ascii() && !matches!(char, 'А'..='я' | 'ё' | '\u{a0}');
            let screen = desk.screen();
            assert_eq!(screen.chars().filter(strange).collect::<String>(), "", "{name}\n{screen}");
            insta::assert_snapshot!(format!("{name}_ascii_{}", size.0), screen);
        }
    }
}

/// Every line as runs of `cells:letter`, then what the letters stand for.
fn styles(buf: &Buffer) -> String {
    let mut known: Vec<Style> = Vec::new();
    let mut lines = Vec::new();
    for y in 0..buf.area.height {
        let letters = (0..buf.area.width).map(|x| letter(&mut known, buf[(x, y)].style()));
        let letters: Vec<char> = letters.collect();
        let runs = letters.chunk_by(|one, other| one == other);
        lines.push(runs.map(|run| format!("{}:{}", run.len(), run[0])).collect::<Vec<_>>().join(" "));
    }
    let legend = known.iter().zip('a'..).map(|(style, letter)| {
        format!("{letter} {:?} {:?} {:?}", style.fg.unwrap(), style.bg.unwrap(), style.add_modifier)
    });
    lines.extend(legend);
    lines.join("\n")
}

fn letter(known: &mut Vec<Style>, style: Style) -> char {
    let place = known.iter().position(|other| *other == style).unwrap_or_else(|| {
        known.push(style);
        known.len() - 1
    });
    char::from(b'a' + u8::try_from(place).unwrap())
}
