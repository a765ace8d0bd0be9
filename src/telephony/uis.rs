//! UIS and its twins (CoMagic, Novofon, CallGear): one platform, JSON-RPC over HTTPS.

pub mod live;
pub mod notice;

/// As in [`CallKey::provider`](crate::domain::call::CallKey); the same for all twins.
pub const NAME: &str = "uis";
