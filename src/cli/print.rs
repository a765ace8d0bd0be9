//! `pult print`: shows the shipped tables.

use std::path::Path;

use super::Failure;

/// Print the key table, a theme or the configuration
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _config: Option<&Path>) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
