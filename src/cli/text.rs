//! The command line's words to people, in their language. `--help` and failures speak English.

use crate::desk::{Language, Text};

const RU: &str = include_str!("text/ru.ftl");
const EN: &str = include_str!("text/en.ftl");

pub fn of(language: Language) -> Text {
    Text::of(
        language,
        match language {
            Language::Ru => RU,
            Language::En => EN,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let keys = |source: &str| -> Vec<String> {
            source.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect()
        };
        assert_eq!(keys(RU), keys(EN));
    }
}
