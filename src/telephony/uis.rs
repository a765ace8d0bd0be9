//! UIS and its twins (CoMagic, Novofon, CallGear): one platform, JSON-RPC over HTTPS.
//!
//! The Data API tells the past and the directories (`history`, `office`), the Call API places orders and lists what
//! runs. `rpc` speaks to either; `wire` mirrors the vendor, `map` turns rows into calls and knows no socket.

pub mod limits;
pub mod listener;
pub mod live;
pub mod notice;
pub mod orders;
pub mod poll;
pub mod realm;
pub mod rpc;
mod settings;
pub mod switchboard;
pub mod templates;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use realm::Realm;
pub use settings::{Credentials, Settings, SettingsError};

/// As in [`CallKey::provider`](crate::domain::call::CallKey); the same for all twins.
pub const NAME: &str = "uis";

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;
