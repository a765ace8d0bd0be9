//! `get.call_legs_report`: one leg of a call session.

use serde::Deserialize;

use super::lenient::{number, text, truth};

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Leg {
    #[serde(deserialize_with = "number")]
    pub id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub call_session_id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub start_time: Option<String>,
    /// When it was picked up.
    #[serde(deserialize_with = "text")]
    pub connect_time: Option<String>,
    /// Seconds from the pick-up on.
    #[serde(deserialize_with = "number")]
    pub duration: Option<i64>,
    #[serde(deserialize_with = "truth")]
    pub is_operator: Option<bool>,
    #[serde(deserialize_with = "truth")]
    pub is_talked: Option<bool>,
    #[serde(deserialize_with = "truth")]
    pub is_coach: Option<bool>,
    #[serde(deserialize_with = "number")]
    pub employee_id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub employee_phone_number: Option<String>,
    #[serde(deserialize_with = "text")]
    pub group_name: Option<String>,
}

impl Leg {
    pub const NEEDED: [&str; 8] = [
        "id",
        "call_session_id",
        "start_time",
        "connect_time",
        "duration",
        "is_operator",
        "is_coach",
        "employee_id",
    ];

    pub const WANTED: [&str; 3] = ["is_talked", "employee_phone_number", "group_name"];
}
