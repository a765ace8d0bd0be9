//! What everything written has in common: whose words, which zone, when.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::desk::{Language, ReportNorms, ReportWords, Text};
use crate::domain::desk::{Reply, Request};
use crate::domain::period::Period;
use crate::domain::report::Query;

use super::Ask;

const RU: &str = include_str!("text/ru.ftl");
const EN: &str = include_str!("text/en.ftl");

pub struct Paper<'a> {
    pub words: ReportWords<'a>,
    pub now: DateTime<Utc>,
    /// What the metrics are reckoned by.
    pub norms: ReportNorms,
    /// What only files say.
    text: Text,
}

impl<'a> Paper<'a> {
    pub fn new(words: ReportWords<'a>, norms: ReportNorms, now: DateTime<Utc>) -> Paper<'a> {
        let language = words.look.language();
        let source = match language {
            Language::Ru => RU,
            Language::En => EN,
        };
        Paper { words, now, norms, text: Text::of(language, source) }
    }

    pub fn language(&self) -> Language {
        self.text.language
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.text.say(key).into_owned()
    }

    pub(super) fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        self.words.look.local(instant).naive_local()
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.words.look.day(self.now)
    }

    /// The question part by part, what must be known of its time, and when it was answered.
    pub(super) fn about(&self, query: &Query, ask: &mut Ask<'_>) -> Vec<String> {
        let mut parts = self.words.question(query, self.today());
        parts.extend(self.gaps(query.period, ask));
        parts.push(self.made());
        parts
    }

    /// Times in which nobody told of calls; nothing where nobody knows of such times.
    pub fn gaps(&self, period: Period, ask: &mut Ask<'_>) -> Option<String> {
        let Ok(Reply::Gaps(gaps)) = ask(Request::Gaps(period)) else { return None };
        self.words.gaps(&gaps, self.today()).map(|(said, _)| said)
    }

    pub(super) fn made(&self) -> String {
        format!("{} {}", self.say("made"), self.local(self.now).format("%Y-%m-%d %H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_say_the_same_things_and_parse() {
        let keys = |source: &str| -> BTreeSet<String> {
            source.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
        };
        assert_eq!(keys(RU), keys(EN));
        for source in [RU, EN] {
            assert!(fluent_bundle::FluentResource::try_new(source.to_owned()).is_ok());
        }
    }
}
