//! JSON as templates make it: values may be bare, quoted, quoted twice, or never filled in; commas may be missing,
//! brackets unclosed. Reads what can be read, in one pass, and gives names to values without their nesting.

use super::Reading;

/// No template nests deeper than 2.
const DEEPEST: usize = 8;
/// Values kept of one array.
const MOST_VALUES: usize = 256;
/// Longest value, in characters.
const LONGEST: usize = 4096;

/// `text` begins with the object's brace.
pub fn object(text: &str, reading: &mut Reading) {
    Cursor::over(text).object(reading, 0);
}

/// One value of a query: quoted, an array, or bare to its end.
pub fn value(text: &str) -> Vec<String> {
    let mut cursor = Cursor::over(text);
    cursor.skip_space();
    match cursor.peek() {
        Some('"') => cursor.quoted(),
        Some('[') => cursor.array(0),
        _ => vec![text.trim().chars().take(LONGEST).collect()],
    }
}

#[derive(Clone)]
struct Cursor<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
}

impl<'a> Cursor<'a> {
    fn over(text: &'a str) -> Cursor<'a> {
        Cursor { rest: text.chars().peekable() }
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        while self.rest.next_if(|&c| skipped(c)).is_some() {}
    }

    fn skip_space(&mut self) {
        self.skip(char::is_whitespace);
    }

    fn object(&mut self, reading: &mut Reading, depth: usize) {
        self.rest.next();
        loop {
            self.skip(|c| c.is_whitespace() || c == ',' || c == ';');
            match self.peek() {
                None => return,
                Some('}') => {
                    self.rest.next();
                    return;
                }
                Some(_) if reading.is_full() => return,
                Some(_) => self.field(reading, depth),
            }
        }
    }

    /// Always goes on by at least one character.
    fn field(&mut self, reading: &mut Reading, depth: usize) {
        let name = match self.peek() {
            Some('"') => self.string(&[':']),
            _ => self.bare(&[':', ',', '}', '\n']),
        };
        self.skip_space();
        if self.rest.next_if_eq(&':').is_none() {
            // No name at all: whatever stopped it is passed over.
            self.rest.next_if(|&c| c != '}');
            return;
        }
        self.skip_space();
        match self.peek() {
            Some('{') if self.is_unfilled() => {
                self.unfilled();
                reading.take(&name, vec![]);
            }
            Some('{') if depth < DEEPEST => self.object(reading, depth + 1),
            Some('[') => reading.take(&name, self.array(depth)),
            Some('"') => reading.take(&name, self.quoted()),
            _ => reading.take(&name, vec![self.bare(&[',', '}', '\n'])]),
        }
    }

    /// The scalars of an array; what is nested in it is passed over.
    fn array(&mut self, depth: usize) -> Vec<String> {
        self.rest.next();
        let mut values = Vec::new();
        loop {
            self.skip(|c| c.is_whitespace() || c == ',');
            match self.peek() {
                None => return values,
                Some(']') => {
                    self.rest.next();
                    return values;
                }
                Some('}') => return values,
                Some('{') if self.is_unfilled() => self.unfilled(),
                Some('{') if depth < DEEPEST => self.object(&mut Reading::default(), depth + 1),
                Some('[') if depth < DEEPEST => drop(self.array(depth + 1)),
                Some('{' | '[') => drop(self.rest.next()),
                Some('"') => keep(&mut values, self.string(&[',', ']'])),
                Some(_) => keep(&mut values, self.bare(&[',', ']', '}'])),
            }
        }
    }

    /// A value in quotes. Quotes around an array are the template author's own.
    fn quoted(&mut self) -> Vec<String> {
        let mut ahead = self.clone();
        ahead.rest.next();
        if ahead.rest.next_if_eq(&'[').is_some() {
            let mut inner = self.clone();
            inner.rest.next();
            let values = inner.array(DEEPEST);
            if inner.rest.next_if_eq(&'"').is_some() && inner.is_at_border(&[',', '}']) {
                *self = inner;
                return values;
            }
        }
        vec![self.string(&[',', '}'])]
    }

    /// To the quote behind which a value can end: one before anything else belongs to the text. Quotes within
    /// quotes are the author's own around the platform's, and no part of the value.
    fn string(&mut self, borders: &[char]) -> String {
        self.rest.next();
        let mut text = String::new();
        let mut length = 0;
        while let Some(c) = self.rest.next() {
            let c = match c {
                '"' if self.clone().is_at_border(borders) => break,
                '\\' => self.escape(),
                c => Some(c),
            };
            length += 1;
            text.extend(c.filter(|_| length <= LONGEST));
        }
        let inner = text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
        inner.map_or(text.clone(), str::to_owned)
    }

    /// The end of a line is one too: somebody forgot the comma.
    fn is_at_border(&mut self, borders: &[char]) -> bool {
        self.skip(|c| c.is_whitespace() && c != '\n');
        self.peek().is_none_or(|c| c == '\n' || borders.contains(&c))
    }

    fn escape(&mut self) -> Option<char> {
        match self.rest.next()? {
            'n' => Some('\n'),
            't' => Some('\t'),
            'r' | 'b' | 'f' => None,
            'u' => self.code(),
            c => Some(c),
        }
    }

    /// `\uXXXX`, of which two may be one character.
    fn code(&mut self) -> Option<char> {
        let high = self.hex()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        let mut ahead = self.clone();
        if ahead.rest.next() != Some('\\') || ahead.rest.next() != Some('u') {
            return None;
        }
        let low = ahead.hex().filter(|low| (0xdc00..0xe000).contains(low))?;
        *self = ahead;
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
    }

    fn hex(&mut self) -> Option<u32> {
        let mut ahead = self.clone();
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + ahead.rest.next()?.to_digit(16)?;
        }
        *self = ahead;
        Some(code)
    }

    fn bare(&mut self, ends: &[char]) -> String {
        let mut text = String::new();
        let mut length = 0;
        while let Some(c) = self.rest.next_if(|c| !ends.contains(c)) {
            length += 1;
            text.extend(Some(c).filter(|_| length <= LONGEST));
        }
        text.trim().to_owned()
    }

    fn is_unfilled(&self) -> bool {
        let mut ahead = self.clone();
        ahead.rest.next() == Some('{') && ahead.rest.next() == Some('{')
    }

    fn unfilled(&mut self) {
        self.skip(|c| c == '{');
        self.skip(|c| c != '}' && c != '\n');
        for _ in 0..2 {
            self.rest.next_if_eq(&'}');
        }
    }
}

fn keep(values: &mut Vec<String>, value: String) {
    if values.len() < MOST_VALUES {
        values.push(value);
    }
}
