//! Finds what a file names: people by the clinic's codes, entries of directories by their names.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use crate::domain::text::clean;
use crate::store::Error;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Noun {
    Person,
    Employee,
    Branch,
    CallerType,
    Topic,
}

impl Noun {
    fn sql(self) -> &'static str {
        match self {
            Noun::Person => "SELECT id FROM people WHERE code = ?1",
            Noun::Employee => {
                "SELECT person FROM employees WHERE person = (SELECT id FROM people WHERE code = ?1)"
            }
            Noun::Branch => "SELECT id FROM branches WHERE name = ?1",
            Noun::CallerType => "SELECT id FROM caller_types WHERE name = ?1",
            Noun::Topic => "SELECT id FROM topics WHERE name = ?1",
        }
    }

    fn missing(self, name: &str) -> String {
        let name = clean(name);
        match self {
            Noun::Person => format!("nobody has the id «{name}»; import people first"),
            Noun::Employee => format!("no employee has the id «{name}»; import people first"),
            Noun::Branch => format!("there is no branch «{name}»; import lines first"),
            Noun::CallerType => format!("there is no caller type «{name}»"),
            Noun::Topic => format!("there is no topic «{name}»; import topics first"),
        }
    }
}

/// Where a name stands in a file.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub line: u64,
    pub column: &'static str,
}

impl At {
    pub fn refused(self, problem: &str) -> Error {
        Error::Refused(format!("line {}, column {}: {problem}", self.line, self.column))
    }
}

/// Remembers what it found: files name the same people again and again.
pub(super) struct Finder<'d> {
    transaction: &'d Transaction<'d>,
    found: HashMap<(Noun, &'d str), Uuid>,
}

impl<'d> Finder<'d> {
    pub fn new(transaction: &'d Transaction<'d>) -> Finder<'d> {
        Finder { transaction, found: HashMap::new() }
    }

    pub fn find(&mut self, noun: Noun, name: &'d str, at: At) -> Result<Uuid, Error> {
        if let Some(id) = self.found.get(&(noun, name)) {
            return Ok(*id);
        }
        let id =
            self.transaction.prepare_cached(noun.sql())?.query_row([name], |row| row.get(0)).optional()?;
        let id = id.ok_or_else(|| at.refused(&noun.missing(name)))?;
        self.found.insert((noun, name), id);
        Ok(id)
    }

    pub fn find_given(
        &mut self,
        noun: Noun,
        name: &'d Option<String>,
        at: At,
    ) -> Result<Option<Uuid>, Error> {
        name.as_deref().map(|name| self.find(noun, name, at)).transpose()
    }
}
