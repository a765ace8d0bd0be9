//! `get.account`, `get.employees`, `get.virtual_numbers`, `get.campaigns`, `get.tags`.

use serde::Deserialize;

use super::lenient::{list, number, object, text};

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Account {
    /// IANA, e.g. `Europe/Moscow`.
    #[serde(deserialize_with = "text")]
    pub timezone: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Employee {
    pub id: i64,
    #[serde(default, deserialize_with = "text")]
    pub full_name: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub phone_numbers: Vec<EmployeePhone>,
    #[serde(default, deserialize_with = "object")]
    pub extension: Option<Extension>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EmployeePhone {
    #[serde(deserialize_with = "text")]
    pub phone_number: Option<String>,
    /// `active` or `inactive`.
    #[serde(deserialize_with = "text")]
    pub status: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Extension {
    #[serde(deserialize_with = "text")]
    pub extension_phone_number: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VirtualNumber {
    #[serde(deserialize_with = "text")]
    pub virtual_phone_number: Option<String>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    #[serde(deserialize_with = "list")]
    pub campaigns: Vec<NumberCampaign>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NumberCampaign {
    #[serde(deserialize_with = "number")]
    pub campaign_id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub campaign_name: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Campaign {
    #[serde(deserialize_with = "number")]
    pub id: Option<i64>,
    #[serde(deserialize_with = "text")]
    pub name: Option<String>,
    /// `active` or `inactive`.
    #[serde(deserialize_with = "text")]
    pub status: Option<String>,
    /// Places on a site where it shows a number of ours.
    #[serde(deserialize_with = "list")]
    pub site_blocks: Vec<SiteBlock>,
}

#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SiteBlock {
    #[serde(deserialize_with = "text")]
    pub phone_number: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Tag {
    pub id: i64,
    pub name: String,
}
