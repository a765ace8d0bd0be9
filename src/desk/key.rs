//! A key press, and its name in the key tables: `f2`, `ctrl+p`, `alt+t`, `j`, `enter`.

use std::fmt;
use std::str::FromStr;

use crate::domain::keyboard;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum KeyCode {
    Char(char),
    F(u8),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

const NAMES: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
];

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

impl Key {
    pub fn plain(code: KeyCode) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    pub fn char(char: char) -> Key {
        Key::plain(KeyCode::Char(char))
    }

    /// A character to be typed, not a command.
    pub fn typed(&self) -> Option<char> {
        match self.code {
            KeyCode::Char(char) if !self.ctrl && !self.alt => Some(char),
            _ => None,
        }
    }

    pub fn digit(&self) -> Option<u32> {
        self.typed().and_then(|char| char.to_digit(10))
    }

    /// The same key whatever the terminal says of Shift: a character already carries it.
    pub fn canonical(self) -> Key {
        match self.code {
            KeyCode::Char(char) if self.ctrl || self.alt => {
                Key { code: KeyCode::Char(lower(char)), shift: false, ..self }
            }
            KeyCode::Char(_) => Key { shift: false, ..self },
            KeyCode::Tab if self.shift => Key { code: KeyCode::BackTab, shift: false, ..self },
            KeyCode::BackTab => Key { shift: false, ..self },
            _ => self,
        }
    }

    /// The key of the Latin layout that stands in the same place.
    pub fn latin(self) -> Key {
        match self.code {
            KeyCode::Char(char) => Key { code: KeyCode::Char(keyboard::to_latin(char)), ..self }.canonical(),
            _ => self,
        }
    }
}

fn lower(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

impl FromStr for Key {
    type Err = ();

    fn from_str(name: &str) -> Result<Key, ()> {
        let (modifiers, code) = match (name.strip_suffix("++"), name.rsplit_once('+')) {
            (Some(modifiers), _) => (modifiers, "+"),
            (None, Some((modifiers, code))) if !code.is_empty() => (modifiers, code),
            _ => ("", name),
        };
        let mut key = Key::plain(code_named(code).ok_or(())?);
        for modifier in modifiers.split('+').filter(|modifier| !modifier.is_empty()) {
            match modifier {
                "ctrl" => key.ctrl = true,
                "alt" => key.alt = true,
                "shift" => key.shift = true,
                _ => return Err(()),
            }
        }
        Ok(key.canonical())
    }
}

fn code_named(name: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    let mut chars = name.chars();
    match (chars.next()?, chars.as_str()) {
        (char, "") => Some(KeyCode::Char(char)),
        ('f', number) => number.parse().ok().filter(|number| (1..=24).contains(number)).map(KeyCode::F),
        _ => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl+"), (self.alt, "alt+"), (self.shift, "shift+")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::F(number)) => write!(f, "f{number}"),
            (None, KeyCode::Char(char)) => write!(f, "{char}"),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for name in
            ["f2", "f12", "ctrl+p", "alt+t", "j", "J", "?", ":", "+", "ctrl++", "enter", "space", "shift+up"]
        {
            let key: Key = name.parse().unwrap();
            assert_eq!(key.to_string(), name);
        }
        for wrong in ["", "f0", "f99", "hyper+a", "nokey"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_russian_layout_folds_by_place_with_modifiers_too() {
        assert_eq!(Key::char('о').latin(), Key::char('j'));
        assert_eq!(Key { alt: true, ..Key::char('е') }.latin(), "alt+t".parse().unwrap());
        assert_eq!(Key { ctrl: true, ..Key::char('З') }.latin(), "ctrl+p".parse().unwrap());
        assert_eq!(Key::char('Ж').latin(), Key::char(':'));
    }
}
