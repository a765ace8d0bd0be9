//! What is wrong in a report's line, and why the engine keeps no reports by name.

use super::Words;
use crate::domain::desk::Refusal;
use crate::domain::report::LineFault;

impl Words<'_> {
    /// Which word, and what was expected: keywords as they are written, for they are a format.
    pub fn fault(&self, fault: &LineFault) -> String {
        let said = |key: &str, values: &[(&'static str, &str)]| {
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
            self.look.say_with(key, &values)
        };
        match fault {
            LineFault::Word { word, expected } => {
                said("line-unknown-word", &[("word", word), ("expected", expected)])
            }
            LineFault::Value { word, expected } => {
                said("line-wrong-value", &[("word", word), ("expected", expected)])
            }
            LineFault::NoName { word, level, name } => {
                said("line-no-name", &[("word", word), ("level", &self.level(*level)), ("name", name)])
            }
            LineFault::SeveralNames { word, name, names, .. } => {
                let names = self.several(names.clone()).unwrap_or_default();
                said("line-several-names", &[("word", word), ("name", name), ("names", &names)])
            }
            LineFault::Twice { word } => said("line-twice", &[("word", word)]),
            LineFault::Quote { word } => said("line-quote", &[("word", word)]),
        }
    }

    pub fn views_refused(&self, refusal: &Refusal) -> String {
        let why = self.refusal(refusal);
        self.look.say_with("views-not-here", &[("why", why.into())])
    }
}
