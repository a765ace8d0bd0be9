//! `pult uis`: what is needed once, when the account is set up.

use std::path::Path;

use clap::{Parser, Subcommand};

use super::Failure;
use super::output::print;
use crate::telephony::uis::templates::TEMPLATES;

/// Help with setting up UIS, CoMagic, Novofon or CallGear
#[derive(Parser)]
pub struct Args {
    #[command(subcommand)]
    topic: Topic,
}

#[derive(Subcommand)]
enum Topic {
    /// Print the notification templates to paste into the cabinet
    Templates,
}
