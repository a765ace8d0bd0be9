//! `get.offline_messages_report`: a form somebody filled in on a site.

use serde::Deserialize;

use super::Visit;
use super::lenient::{number, text};

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    #[serde(deserialize_with = "number")]
    pub id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub date_time: Option<String>,
    #[serde(deserialize_with = "text")]
    pub text: Option<String>,
    /// What the form asked besides.
    #[serde(deserialize_with = "text")]
    pub properties: Option<String>,
    #[serde(deserialize_with = "text")]
    pub visitor_phone_number: Option<String>,
    #[serde(deserialize_with = "text")]
    pub visitor_email: Option<String>,
    #[serde(deserialize_with = "text")]
    pub visitor_name: Option<String>,
    #[serde(flatten)]
    pub visit: Visit,
}

impl Message {
    pub const NEEDED: [&str; 6] =
        ["id", "date_time", "text", "visitor_phone_number", "visitor_email", "visitor_name"];

    pub const WANTED: [&str; 1] = ["properties"];
}
