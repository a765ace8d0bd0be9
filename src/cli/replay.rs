//! `pult replay`: recorded provider bytes to calls.

use super::Failure;

/// Turn a recorded provider log into calls
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
