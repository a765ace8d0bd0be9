//! The store through its public API, on real files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calls;
mod clinic;
mod comments;
mod crash;
mod given;
mod kept;
mod leads;
mod migrate;
mod office;
mod open;
mod people;
mod record;
mod search;
mod wrapups;
mod writer;
