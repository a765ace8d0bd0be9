//! The Asterisk provider from the outside: recorded traffic through `pult replay` and over loopback TCP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod history;
mod live;
mod pbx;
mod play;
mod recorded;
mod recordings;
mod replay;
