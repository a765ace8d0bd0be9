//! The Data API's side of UIS: questions, points, the past, the account's people, recordings, against the fake and against
//! answers of other shapes. Nothing here leaves this machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fake_uis/fake.rs"]
#[expect(dead_code, reason = "shared with the tests of the live side")]
mod fake;

mod account;
mod doctor;
mod given;
mod history;
mod map;
mod recordings;
mod rpc;
