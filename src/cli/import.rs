//! `pult import`: loads a clinic's CSV files.

use std::path::Path;

use super::Failure;

/// Load people, visits or calls from a CSV file: all of it or nothing
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _config: Option<&Path>) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
