//! Somebody who wrote instead of calling: a form on the clinic's site.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::advert::Advert;
use super::phone::Remote;

/// A request as its source tells it; the same one twice changes nothing twice. All text is hostile, already cleaned of
/// control characters.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Lead {
    /// `uis`, ...: where it was left.
    pub source: String,
    /// The source's own name of it: unique within the source.
    pub id: String,
    pub left_at: DateTime<Utc>,
    pub remote: Remote,
    pub name: Option<String>,
    pub email: Option<String>,
    pub text: String,
    pub advert: Advert,
}
