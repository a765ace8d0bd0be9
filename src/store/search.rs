//! People by what an operator types: parts of the name in either order, in either layout, or the last digits of
//! a phone.
//!
//! Two sorted indexes of folded words answer everything. A pair of prefixes is looked up by walking the
//! distinct first words under the one prefix and seeking the other within each: as many seeks as there are
//! distinct words, however many people bear them.

use rusqlite::{Connection, params};

use crate::domain::name::{in_other_layout, words};
use crate::domain::person::PersonBrief;

use super::{Error, people};

/// Fewer digits than this are no phone to look for.
const DIGITS: usize = 3;

/// From this many letters on a prefix leads to few surnames; given names are few under any.
const TELLING: usize = 5;

/// Best first: in the order typed before the other order, by surname within each.
pub fn people(connection: &Connection, text: &str, limit: usize) -> Result<Vec<PersonBrief>, Error> {
    if let Some(digits) = last_digits(text) {
        return by_last_digits(connection, &digits, limit);
    }
    let found = by_words(connection, &words(text), limit)?;
    match found.is_empty() {
        true => by_words(connection, &words(&in_other_layout(text)), limit),
        false => Ok(found),
    }
}

/// The digits of a text that is nothing but a part of a phone number.
fn last_digits(text: &str) -> Option<String> {
    let is_phone = text.chars().all(|sign| sign.is_ascii_digit() || " +-().".contains(sign));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match is_phone && (DIGITS..=15).contains(&digits.len()) {
        // A whole number dialled the domestic way: the 8 is not a part of it.
        true if digits.len() == 11 && digits.starts_with('8') => Some(digits[1..].to_owned()),
        true => Some(digits),
        false => None,
    }
}

fn by_last_digits(connection: &Connection, digits: &str, limit: usize) -> Result<Vec<PersonBrief>, Error> {
    let (Ok(tail), Ok(length)) = (digits.parse::<i64>(), u32::try_from(digits.len())) else {
        return Ok(vec![]);
    };
    people::briefs(
        connection,
        "WHERE id IN (SELECT person FROM person_phones WHERE phone % 1000 = ?1 AND phone % ?2 = ?3)
         ORDER BY surname_key, given_key, rest_key LIMIT ?4",
        params![tail % 1000, 10_i64.pow(length), tail, limit as i64],
    )
}

fn by_words(connection: &Connection, words: &[String], limit: usize) -> Result<Vec<PersonBrief>, Error> {
    let mut found = Found { connection, people: vec![], limit };
    match words {
        [] => {}
        [word] => {
            found.by_surname(word)?;
            found.by_given(word)?;
        }
        [one, other] => {
            found.by_pair(one, other, "")?;
            found.by_pair(other, one, "")?;
        }
        [first, second, rest @ ..] => {
            found.by_pair(first, second, &rest.join(" "))?;
            if let [third] = rest {
                found.by_pair(third, first, second)?;
            }
        }
    }
    Ok(found.people)
}

/// What was found so far: each way to read the words adds to it until there is enough.
struct Found<'a> {
    connection: &'a Connection,
    people: Vec<PersonBrief>,
    limit: usize,
}

impl Found<'_> {
    fn by_surname(&mut self, prefix: &str) -> Result<(), Error> {
        self.add(
            "WHERE surname_key >= ?1 AND surname_key < ?2 ORDER BY surname_key, given_key, rest_key LIMIT ?3",
            params![prefix, after(prefix), self.limit as i64],
        )
    }

    fn by_given(&mut self, prefix: &str) -> Result<(), Error> {
        self.add(
            "WHERE given_key >= ?1 AND given_key < ?2 ORDER BY given_key, surname_key, rest_key LIMIT ?3",
            params![prefix, after(prefix), self.limit as i64],
        )
    }

    fn by_pair(&mut self, surname: &str, given: &str, rest: &str) -> Result<(), Error> {
        let condition = match surname.chars().count() < TELLING {
            true => BY_GIVEN_NAMES,
            false => BY_SURNAMES,
        };
        let parameters =
            params![surname, after(surname), given, after(given), rest, after(rest), self.limit as i64];
        self.add(condition, parameters)
    }

    fn add(&mut self, condition: &'static str, parameters: impl rusqlite::Params) -> Result<(), Error> {
        if self.people.len() >= self.limit {
            return Ok(());
        }
        for person in people::briefs(self.connection, condition, parameters)? {
            if !self.people.iter().any(|known| known.id == person.id) {
                self.people.push(person);
            }
        }
        self.people.truncate(self.limit);
        Ok(())
    }
}

/// Walks the distinct surnames under ?1.
const BY_SURNAMES: &str = "JOIN (
    WITH RECURSIVE surnames (surname) AS (
        SELECT min(surname_key) FROM people WHERE surname_key >= ?1 AND surname_key < ?2
        UNION ALL
        SELECT (SELECT min(surname_key) FROM people WHERE surname_key > surname AND surname_key < ?2)
        FROM surnames WHERE surname IS NOT NULL)
    SELECT people.rowid AS place FROM surnames CROSS JOIN people ON surname_key = surname
        AND given_key >= ?3 AND given_key < ?4 AND rest_key >= ?5 AND rest_key < ?6
    LIMIT ?7) ON place = people.rowid
    ORDER BY surname_key, given_key, rest_key";

/// Walks the distinct given names under ?3: a clinic knows some hundreds of them.
const BY_GIVEN_NAMES: &str = "JOIN (
    WITH RECURSIVE given_names (given) AS (
        SELECT min(given_key) FROM people WHERE given_key >= ?3 AND given_key < ?4
        UNION ALL
        SELECT (SELECT min(given_key) FROM people WHERE given_key > given AND given_key < ?4)
        FROM given_names WHERE given IS NOT NULL)
    SELECT people.rowid AS place FROM given_names CROSS JOIN people ON given_key = given
        AND surname_key >= ?1 AND surname_key < ?2 AND rest_key >= ?5 AND rest_key < ?6
    LIMIT ?7) ON place = people.rowid
    ORDER BY surname_key, given_key, rest_key";

/// The first text after all that begin with `prefix`.
fn after(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}
