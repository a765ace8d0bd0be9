//! The picture in README: runs `pult demo` in a pseudo-terminal, plays the first keys of a call, and writes what the
//! terminal shows as SVG. `cargo run --release --example picture > docs/desk.svg`
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a tool for maintainers")]

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/pty/terminal.rs"]
mod terminal;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;
use terminal::Terminal;

const SIZE: (u16, u16) = (120, 34);
const CELL: (f32, f32) = (8.4, 18.0);

fn main() {
    let program =
        PathBuf::from(std::env::current_exe().unwrap().parent().unwrap().parent().unwrap()).join("pult");
    let home = TempDir::new().unwrap();
    let environment = [("HOME", home.path().to_str().unwrap())];
    let mut terminal = Terminal::start(program.to_str().unwrap(), &["demo"], &environment, SIZE);
    terminal.see("говорит");
    // The first caller of the demo: the form, a type, a topic, a comment.
    terminal.send("9650");
    terminal.see("Хочет записаться");
    terminal.send("1");
    terminal.see("Имплантация");
    terminal.send("4");
    terminal.send("Хочет имплант к лету, просит утро. Спросила, можно ли в рассрочку.");
    terminal.see("рассрочку");
    sleep(Duration::from_secs(8));
    print!("{}", terminal.with_screen(svg));
}

fn svg(screen: &vt100::Screen) -> String {
    let (width, height) = (f32::from(SIZE.0) * CELL.0, f32::from(SIZE.1) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"monospace\" \
         font-size=\"14\"><rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        GROUND
    );
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            cell(&mut out, screen.cell(y, x).unwrap(), (x, y));
        }
    }
    out + "</svg>\n"
}

const GROUND: &str = "#16181d";
const INK: &str = "#d4d7dd";

fn cell(out: &mut String, cell: &vt100::Cell, (x, y): (u16, u16)) {
    let (left, top) = (f32::from(x) * CELL.0, f32::from(y) * CELL.1);
    let (mut ink, mut ground) = (colour(cell.fgcolor(), INK), colour(cell.bgcolor(), GROUND));
    if cell.inverse() {
        std::mem::swap(&mut ink, &mut ground);
    }
    if ground != GROUND {
        writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" fill=\"{ground}\"/>",
            CELL.0, CELL.1
        )
        .unwrap();
    }
    if !cell.contents().trim().is_empty() {
        let weight = if cell.bold() { " font-weight=\"bold\"" } else { "" };
        let text = cell.contents().replace('&', "&amp;").replace('<', "&lt;");
        writeln!(out, "<text x=\"{left}\" y=\"{}\" fill=\"{ink}\"{weight}>{text}</text>", top + 14.0)
            .unwrap();
    }
}

fn colour(colour: vt100::Color, default: &str) -> String {
    const NAMED: [&str; 16] = [
        "#16181d", "#e05561", "#8cc265", "#d5a458", "#4aa5f0", "#c162de", "#42b3c2", "#d4d7dd", "#6b7280",
        "#ff616e", "#a5e075", "#f0bd6a", "#6cbcff", "#de73ff", "#5ccfe0", "#ffffff",
    ];
    match colour {
        vt100::Color::Default => default.into(),
        vt100::Color::Idx(index) if index < 16 => NAMED[usize::from(index)].into(),
        vt100::Color::Idx(index) => {
            let grey = if index >= 232 { 8 + 10 * (index - 232) } else { 128 };
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        vt100::Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    }
}
