//! Synchronisation that heals: what nobody told us of is read from the provider's record, and the gap says how much.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod by_hand;
mod fixture;
mod gaps;
mod heard;
mod reading;
mod truth;
