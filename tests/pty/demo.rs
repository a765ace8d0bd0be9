//! `pult demo` from the ring to the figure.

use super::{ENTER, F2, F7, User};

const DOWN: &str = "\x1b[B";
const LEFT: &str = "\x1b[D";
const F4: &str = "\x1bOS";
const F6: &str = "\x1b[17~";

/// A patient of the sample clinic who owes, is insured, and shares the number with nobody.
const DAY: &str = r#"
[[call]]
at = 0.5
number = "+79443056888"
line = "74950000001"
rings = ["101"]
wait = 2
agent = "101"
talk = 4
"#;

const MISSED: &str = r#"
[[call]]
at = 1
number = "+79419000000"
rings = ["101"]
wait = 1.5
"#;

#[test]
fn a_ringing_call_is_wrapped_up_found_in_the_report_and_drilled_to() {
    let user = User::new();
    let day = user.file("day.toml", DAY);
    let mut terminal = user.start(&["demo", "--script", &day], (120, 40));
    terminal.see("Толстая");
    terminal.see("долг");
    terminal.send("6888");
    terminal.see("7 Прочие и контрагенты");
    terminal.send("1");
    terminal.see("Имплантация");
    terminal.send("имп");
    terminal.wait("the topic alone in the list", |text| !text.contains("Острая боль"));
    terminal.send(ENTER);
    terminal.send("хочет имплант к лету");
    terminal.see("к лету");
    terminal.send(F2);
    terminal.see("Сохранено");
    terminal.see("говорят 1");
    terminal.see("говорят 0");

    terminal.send(F6);
    terminal.see("Администраторы по успешности");
    terminal.send(F4);
    terminal.see("‹ этот месяц ›");
    // Presets of the period, back to today.
    while !terminal.text().contains("‹ сегодня ›") {
        let before = terminal.text();
        terminal.send(LEFT);
        terminal.wait("the next preset", |text| text != before);
    }
    terminal.send(ENTER);
    terminal.see("Итого");
    terminal.see("Смирнова Анна");
    terminal.send(ENTER);
    terminal.see("▾");
    terminal.send(DOWN);
    terminal.send(ENTER);
    let calls = terminal.see("хочет имплант к лету");
    assert!(calls.contains("Имплантация"), "{calls}");
}

#[test]
fn a_missed_call_is_one_key_away() {
    let user = User::new();
    let day = user.file("day.toml", MISSED);
    let mut terminal = user.start(&["demo", "--script", &day, "--language", "en"], (80, 24));
    terminal.see("missed");
    terminal.send(F7);
    terminal.see("941 900-00-00");
}
