//! The conversation between a desk (a screen somebody works at) and the engine: what a desk asks, what it is
//! answered, and what it is told unasked. Plain data, so that a desk runs in the engine's process, at the other
//! end of a wire, or in a test.

mod board;
mod change;
mod reply;
mod request;

pub use board::{BoardCall, OpenCall, Recognition};
pub use change::{Change, Link, Trouble};
pub use reply::{Refusal, Reply};
pub use request::{Abilities, Figure, ManualCall, NamedView, Request};
