//! From a recording's file to a sound server, and what the session hears of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod decode;
mod hostile;
mod playback;
mod pulse;
mod server;
mod tone;
mod wav;
mod waveform;
