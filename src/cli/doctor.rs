//! `pult doctor`: what is right and wrong with this installation.

use std::path::Path;

use super::Failure;

/// Say what is right and wrong with config, store, provider and terminal, and how to mend it
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _config: Option<&Path>) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
