//! The live side of UIS: what arrives, what it comes to, and what is done about it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod listening;
mod live;
mod notices;
mod running;
