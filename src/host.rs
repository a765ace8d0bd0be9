//! Puts desk programs in front of people: terminal bytes out, keys in. The only part that knows a terminal.

mod pen;
pub mod screen;
