//! Clinics by CSV files, UTF-8, one file for each kind of record; `sample-data/README.md` names the columns.
//!
//! `rows` finds the form of the file, `wire` has the columns, `map` reads the values. A file is read whole or not
//! at all: the first thing wrong is told with its line and column.

mod map;
mod rows;
mod value;
mod wire;

use std::fmt;

use chrono_tz::Tz;

use crate::domain::clinic::{
    CallRecord, LineRecord, Numbered, PersonRecord, TaskRecord, TopicRecord, VisitRecord,
};

/// What is wrong with a file, and where.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Fault {
    pub line: Option<u64>,
    pub column: Option<&'static str>,
    /// What stands there and what should.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.problem),
            (Some(line), None) => write!(f, "line {line}: {}", self.problem),
            (None, _) => f.write_str(&self.problem),
        }
    }
}

impl std::error::Error for Fault {}

/// What each kind of file may have for columns, for people to read.
pub fn columns() -> [(&'static str, String); 6] {
    [
        ("lines", wire::Line::COLUMNS.to_string()),
        ("topics", wire::Topic::COLUMNS.to_string()),
        ("people", wire::Person::COLUMNS.to_string()),
        ("visits", wire::Visit::COLUMNS.to_string()),
        ("tasks", wire::Task::COLUMNS.to_string()),
        ("calls", wire::Call::COLUMNS.to_string()),
    ]
}

pub fn people(file: &[u8]) -> Result<Vec<Numbered<PersonRecord>>, Fault> {
    wire::read(file, &wire::Person::COLUMNS, |raw| map::person(&raw.row()?))
}

/// Times without an offset are local times in `zone`; so in the others below.
pub fn visits(file: &[u8], zone: Tz) -> Result<Vec<Numbered<VisitRecord>>, Fault> {
    wire::read(file, &wire::Visit::COLUMNS, |raw| map::visit(&raw.row()?, zone))
}

pub fn calls(file: &[u8], zone: Tz) -> Result<Vec<Numbered<CallRecord>>, Fault> {
    wire::read(file, &wire::Call::COLUMNS, |raw| map::call(&raw.row()?, zone))
}

pub fn tasks(file: &[u8], zone: Tz) -> Result<Vec<Numbered<TaskRecord>>, Fault> {
    wire::read(file, &wire::Task::COLUMNS, |raw| map::task(&raw.row()?, zone))
}

pub fn lines(file: &[u8]) -> Result<Vec<Numbered<LineRecord>>, Fault> {
    wire::read(file, &wire::Line::COLUMNS, |raw| map::line(&raw.row()?))
}

pub fn topics(file: &[u8]) -> Result<Vec<Numbered<TopicRecord>>, Fault> {
    wire::read(file, &wire::Topic::COLUMNS, |raw| map::topic(&raw.row()?))
}
