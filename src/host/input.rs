//! Terminal input as crossterm parses it, turned into the desk's own events.

use crossterm::event as term;

use crate::desk::{Event, Key, KeyCode, Mouse, MouseKind};

/// `None` for what no desk listens to (key releases, focus, mouse moves).
pub fn event(event: term::Event) -> Option<Event> {
    match event {
        term::Event::Key(key) if key.kind != term::KeyEventKind::Release => self::key(key).map(Event::Key),
        term::Event::Mouse(mouse) => self::mouse(mouse).map(Event::Mouse),
        term::Event::Paste(text) => Some(Event::Paste(text)),
        term::Event::Resize(width, height) => Some(Event::Resize { width, height }),
        _ => None,
    }
}

fn key(key: term::KeyEvent) -> Option<Key> {
    let held = |modifier| key.modifiers.contains(modifier);
    Some(Key {
        code: code(key.code)?,
        ctrl: held(term::KeyModifiers::CONTROL),
        alt: held(term::KeyModifiers::ALT),
        shift: held(term::KeyModifiers::SHIFT),
    })
}

fn code(code: term::KeyCode) -> Option<KeyCode> {
    Some(match code {
        term::KeyCode::Char(character) => KeyCode::Char(character),
        term::KeyCode::F(number) => KeyCode::F(number),
        term::KeyCode::Enter => KeyCode::Enter,
        term::KeyCode::Esc => KeyCode::Esc,
        term::KeyCode::Tab => KeyCode::Tab,
        term::KeyCode::BackTab => KeyCode::BackTab,
        term::KeyCode::Backspace => KeyCode::Backspace,
        term::KeyCode::Delete => KeyCode::Delete,
        term::KeyCode::Insert => KeyCode::Insert,
        term::KeyCode::Up => KeyCode::Up,
        term::KeyCode::Down => KeyCode::Down,
        term::KeyCode::Left => KeyCode::Left,
        term::KeyCode::Right => KeyCode::Right,
        term::KeyCode::Home => KeyCode::Home,
        term::KeyCode::End => KeyCode::End,
        term::KeyCode::PageUp => KeyCode::PageUp,
        term::KeyCode::PageDown => KeyCode::PageDown,
        _ => return None,
    })
}

fn mouse(mouse: term::MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        term::MouseEventKind::Down(term::MouseButton::Left) => MouseKind::Press,
        term::MouseEventKind::ScrollUp => MouseKind::ScrollUp,
        term::MouseEventKind::ScrollDown => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { kind, column: mouse.column, row: mouse.row })
}
