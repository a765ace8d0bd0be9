//! The report view as its user meets it: keys in, requests and a screen out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "desk_report/fixture.rs"]
mod fixture;
#[path = "desk_report/keys.rs"]
mod keys;
#[path = "desk_report/screens.rs"]
mod screens;
