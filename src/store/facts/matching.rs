//! The calls that only the store can find: with or about a person, by words of the comment, by digits of the number.

use rusqlite::{Connection, Params, params};
use unicode_normalization::UnicodeNormalization;

use crate::domain::fact::{CallNumber, Numbers};
use crate::domain::id::PersonId;
use crate::domain::report::Filter;
use crate::store::Error;

/// `None` when the filter asks nothing of the kind. Unfinished and internal calls may be among them.
pub fn matching(connection: &Connection, filter: &Filter) -> Result<Option<Numbers>, Error> {
    let words = words(&filter.text);
    let digits = digits(&filter.number);
    let found = [
        filter.person.map(|person| of_person(connection, person)),
        asked(&filter.text).then(|| match words.is_empty() {
            true => Ok(Numbers::default()),
            false => select(connection, COMMENTS, [words]),
        }),
        asked(&filter.number).then(|| match digits.is_empty() {
            true => Ok(Numbers::default()),
            false => by_digits(connection, &digits),
        }),
    ];
    let found = found.into_iter().flatten().collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().reduce(|all, these| all.and(&these)))
}

/// What has no word or no digit in it is found nowhere.
fn asked(text: &str) -> bool {
    !text.trim().is_empty()
}

const COMMENTS: &str = "SELECT rowid FROM call_comments WHERE call_comments MATCH ?1";

/// As the index asks for them: every word, each from its beginning. Quoted, so that nothing in it is an operator.
fn words(text: &str) -> String {
    let folded: String =
        text.nfc().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\" *")).collect::<Vec<_>>().join(" ")
}

fn of_person(connection: &Connection, person: PersonId) -> Result<Numbers, Error> {
    let with_or_about = "SELECT number FROM calls WHERE person = ?1
        UNION ALL SELECT number FROM calls WHERE +person IS NULL AND phone IN (
            SELECT phone FROM person_phones AS own WHERE person = ?1 AND NOT EXISTS (
                SELECT 1 FROM person_phones AS other WHERE other.phone = own.phone AND other.person <> ?1))
        UNION ALL SELECT number FROM standing_wrapups AS said JOIN calls ON id = call WHERE about = ?1";
    select(connection, with_or_about, [person.0])
}

/// A whole Russian number dialled the domestic way begins with an 8 that stands for 7.
fn digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8').filter(|national| national.len() == 10) {
        Some(national) => format!("7{national}"),
        None => digits,
    }
}

/// One way over the index of numbers; calls of one number lie together.
fn by_digits(connection: &Connection, digits: &str) -> Result<Numbers, Error> {
    let mut statement = connection
        .prepare_cached("SELECT phone, number FROM calls WHERE phone IS NOT NULL ORDER BY phone")?;
    let mut rows = statement.query([])?;
    let mut last = (0, false);
    let mut found = select(
        connection,
        "SELECT number FROM calls WHERE other IS NOT NULL AND instr(other, ?1)",
        params![digits],
    )?;
    while let Some(row) = rows.next()? {
        let phone: i64 = row.get(0)?;
        if phone != last.0 {
            last = (phone, phone.to_string().contains(digits));
        }
        if last.1 {
            found.insert(CallNumber(row.get(1)?));
        }
    }
    Ok(found)
}

fn select(connection: &Connection, sql: &str, parameters: impl Params) -> Result<Numbers, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let numbers = statement.query_map(parameters, |row| row.get(0).map(CallNumber))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}
