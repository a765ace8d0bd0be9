//! UIS and its twins (CoMagic, Novofon, CallGear): one platform, JSON-RPC over HTTPS.
//!
//! The Data API tells the past and the directories (`history`, `office`), the Call API places orders and lists what
//! runs. `rpc` speaks to either; `wire` mirrors the vendor, `map` turns rows into calls and knows no socket.

pub mod account;
mod client;
pub mod history;
pub mod limits;
pub mod listener;
pub mod live;
pub mod map;
pub mod notice;
pub mod orders;
pub mod poll;
mod probe;
pub mod realm;
pub mod recordings;
pub mod rpc;
mod settings;
pub mod switchboard;
pub mod templates;
pub mod wire;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use account::Account;
pub use client::Uis;
pub use map::Directory;
pub use probe::{Found, Unreached, probe};
pub use realm::Realm;
pub use settings::{Credentials, Settings, SettingsError};

/// As in [`CallKey::provider`](crate::domain::call::CallKey); the same for all twins.
pub const NAME: &str = "uis";

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Names the cursor of the report of calls.
pub const SOURCE_CALLS: &str = "uis.calls";

/// Names the cursor of the report of messages.
pub const SOURCE_LEADS: &str = "uis.leads";
