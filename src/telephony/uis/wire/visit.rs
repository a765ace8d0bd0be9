//! What calls and messages tell alike of the advertisement behind them.

use serde::Deserialize;

use super::lenient::text;

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Visit {
    #[serde(deserialize_with = "text")]
    pub campaign_name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub channel: Option<String>,
    #[serde(deserialize_with = "text")]
    pub search_engine: Option<String>,
    #[serde(deserialize_with = "text")]
    pub search_query: Option<String>,
    #[serde(deserialize_with = "text")]
    pub referrer: Option<String>,
    #[serde(deserialize_with = "text")]
    pub entrance_page: Option<String>,
    #[serde(deserialize_with = "text")]
    pub utm_source: Option<String>,
    #[serde(deserialize_with = "text")]
    pub utm_medium: Option<String>,
    #[serde(deserialize_with = "text")]
    pub utm_campaign: Option<String>,
    #[serde(deserialize_with = "text")]
    pub utm_term: Option<String>,
    #[serde(deserialize_with = "text")]
    pub utm_content: Option<String>,
}

impl Visit {
    pub const WANTED: [&str; 11] = [
        "campaign_name",
        "channel",
        "search_engine",
        "search_query",
        "referrer",
        "entrance_page",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
    ];
}
