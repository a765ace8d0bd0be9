//! `pult` without a subcommand: the desk on the configured provider.

use std::path::Path;

use super::Failure;

pub fn run(_config: Option<&Path>) -> Result<(), Failure> {
    Err(Failure::new("not here yet"))
}
