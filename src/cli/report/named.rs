//! Values by the words that name them: those of the program, and those of the directories.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::Failure;
use crate::domain::directory::Directories;
use crate::domain::report::{Keyword, Level, LineFault, View};

/// A flag that takes one of the program's words; its help lists them all.
pub fn word<T: Keyword + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let words = PossibleValuesParser::new(T::VALUES.iter().map(|value| value.word()));
    words.try_map(|word| T::named(&word).ok_or("there is no such word"))
}

/// A report's screen from its line.
pub fn view(line: &str, directories: &Directories) -> Result<View, Failure> {
    View::read(line, directories).map_err(|fault| failure(fault, directories))
}

/// One word of a line whose values are `texts`: as they are typed, with the words for what is not known.
pub fn word_of(key: &str, texts: &[String]) -> String {
    let value = |text: &String| match text.to_lowercase().as_str() {
        known @ ("unknown" | "none") => known.to_owned(),
        _ => quoted(text),
    };
    format!("{key}={}", texts.iter().map(value).collect::<Vec<_>>().join(","))
}

pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

/// What is wrong, with the names there are.
pub fn failure(fault: LineFault, directories: &Directories) -> Failure {
    match fault {
        LineFault::NoName { level, name, .. } => {
            Failure::new(format!("no {} is called «{name}»", level.word()))
                .hint(format!("there are: {}", entries(level, directories).join("; ")))
        }
        LineFault::SeveralNames { level, name, names, .. } => {
            Failure::new(format!("«{name}» begins the name of more than one {}", level.word()))
                .hint(format!("write more of: {}", names.join("; ")))
        }
        other => Failure::new(other).hint("pult report --help shows how a line is written"),
    }
}

fn entries(level: Level, directories: &Directories) -> Vec<&str> {
    let names: Vec<&String> = match level {
        Level::Employee => directories.employees.iter().map(|entry| &entry.name).collect(),
        Level::Topic => directories.topics.iter().map(|entry| &entry.name).collect(),
        Level::Channel => directories.channels.iter().map(|entry| &entry.name).collect(),
        Level::CallerType => directories.caller_types.iter().map(|entry| &entry.name).collect(),
        Level::Branch => directories.branches.iter().map(|entry| &entry.name).collect(),
        Level::Line => directories.lines.iter().flat_map(|entry| [&entry.number, &entry.name]).collect(),
        _ => vec![],
    };
    names.into_iter().map(String::as_str).filter(|name| !name.is_empty()).collect()
}
