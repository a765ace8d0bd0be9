//! The desk from outside: events in, effects and screens out. No terminal, no engine, no clock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod anything;
mod board;
mod calls;
mod changes;
mod clinic;
mod drafts;
mod fixture;
mod form;
mod gaps;
mod layers;
mod leads;
mod listening;
mod mouse;
mod screens;
mod time;
mod words;
