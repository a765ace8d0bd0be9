//! Rows of the Data API to what a clinic understands: calls, leads, the office. Pure; what a row's dates mean depends on
//! the account's zone, who stands behind an id on its directory.

mod advert;
mod call;
mod directory;
mod lead;
mod outcome;
mod sound;
mod talk;
pub mod time;

pub use call::{Unclear, call};
pub use directory::{Directory, digits};
pub use lead::lead;

use chrono_tz::Tz;

/// What rows are read with.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub zone: Tz,
    pub directory: &'a Directory,
    /// Host of the addresses of single talks, e.g. `app.uiscom.ru`.
    pub media_host: Option<&'a str>,
}
