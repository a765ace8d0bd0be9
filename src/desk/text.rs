//! The desk's words in the operator's language: Fluent resources shipped with the program, and a user's own
//! laid over them.
//!
//! One [`Text`] belongs to one desk; two operators in one process speak their own languages. The command line
//! makes its own from its own resources.

mod words;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::action::Action;
use super::setup::Language;

const RU: &str = include_str!("text/ru.ftl");
const EN: &str = include_str!("text/en.ftl");

pub use words::{TextError, Words};

pub struct Text {
    pub language: Language,
    resource: Arc<FluentResource>,
    bundle: FluentBundle<Arc<FluentResource>>,
    /// For a terminal that has no other signs: quotation marks, dashes and dots as ASCII writes them.
    ascii: bool,
    /// Says what the user's words leave out of a message they replace.
    beneath: Option<Box<Text>>,
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Text").field(&self.language).finish()
    }
}

impl Text {
    /// The desk's own words.
    pub fn new(language: Language) -> Text {
        Text::of(language, Text::shipped(language))
    }

    /// The Fluent source of the desk's own words.
    pub fn shipped(language: Language) -> &'static str {
        match language {
            Language::Ru => RU,
            Language::En => EN,
        }
    }

    /// Words of a Fluent resource in `language`.
    pub fn of(language: Language, source: &str) -> Text {
        // What parses is used; a test holds that all of it parses.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        let resource = Arc::new(resource);
        Text { language, bundle: bundle(language, [&resource]), resource, ascii: false, beneath: None }
    }

    /// The same with a user's words in place of those they name.
    pub fn over(self, words: &Words) -> Text {
        let (language, resource) = (self.language, self.resource.clone());
        let bundle = bundle(language, [&resource, words.resource()]);
        Text { language, resource, bundle, ascii: self.ascii, beneath: Some(Box::new(self)) }
    }

    pub fn in_ascii(self, ascii: bool) -> Text {
        let beneath = self.beneath.map(|beneath| Box::new(beneath.in_ascii(ascii)));
        Text { ascii, beneath, ..self }
    }

    fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
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
        let beneath = || self.beneath.as_ref()?.find(key, attribute, args);
        self.find_on_top(key, attribute, args).or_else(beneath)
    }

    fn find_on_top<'a>(
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
        Some(Cow::Owned(if self.ascii { plain(&said) } else { said.into_owned() }))
    }
}

fn plain(said: &str) -> String {
    let sign = |char| match char {
        '«' | '»' | '“' | '”' => '"',
        '—' | '–' => '-',
        '…' => '~',
        other => other,
    };
    said.chars().map(sign).collect()
}

/// Later resources stand above earlier ones.
fn bundle<'r>(
    language: Language,
    resources: impl IntoIterator<Item = &'r Arc<FluentResource>>,
) -> FluentBundle<Arc<FluentResource>> {
    let tag = match language {
        Language::Ru => "ru",
        Language::En => "en",
    };
    let id: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are for mixed writing directions; in a grid of cells they are noise.
    bundle.set_use_isolating(false);
    for resource in resources {
        bundle.add_resource_overriding(resource.clone());
    }
    bundle
}

fn action_key(action: Action) -> String {
    format!("action-{}", action.name().replace('_', "-"))
}
