//! The words of a line: `key`, a sign, and values parted by commas; a value is bare or quoted.

use std::str::Chars;

use super::LineFault;
use crate::domain::text::is_visible;

/// One word, e.g. `topic="Имплантация",unknown`.
#[derive(Debug)]
pub struct Word<'l> {
    /// As it stands in the line.
    pub said: &'l str,
    pub key: &'l str,
    /// `None` for a word that says all by itself.
    pub value: Option<(Sign, Vec<Value>)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    Is,
    AtLeast,
    AtMost,
}

const SIGNS: [(&str, Sign); 3] = [(">=", Sign::AtLeast), ("<=", Sign::AtMost), ("=", Sign::Is)];

/// Of a value that is quoted each letter counts; a bare one may be a keyword, an id, the beginning of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    pub text: String,
    pub bare: bool,
}

impl<'l> Word<'l> {
    pub fn of(said: &'l str) -> Result<Word<'l>, LineFault> {
        let end = said.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(said.len());
        let (key, rest) = said.split_at(end);
        let sign = SIGNS.into_iter().find_map(|(written, sign)| Some((sign, rest.strip_prefix(written)?)));
        let Some((sign, rest)) = sign else { return Ok(Word { said, key: said, value: None }) };
        let values = parts(rest, |c| c == ',').into_iter().map(|part| Value::read(part.trim()));
        let values = values.collect::<Option<Vec<_>>>();
        let values = values.ok_or_else(|| LineFault::Quote { word: said.to_owned() })?;
        Ok(Word { said, key, value: Some((sign, values)) })
    }

    pub fn fault(&self, expected: impl Into<String>) -> LineFault {
        LineFault::Value { word: self.said.to_owned(), expected: expected.into() }
    }
}

/// A comma with a space behind it goes on with the word.
pub fn split(line: &str) -> Vec<&str> {
    let mut after_comma = false;
    let ends = move |c: char| {
        let ends = c.is_whitespace() && !after_comma;
        after_comma = c == ',' || after_comma && c.is_whitespace();
        ends
    };
    parts(line, ends).into_iter().filter(|word| !word.is_empty()).collect()
}

/// What stands between the letters that end a part; within quotes nothing ends.
fn parts(text: &str, mut ends: impl FnMut(char) -> bool) -> Vec<&str> {
    let (mut quoted, mut escaped, mut start) = (false, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        let within = quoted;
        quoted ^= c == '"' && !escaped;
        escaped = within && c == '\\' && !escaped;
        if !within && ends(c) {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

impl Value {
    fn read(text: &str) -> Option<Value> {
        let Some(rest) = text.strip_prefix('"') else {
            let bare = !text.contains('"');
            return bare.then(|| Value { text: text.to_owned(), bare });
        };
        let mut letters = rest.chars();
        let mut read = String::new();
        loop {
            match letters.next()? {
                '"' => break,
                '\\' => read.push(escaped(&mut letters)?),
                letter => read.push(letter),
            }
        }
        letters.next().is_none().then_some(Value { text: read, bare: false })
    }

    /// Whether it is the bare word, in any case of letters.
    pub fn is(&self, word: &str) -> bool {
        self.bare && self.text.eq_ignore_ascii_case(word)
    }
}

/// What a backslash stands before.
fn escaped(letters: &mut Chars<'_>) -> Option<char> {
    match letters.next()? {
        letter @ ('"' | '\\') => Some(letter),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'u' => {
            let (code, rest) = letters.as_str().strip_prefix('{')?.split_once('}')?;
            *letters = rest.chars();
            char::from_u32(u32::from_str_radix(code, 16).ok()?)
        }
        _ => None,
    }
}

/// The text as a value: bare where that is as clear, never a word of its own meaning.
pub fn value(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '@' | '#');
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if stands_as_it_is(letter) => quoted.push(letter),
            letter => quoted.extend(letter.escape_unicode()),
        }
    }
    quoted.push('"');
    quoted
}

/// An apostrophe would end the line for a shell that is given it in apostrophes; of the spaces only the common one
/// outlives typing and pasting.
fn stands_as_it_is(letter: char) -> bool {
    letter == ' ' || (is_visible(letter) && !letter.is_whitespace() && letter != '\'')
}
