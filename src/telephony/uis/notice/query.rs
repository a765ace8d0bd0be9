//! `name=value&name=value`: an address's query or a form, with the values as JSON, their quotes included, or bare.

use super::{MOST_FIELDS, Reading, loose, variables};

pub fn pairs(text: &str, reading: &mut Reading) {
    for (name, value) in split(text) {
        // The vendor forgets an `&`: the value of one name runs into the next name.
        match run_together(value) {
            Some((value, next, rest)) => {
                reading.take(&decoded(name), loose::value(&decoded(value)));
                reading.take(next, loose::value(&decoded(rest)));
            }
            None => reading.take(&decoded(name), loose::value(&decoded(value))),
        }
    }
}

/// Parts without a name belong to the value before: it held an `&` that nobody encoded.
fn split(text: &str) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    let mut begin = 0;
    for part in text.split('&').take(MOST_FIELDS) {
        let end = begin + part.len();
        match (part.find('='), pairs.last_mut()) {
            (Some(at), _) => pairs.push((begin, begin + at, end)),
            (None, Some((_, _, last))) => *last = end,
            (None, None) => {}
        }
        begin = end + 1;
    }
    pairs.into_iter().map(|(begin, at, end)| (&text[begin..at], &text[at + 1..end])).collect()
}

/// A whole value, the name that follows it at once, and that one's value.
fn run_together(value: &str) -> Option<(&str, &'static str, &str)> {
    let (before, rest) = value.split_once('=')?;
    let name = variables::at_end_of(before)?;
    let value = &before[..before.len() - name.len()];
    is_whole(value).then_some((value, name, rest))
}

/// A link may well hold `name=`: only a number, nothing, or a closed quote ends without an `&`.
fn is_whole(value: &str) -> bool {
    let quoted =
        |quote: &str| value.len() > quote.len() && value.starts_with(quote) && value.ends_with(quote);
    value.is_empty()
        || value == "null"
        || value.bytes().all(|byte| byte.is_ascii_digit())
        || (value.starts_with("{{") && value.ends_with("}}"))
        || (value.starts_with("%7B%7B") && value.ends_with("%7D%7D"))
        || variables::is_variable(value)
        || quoted("\"")
        || quoted("%22")
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, after),
                _ => (b'%', &rest[1..]),
            },
            (b'+', after) => (b' ', after),
            (byte, after) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
