//! A report's state as one line that a person reads, copies, types and gives to `pult report`:
//!
//! `month patients employee/outcome patients-only topic="Имплантация",unknown wait>=30s sort=-money`
//!
//! Words in any order; what is not said is as in a fresh report. Keywords are English, for they are a format; values
//! are the directories' names, ids where a name says too little. Every view comes back from its line as it was.

mod dates;
mod keyword;
pub mod lengths;
mod names;
mod reader;
mod words;
mod writer;

use crate::domain::directory::Directories;

use super::level::Level;
use super::view::View;
use words::Word;

pub use dates::day;
pub use keyword::Keyword;
pub use names::listed_names;
pub use words::quoted;

/// Which word is wrong and what was expected in its place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LineFault {
    #[error(
        "there is no word {word}; expected a period, calls or patients, levels, patients-only, or one of {expected}"
    )]
    Word { word: String, expected: String },
    #[error("{word}: expected {expected}")]
    Value { word: String, expected: String },
    /// No entry of the level's directory has the name or begins with it.
    #[error("{word}: no such {}: {name}", keyword::Keyword::word(*level))]
    NoName { word: String, level: Level, name: String },
    #[error("{word}: more than one {} begins with {name}: {}", keyword::Keyword::word(*level), names.join(", "))]
    SeveralNames { word: String, level: Level, name: String, names: Vec<String> },
    #[error("{word}: already said")]
    Twice { word: String },
    #[error(
        "{word}: a quote is not closed, or a backslash stands before something else than \" \\ n r t u{{...}}"
    )]
    Quote { word: String },
}

impl View {
    pub fn line(&self, directories: &Directories) -> String {
        writer::written(self, directories)
    }

    pub fn read(line: &str, directories: &Directories) -> Result<View, LineFault> {
        let mut reader = reader::Reader::new(directories);
        for word in words::split(line) {
            reader.take(&Word::of(word)?)?;
        }
        Ok(reader.view())
    }
}

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;
