//! A user's own words: a Fluent text that names messages the desk says. All of it must be good: a slip is
//! told with its line, not passed over.

use std::sync::Arc;

use fluent_bundle::FluentResource;

use super::Text;
use crate::desk::setup::Language;

#[derive(Debug, PartialEq, thiserror::Error)]
pub enum TextError {
    #[error("words: line {line}: {reason}")]
    Syntax { line: usize, reason: String },
    #[error("words: line {line}: the desk never says {key:?}; `pult print words` lists what it says")]
    Unknown { line: usize, key: String },
}

#[derive(Clone, Debug)]
pub struct Words(Arc<FluentResource>);

impl Words {
    pub fn parse(source: &str) -> Result<Words, TextError> {
        let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| {
            let first = errors.first();
            let line = first.map_or(1, |error| line_at(source, error.pos.start));
            TextError::Syntax { line, reason: first.map(ToString::to_string).unwrap_or_default() }
        })?;
        let known = Text::new(Language::default());
        match keys(source).find(|(_, key)| !known.knows(key)) {
            Some((line, key)) => Err(TextError::Unknown { line, key: key.to_owned() }),
            None => Ok(Words(Arc::new(resource))),
        }
    }

    pub(super) fn resource(&self) -> &Arc<FluentResource> {
        &self.0
    }
}

fn line_at(source: &str, byte: usize) -> usize {
    1 + source.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

/// Messages and their lines: of a text that parses, only they begin with a letter at the margin.
fn keys(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let messages =
        (1..).zip(source.lines()).filter(|(_, line)| line.starts_with(|c: char| c.is_alphabetic()));
    messages.filter_map(|(nth, line)| Some((nth, line.split_once('=')?.0.trim_end())))
}
