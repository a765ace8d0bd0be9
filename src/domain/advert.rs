//! What is known of the advertisement that brought a caller. All of it is somebody else's text.

use serde::{Deserialize, Serialize};

/// Each field as the provider words it; what comes later fills in what was not known.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Advert {
    /// The campaign, in the words of whoever set it up: names the advertising channel of the call.
    pub campaign: Option<String>,
    /// The kind of traffic: `paid`, `organic`, `direct`, ... an open list.
    pub medium: Option<String>,
    pub search_engine: Option<String>,
    /// What was typed into the search.
    pub search_words: Option<String>,
    pub referrer: Option<String>,
    pub entrance_page: Option<String>,
    pub utm_source: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_campaign: Option<String>,
    pub utm_term: Option<String>,
    pub utm_content: Option<String>,
}

impl Advert {
    pub fn is_empty(&self) -> bool {
        *self == Advert::default()
    }

    /// Takes from `other` what is not known here.
    pub fn fill_in(&mut self, other: &Advert) {
        let theirs = other.clone();
        for (known, other) in self.fields().into_iter().zip(theirs.into_fields()) {
            if known.is_none() {
                *known = other;
            }
        }
    }

    fn fields(&mut self) -> [&mut Option<String>; 11] {
        [
            &mut self.campaign,
            &mut self.medium,
            &mut self.search_engine,
            &mut self.search_words,
            &mut self.referrer,
            &mut self.entrance_page,
            &mut self.utm_source,
            &mut self.utm_medium,
            &mut self.utm_campaign,
            &mut self.utm_term,
            &mut self.utm_content,
        ]
    }

    fn into_fields(mut self) -> [Option<String>; 11] {
        self.fields().map(Option::take)
    }
}
