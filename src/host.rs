//! Puts desk programs in front of people: terminal bytes out, keys in. The only part that knows a terminal.

mod exports;
mod input;
mod lanes;
mod listening;
pub mod local;
mod pen;
mod ring;
pub mod screen;
pub mod session;
pub mod sound;
