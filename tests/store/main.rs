//! The store through its public API, on real files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calls;
mod clinic;
mod crash;
mod given;
mod migrate;
mod open;
mod people;
mod search;
mod wrapups;
mod writer;
