//! `pult sample-data`: generates a believable clinic.

use super::Failure;

/// Generate the sample clinic's CSV files
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
