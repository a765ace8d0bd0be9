//! `pult report`: the report on the command line.

use std::path::Path;

use super::Failure;

/// Print the report «История общения»
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _config: Option<&Path>) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
