//! A recording of the demo, looked at and copied on a machine that has no sound.

use std::fs;
use std::path::{Path, PathBuf};

use super::{ENTER, F10, User};
use crate::terminal::Terminal;

const F6: &str = "\x1b[17~";

/// Every call of yesterday that has a recording.
fn recorded(terminal: &mut Terminal) {
    terminal.see("Звонки");
    terminal.send(F6);
    terminal.see("Администраторы по успешности");
    terminal.send(ENTER);
    terminal.see("F4 Фильтр");
    terminal.send("P");
    terminal.see("Строка отчёта");
    terminal.send("yesterday calls recording=yes pane=calls");
    terminal.send(ENTER);
    // The clinic's past may still be on its way into the store.
    while !terminal.wait("the calls", |text| text.contains("♪") || text.contains("звонков нет")).contains('♪')
    {
        terminal.send("r");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}

/// Copies of recordings anywhere under the folder.
fn copies(folder: &Path) -> Vec<PathBuf> {
    let inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = inside.flat_map(|path| if path.is_dir() { copies(&path) } else { vec![path] });
    found.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("pult-20")).collect()
}

#[test]
fn without_a_device_a_recording_is_seen_marked_and_copied() {
    let user = User::new();
    let mut terminal = user.start(&["demo"], (120, 40));
    recorded(&mut terminal);
    terminal.send("p");
    let screen = terminal.see("Не слышно: ");
    assert!(screen.contains("c Копия") && screen.contains('█'), "{screen}");
    assert!(!screen.contains("На телефон"), "the demo has no phones: {screen}");
    terminal.send("5m");
    terminal.see("Отметка: что здесь слышно");
    terminal.send("жалоба");
    terminal.send(ENTER);
    terminal.see("◆ 0:");
    terminal.send("H");
    terminal.see("бережётся");
    terminal.send("c");
    terminal.see(".wav");
    let copies = copies(user.home.path());
    let [copy] = &copies[..] else { panic!("one copy: {copies:?}") };
    assert!(fs::read(copy).unwrap().starts_with(b"RIFF"));
    terminal.send("n");
    terminal.wait("the next recording", |text| !text.contains("бережётся") && text.contains("Не слышно"));
    terminal.send(F10);
    assert!(terminal.wait_for_exit().success());
}
