//! From what stands on the wire or on paper to digits: the pre-normaliser in front of the numbering-plan
//! library, which by itself refuses `sip:` addresses, «вн. 7» and much else that trunks and people write.
//!
//! Russian rules are decided here (they need no tables); every other country is the library's.

use rlibphonenumber::PHONE_NUMBER_UTIL;
use unicode_normalization::UnicodeNormalization;

use super::Phone;

/// Where the number proper ends and an extension or a parameter begins.
const EXTENSION_MARKS: [&str; 8] = ["доб", "доп", "вн", "ext", "#", ",", ";", "x"];

/// What networks put in the place of a number that the caller hides.
const WITHHELD: [&str; 9] = [
    "anonymous",
    "unavailable",
    "restricted",
    "unknown",
    "<unknown>",
    "private",
    "withheld",
    "anonymous.invalid",
    "0",
];

/// The longest number E.164 allows, in digits.
const LONGEST: usize = 15;

pub(super) fn number(raw: &str) -> Option<Phone> {
    let folded = folded(before_control(raw));
    let written = extension_cut(address_user(&folded));
    let (plus, digits) = digits(written)?;
    let full = if plus { after_plus(digits) } else { without_plus(digits) }?;
    (full.len() <= LONGEST).then(|| full.parse().ok().map(Phone)).flatten()
}

pub(super) fn is_withheld(raw: &str) -> bool {
    let folded = folded(raw);
    let address = folded.trim();
    address.is_empty()
        || address.ends_with("@anonymous.invalid")
        || WITHHELD.contains(&address)
        || WITHHELD.contains(&address_user(address))
}

/// The part before the first control character; a tab counts as a space.
pub(super) fn before_control(raw: &str) -> &str {
    raw.split(|c: char| c.is_control() && c != '\t').next().unwrap_or_default()
}

/// Full-width and other compatibility forms to plain ones.
fn folded(raw: &str) -> String {
    raw.nfkc().flat_map(char::to_lowercase).collect()
}

/// `sip:+7495…@host` to `+7495…`.
fn address_user(address: &str) -> &str {
    let bare = ["sips:", "sip:", "tel:"].iter().find_map(|scheme| address.trim().strip_prefix(scheme));
    let bare = bare.unwrap_or(address.trim());
    bare.split('@').next().unwrap_or(bare)
}

fn extension_cut(written: &str) -> &str {
    let end = EXTENSION_MARKS.iter().filter_map(|mark| written.find(mark)).min().unwrap_or(written.len());
    &written[..end]
}

/// The digits and whether a `+` leads them; `None` when anything stands among them that a number does not
/// have, letters above all: a letter O for a zero would silently give somebody else's number.
fn digits(written: &str) -> Option<(bool, String)> {
    let written = written.trim();
    let (plus, rest) = match written.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let separator = |c: char| c.is_whitespace() || "-().~/‐‑–—".contains(c);
    let foreign = rest.chars().any(|c| !c.is_ascii_digit() && !separator(c));
    (!foreign).then(|| (plus, rest.chars().filter(char::is_ascii_digit).collect()))
}

fn after_plus(digits: String) -> Option<String> {
    match (digits.len(), digits.as_bytes().first()) {
        (11, Some(b'7')) => russian(&digits[1..]),
        // «+8 916 …»: a trunk prefix taken for the country. No country code begins so with such a number.
        (11, Some(b'8')) if is_area(&digits[1..]) => russian(&digits[1..]),
        (_, Some(b'7')) => None,
        _ => foreign(digits, Certainty::Stated),
    }
}

fn without_plus(digits: String) -> Option<String> {
    match (digits.len(), digits.as_bytes().first()) {
        (10, _) => russian(&digits),
        (11, Some(b'7' | b'8')) if is_area(&digits[1..]) => russian(&digits[1..]),
        (12.., Some(b'8')) => digits.strip_prefix("810").and_then(|rest| after_plus(rest.to_owned())),
        (11.., _) => foreign(digits, Certainty::Guessed),
        _ => None,
    }
}

fn russian(national: &str) -> Option<String> {
    is_area(national).then(|| format!("7{national}"))
}

/// Area and mobile codes begin with 3 to 9.
fn is_area(national: &str) -> bool {
    matches!(national.as_bytes().first(), Some(b'3'..=b'9'))
}

#[derive(PartialEq)]
enum Certainty {
    /// A `+` or 8~10 stood in front: a number of a possible length is taken, for plans change faster than tables.
    Stated,
    /// No sign of a country: only what the plan knows to exist.
    Guessed,
}

fn foreign(digits: String, certainty: Certainty) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None).ok()?;
    let good = match certainty {
        Certainty::Stated => PHONE_NUMBER_UTIL.is_possible_number(&number),
        Certainty::Guessed => PHONE_NUMBER_UTIL.is_valid_number(&number),
    };
    good.then_some(digits)
}
