//! The mission's questions, each asked from the desk in a few keys, down to the calls behind a figure.

use super::{ENTER, User};
use crate::terminal::Terminal;

const F6: &str = "\x1b[17~";
const RIGHT: &str = "\x1b[C";
const ESC: &str = "\x1b";
const BACKSPACE: &str = "\x7f";
const MOST_KEYS: usize = 8;

/// One missed call, so that the day has one; it rings when the clinic's past is loaded.
const DAY: &str = r#"
[[call]]
at = 0.5
number = "+79419000000"
line = "74950000001"
rings = ["101"]
wait = 1
"#;

/// What is asked, the keys that ask it from the desk, and what the screen then shows.
const SCENARIOS: [(&str, &[&str], &[&str]); 8] = [
    ("administrators by success", &[F6, "1", ENTER], &["Сотрудник › Успешность", "Итого", "Записался"]),
    ("«Имплантация» not booked", &[F6, "2", ENTER], &["Успешность: Не записался", "Имплантация"]),
    ("channels by money", &[F6, "3"], &["Рекламные каналы", "Выручка", "₽"]),
    ("missed today without employees", &[F6, "4"], &["без сотрудников и контрагентов", "Пропущенный"]),
    ("one patient's history", &[F6, "0", "т", "о", "л", "с", ENTER], &["Толстая"]),
    ("outgoing by CRM tasks", &[F6, "6", ENTER], &["Направление: исходящие", "Пациент. Задача CRM"]),
    ("who waits too long", &[F6, "7"], &["!"]),
    ("long talks without a booking", &[F6, "8"], &["!", "Не записался"]),
];

#[test]
fn the_missions_questions_are_answered_within_eight_keys() {
    let user = User::new();
    let day = user.file("day.toml", DAY);
    let mut terminal = user.start(&["demo", "--script", &day], (160, 40));
    terminal.see("пропущен");
    for (what, keys, answer) in SCENARIOS {
        assert!(ask(&mut terminal, keys) <= MOST_KEYS, "{what}");
        for words in answer {
            terminal.wait(&format!("{what}: «{words}»"), |text| text.contains(words));
        }
        back_to_the_desk(&mut terminal);
    }
}

/// Key by key, as fast as a person: each after the screen has taken the one before. Answers how many it took.
fn ask(terminal: &mut Terminal, keys: &[&str]) -> usize {
    let mut pressed = keys.len();
    for (nth, key) in keys.iter().enumerate() {
        let before = terminal.text();
        // The last report stands under the list of reports, which F6 alone does not open again.
        if nth == 1 && !before.contains("Отчёты ─") {
            terminal.send("o");
            terminal.see("Отчёты ─");
            pressed += 1;
        }
        let before = terminal.text();
        terminal.send(key);
        terminal.wait("what the key does", |text| text != before);
    }
    pressed
}

fn back_to_the_desk(terminal: &mut Terminal) {
    while !terminal.text().contains("┌ Звонки ─") {
        let before = terminal.text();
        terminal.send(ESC);
        terminal.wait("a step back", |text| text != before);
    }
}

#[test]
fn a_figure_is_explained_opened_and_left_to_the_same_place() {
    let user = User::new();
    let day = user.file("day.toml", DAY);
    let mut terminal = user.start(&["demo", "--script", &day], (120, 40));
    terminal.see("пропущен");
    terminal.send(&format!("{F6}1"));
    let table = terminal.see("Итого");
    terminal.send("\t");
    terminal.wait("a figure chosen", |text| text != table);
    for _ in 0..5 {
        let before = terminal.text();
        terminal.send(RIGHT);
        terminal.wait("the next figure", |text| text != before);
    }
    let chosen = terminal.text();
    terminal.send("x");
    let explained = terminal.see("окно до");
    assert!(explained.contains("Записались") && explained.contains("разговор"), "{explained}");
    terminal.send(ENTER);
    terminal.see("Длит.");
    terminal.send(BACKSPACE);
    terminal.wait("the same figure", |text| lines(text) == lines(&chosen));
}

/// The report's rows, the figure that is chosen marked among them.
fn lines(text: &str) -> Vec<&str> {
    text.lines().skip(1).take(9).collect()
}
