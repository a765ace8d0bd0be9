//! Facts out of the store: all of them at once, and those that a change may have changed.
//!
//! A fact is a finished call, settled. What it depends on stands in other rows too (its neighbours' talks, visits,
//! phones), so nothing is kept here: whoever keeps facts asks again by the log's `seq` they are true as of.

mod bulk;
mod case;
mod debt;
mod log;
mod party;
mod places;
mod settle;
mod told;
mod world;

pub use bulk::all;
pub use log::trim;
