//! Every shape of notification that is known, and any other.

use std::collections::BTreeMap;

use proptest::prelude::*;
use pult::telephony::uis::notice::{Kind, Notice, Sent};
use pult::telephony::uis::templates::{TEMPLATES, Template};
use serde::Deserialize;

#[derive(Deserialize)]
struct Corpus {
    notice: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    name: String,
    event: Option<String>,
    #[serde(default)]
    query: String,
    #[serde(default)]
    body: String,
    kind: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, Vec<String>>,
}

fn read(event: Option<&str>, query: &str, body: &[u8]) -> Notice {
    Notice::read(&Sent { event, query, body })
}

#[test]
fn every_known_shape_is_read() {
    let corpus: Corpus = toml::from_str(include_str!("../data/uis/notices.toml")).unwrap();
    for example in corpus.notice {
        let notice = read(example.event.as_deref(), &example.query, example.body.as_bytes());
        let kind = notice.kind.map(|kind| format!("{kind:?}"));
        assert_eq!(kind, example.kind, "{}", example.name);
        for (name, values) in example.fields {
            assert_eq!(notice.all(&name), values, "{}: {name}", example.name);
        }
    }
}

/// What the platform does with a variable of a template.
#[derive(Clone, Debug)]
enum Filled {
    Value(String),
    Number(u32),
    Null,
    Unresolved,
    BareName,
    Quoted(String),
    QuotedTwice(String),
}

impl Filled {
    fn json(&self, variable: &str) -> String {
        match self {
            Filled::Value(text) | Filled::Quoted(text) => serde_json::to_string(text).unwrap(),
            Filled::Number(number) => number.to_string(),
            Filled::Null => "null".into(),
            Filled::Unresolved => format!("{{{{{variable}}}}}"),
            Filled::BareName => variable.into(),
            Filled::QuotedTwice(text) => format!("\"{}\"", serde_json::to_string(text).unwrap()),
        }
    }

    fn wanted(&self) -> Option<String> {
        match self {
            Filled::Value(text) | Filled::Quoted(text) | Filled::QuotedTwice(text) => Some(text.clone()),
            Filled::Number(number) => Some(number.to_string()),
            Filled::Null | Filled::Unresolved | Filled::BareName => None,
        }
    }
}

fn filled() -> impl Strategy<Value = Filled> {
    // What a quoted text may hold is the platform's to escape; a broken one is another test's.
    let text = "[А-Яа-яA-Z0-9][А-Яа-яA-Z0-9 .:/?=&@+-]{0,18}[А-Яа-яA-Z0-9]";
    prop_oneof![
        4 => text.prop_map(Filled::Value),
        2 => any::<u32>().prop_map(Filled::Number),
        1 => Just(Filled::Null),
        1 => Just(Filled::Unresolved),
        1 => Just(Filled::BareName),
        1 => text.prop_map(Filled::Quoted),
        1 => text.prop_map(Filled::QuotedTwice),
    ]
}

fn template() -> impl Strategy<Value = Template> {
    (0..TEMPLATES.len()).prop_map(|nth| TEMPLATES[nth])
}

proptest! {
    #[test]
    fn nothing_that_arrives_can_do_harm(body: Vec<u8>, query in ".{0,200}", event in proptest::option::of("[a-z_]{0,30}")) {
        read(event.as_deref(), &query, &body);
    }

    /// Closer to what could break it: the characters that mean something.
    #[test]
    fn nor_what_looks_like_json(body in "\\{[\\{\\}\\[\\]\",:\\\\u0-9a-z_ \n=&%]{0,400}") {
        let notice = read(None, &body, body.as_bytes());
        prop_assert!(notice.all("call_session_id").len() <= 256);
    }

    #[test]
    fn our_templates_are_read_whatever_the_platform_fills_in(
        template in template(),
        values in prop::collection::vec(filled(), 64),
    ) {
        let mut body = template.body();
        let mut query = Vec::new();
        let variables = template.variables();
        for (variable, filled) in variables.iter().zip(&values) {
            let written = filled.json(variable);
            body = body.replace(&format!("{{{{{variable}}}}}"), &written);
            query.push(format!("{variable}={}", encoded(&written)));
        }
        for notice in [
            read(Some(template.mnemonic), "", body.as_bytes()),
            read(Some(template.mnemonic), &query.join("&"), b""),
        ] {
            for (variable, filled) in variables.iter().zip(&values) {
                let wanted = filled.wanted();
                prop_assert_eq!(notice.get(variable), wanted.as_deref(), "{}: {}", variable, body);
            }
            prop_assert_eq!(notice.kind, Kind::named(template.mnemonic));
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
