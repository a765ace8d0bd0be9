//! Asterisk over AMI: `wire` (bytes to messages), `map` (messages to calls), `client` (socket, login, retry).
//!
//! `replay` runs the same code over recorded bytes. What the PBX says is believed only as far as an outside
//! caller cannot have written it: he can put line breaks into his number, and with them headers and messages.

pub mod client;
pub mod history;
pub mod map;
pub mod recordings;
pub mod replay;
mod settings;
pub mod wire;

pub use client::Asterisk;
pub use settings::{Settings, SettingsError};

/// As in [`CallKey::provider`](crate::domain::call::CallKey).
pub const NAME: &str = "asterisk";
