//! The desk's words in the operator's language: Fluent resources shipped with the program.
//!
//! One [`Text`] belongs to one desk; two operators in one process speak their own languages. The command line
//! makes its own from its own resources.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::action::Action;
use super::setup::Language;

const RU: &str = include_str!("text/ru.ftl");
const EN: &str = include_str!("text/en.ftl");

pub struct Text {
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Text").field(&self.language).finish()
    }
}

impl Text {
    /// The desk's own words.
    pub fn new(language: Language) -> Text {
        let source = match language {
            Language::Ru => RU,
            Language::En => EN,
        };
        Text::of(language, source)
    }

    /// Words of a Fluent resource in `language`.
    pub fn of(language: Language, source: &str) -> Text {
        let tag = match language {
            Language::Ru => "ru",
            Language::En => "en",
        };
        let id: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks are for mixed writing directions; in a grid of cells they are noise.
        bundle.set_use_isolating(false);
        // What parses is used; a test holds that all of it parses.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
        Text { language, bundle }
    }

    pub fn say(&self, key: &str) -> Cow<'_, str> {
        self.find(key, None, None).unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    pub fn say_with<'a>(&'a self, key: &str, values: &[(&'a str, FluentValue<'a>)]) -> String {
        let args: FluentArgs = values.iter().cloned().collect();
        self.find(key, None, Some(&args)).map_or_else(|| key.to_owned(), Cow::into_owned)
    }

    pub fn action(&self, action: Action) -> Cow<'_, str> {
        self.say(&action_key(action))
    }

    /// What the action does, in a sentence.
    pub fn about(&self, action: Action) -> Cow<'_, str> {
        self.find(&action_key(action), Some("about"), None).unwrap_or_default()
    }

    fn find<'a>(
        &'a self,
        key: &str,
        attribute: Option<&str>,
        args: Option<&FluentArgs<'_>>,
    ) -> Option<Cow<'a, str>> {
        let message: FluentMessage<'a> = self.bundle.get_message(key)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, args, &mut errors);
        Some(Cow::Owned(said.into_owned()))
    }
}

fn action_key(action: Action) -> String {
    format!("action-{}", action.name().replace('_', "-"))
}
