//! `pult demo`: the whole desk on sample data and a played day of calls.

use std::path::Path;

use super::Failure;

/// Try the desk: sample data, a played day of calls, nothing kept
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _config: Option<&Path>) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
