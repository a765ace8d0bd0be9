//! Values by the words that name them: those of the program, and those of the directories.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::Failure;
use crate::domain::directory::Directories;
use crate::domain::report::{Keyword, Level, LineFault, View, listed_names, quoted};

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

/// Of lines their numbers as well.
fn entries(level: Level, directories: &Directories) -> Vec<&str> {
    let lines = if level == Level::Line { directories.lines.as_slice() } else { &[] };
    let numbers = lines.iter().map(|line| line.number.as_str());
    numbers.chain(listed_names(level, directories)).collect()
}
