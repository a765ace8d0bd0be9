//! Words: both languages say the same things, every action has a name, nothing in the source is without words.

use std::collections::BTreeSet;
use std::path::Path;

use pult::desk::{Action, Language, Setup, Text, Words};

use super::clinic::ringing;
use super::fixture::{Desk, setup};

const RU: &str = include_str!("../../src/desk/text/ru.ftl");
const EN: &str = include_str!("../../src/desk/text/en.ftl");

fn keys(source: &str) -> BTreeSet<&str> {
    source
        .lines()
        .filter(|line| !line.starts_with([' ', '#']))
        .filter_map(|line| Some(line.split_once(" =")?.0))
        .collect()
}

/// The values a message takes: they must be the same in both languages.
fn values(source: &str) -> BTreeSet<(String, String)> {
    let mut key = String::new();
    let mut found = BTreeSet::new();
    for line in source.lines() {
        if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            key = name.to_owned();
        }
        for part in line.split("{ $").skip(1) {
            let end = part.find([' ', '}']).unwrap_or(part.len());
            found.insert((key.clone(), part[..end].to_owned()));
        }
    }
    found
}

/// Every string literal of the desk's source.
fn literals(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &literals(&path);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            text += &std::fs::read_to_string(&path).unwrap();
        }
    }
    text
}

#[test]
fn both_languages_say_the_same_things() {
    assert_eq!(keys(RU), keys(EN));
    assert_eq!(values(RU), values(EN));
}

#[test]
fn both_languages_parse_whole() {
    for source in [RU, EN] {
        fluent_bundle::FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| errors).unwrap();
    }
}

#[test]
fn every_action_has_a_name_and_a_sentence() {
    for language in [Language::Ru, Language::En] {
        let text = Text::new(language);
        for action in Action::ALL {
            assert!(!text.action(*action).starts_with("action-"), "{}", action.name());
            assert!(!text.about(*action).is_empty(), "{}", action.name());
        }
    }
}

#[test]
fn every_text_the_source_names_is_there_and_none_is_spare() {
    let source = literals(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/desk")));
    let known = keys(RU);
    for (at, _) in source.match_indices("say(\"").chain(source.match_indices("say_with(\"")) {
        let rest = &source[at..];
        let name = rest.split('"').nth(1).unwrap();
        assert!(known.contains(name), "no words for {name:?}");
    }
    for key in known.iter().filter(|key| !key.starts_with("action-") && !key.starts_with("context-")) {
        let named = source.contains(&format!("\"{key}\""));
        let hint = key.strip_suffix("-hint").is_some_and(|stem| source.contains(&format!("\"{stem}\"")));
        assert!(named || hint, "{key:?} is never said");
    }
}

#[test]
fn a_users_words_are_laid_over_the_shipped_ones() {
    let words = Words::parse("form-who = Звонит\naction-save = Готово\n").unwrap();
    let text = Text::new(Language::Ru).over(&words);
    assert_eq!(text.say("form-who"), "Звонит");
    assert_eq!(text.say("form-about"), "О ком");
    assert_eq!(text.action(Action::Save), "Готово");
    assert_eq!(text.about(Action::Save), Text::new(Language::Ru).about(Action::Save));
    let desk = Desk::of(Setup { words: Some(words), ..setup() }, vec![ringing(79161234567)]);
    desk.assert_shows("Звонит ");
    desk.assert_shows("F2 Готово");
}

#[test]
fn what_is_wrong_with_a_users_words_is_named_with_its_line() {
    let said = |source: &str| Words::parse(source).unwrap_err().to_string();
    assert!(said("form-who = Звонит\n\nform-about { = О ком\n").contains("line 3"));
    let unknown = said("# comment\nform-who = Звонит\nform-whom = Кому\n");
    assert!(unknown.contains("line 3") && unknown.contains("form-whom"), "{unknown}");
}

#[test]
fn the_shipped_words_read_back_as_a_users() {
    for language in [Language::Ru, Language::En] {
        Words::parse(Text::shipped(language)).unwrap();
    }
}
