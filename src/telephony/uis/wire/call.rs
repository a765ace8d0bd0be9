//! `get.calls_report`: one call session.

use serde::Deserialize;

use super::Visit;
use super::lenient::{list, number, text, truth};

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Call {
    #[serde(deserialize_with = "number")]
    pub id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub communication_id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub start_time: Option<String>,
    #[serde(deserialize_with = "text")]
    pub finish_time: Option<String>,
    #[serde(deserialize_with = "text")]
    pub finish_reason: Option<String>,
    #[serde(deserialize_with = "text")]
    pub direction: Option<String>,
    #[serde(deserialize_with = "text")]
    pub source: Option<String>,
    #[serde(deserialize_with = "truth")]
    pub is_lost: Option<bool>,
    #[serde(deserialize_with = "text")]
    pub contact_phone_number: Option<String>,
    #[serde(deserialize_with = "text")]
    pub contact_full_name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub virtual_phone_number: Option<String>,
    /// Seconds, here and below: the subscriber's wait until the first talk.
    #[serde(deserialize_with = "number")]
    pub wait_duration: Option<i64>,
    /// All the time the subscriber was not talking.
    #[serde(deserialize_with = "number")]
    pub total_wait_duration: Option<i64>,
    /// From the first talk to the start of post-processing.
    #[serde(deserialize_with = "number")]
    pub talk_duration: Option<i64>,
    /// Only the real talk.
    #[serde(deserialize_with = "number")]
    pub clean_talk_duration: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub total_duration: Option<i64>,
    #[serde(deserialize_with = "list")]
    pub call_records: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub wav_call_records: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub voice_mail_records: Vec<String>,
    #[serde(deserialize_with = "text")]
    pub full_record_file_link: Option<String>,
    #[serde(deserialize_with = "list")]
    pub employees: Vec<TalkedTo>,
    #[serde(deserialize_with = "number")]
    pub first_answered_employee_id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub first_talked_employee_id: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub last_talked_employee_id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub operator_phone_number: Option<String>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Tagged>,
    #[serde(flatten)]
    pub visit: Visit,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TalkedTo {
    #[serde(deserialize_with = "number")]
    pub employee_id: Option<i64>,
    #[serde(deserialize_with = "truth")]
    pub is_answered: Option<bool>,
    #[serde(deserialize_with = "truth")]
    pub is_talked: Option<bool>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tagged {
    #[serde(deserialize_with = "text")]
    pub tag_name: Option<String>,
}

impl Call {
    /// Always asked for: without them there is no call to tell of.
    pub const NEEDED: [&str; 15] = [
        "id",
        "communication_id",
        "start_time",
        "finish_time",
        "finish_reason",
        "direction",
        "source",
        "is_lost",
        "contact_phone_number",
        "virtual_phone_number",
        "wait_duration",
        "total_wait_duration",
        "talk_duration",
        "clean_talk_duration",
        "total_duration",
    ];

    /// What an account may lack the component for, besides [`Visit::WANTED`].
    pub const WANTED: [&str; 11] = [
        "call_records",
        "wav_call_records",
        "voice_mail_records",
        "full_record_file_link",
        "contact_full_name",
        "employees",
        "first_answered_employee_id",
        "first_talked_employee_id",
        "last_talked_employee_id",
        "operator_phone_number",
        "tags",
    ];
}
