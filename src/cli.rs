//! The command line: one file per subcommand parses its arguments, wires the parts and prints.

mod crash;
mod demo;
mod desk;
mod doctor;
mod error;
mod import;
mod launch;
mod log;
mod output;
mod print;
mod probe;
mod provider;
mod replay;
mod report;
mod sample;
mod sample_data;
mod setup;
mod text;
mod uis;
mod whereabouts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, Config};

pub use error::Failure;

/// What is the same for all subcommands.
const MORE: &str = "\
Exit codes: 0 done, 1 it could not be done (the reason stands on stderr; doctor: something is broken), 2 the command \
line is wrong.

Environment:
  PULT_ASTERISK_SECRET  the secret of the AMI user, where the configuration names no secret_file
  PULT_ASTERISK_DB_PASSWORD, PULT_ASTERISK_RECORDINGS_PASSWORD
                        the passwords of [asterisk.history] and [asterisk.recordings], in the same way
  PULT_UIS_KEY          the key of the API at UIS, where the configuration names no key_file
  PULT_UIS_PASSWORD     the password of a login instead, where it names no password_file
  PULT_UIS_LISTENER_SECRET
                        the secret part of the listener's addresses, where it names no secret_file
  PULT_LOG              what is logged, e.g. debug [default: info]
  NO_COLOR              when set, the desk is drawn without colour

Try it first: pult demo. When something does not work: pult doctor.";

/// A terminal call desk for clinics: who is calling, what they want, what became of it.
///
/// Without a subcommand, opens the desk on the configured telephony provider; the first start asks what to connect.
#[derive(Parser)]
#[command(version, propagate_version = true, after_long_help = MORE)]
struct Cli {
    /// Configuration file [default: pult/config.toml in the user's configuration folder]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Args),
    Doctor(doctor::Args),
    Import(import::Args),
    Print(print::Args),
    Replay(replay::Args),
    Report(Box<report::Args>),
    SampleData(sample_data::Args),
    Uis(uis::Args),
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = cli.config.as_deref();
    let result = match cli.command {
        None => desk::run(config),
        Some(Command::Demo(args)) => demo::run(&args, config),
        Some(Command::Doctor(args)) => doctor::run(&args, config),
        Some(Command::Import(args)) => import::run(&args, config),
        Some(Command::Print(args)) => print::run(&args, config),
        Some(Command::Replay(args)) => replay::run(&args),
        Some(Command::Report(args)) => report::run(&args, config),
        Some(Command::SampleData(args)) => sample_data::run(&args),
        Some(Command::Uis(args)) => uis::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The configuration that stands: a file that was asked for must be there, the default one need not.
fn existing(asked: Option<&Path>) -> Result<Option<Config>, Failure> {
    let path = configured(asked)?;
    if asked.is_none() && !path.exists() {
        return Ok(None);
    }
    Ok(Some(Config::read(&path)?))
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    let unmade = |error| Failure::new(format!("cannot make the folder {}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(unmade)
}

/// The configuration file asked for, or the default one.
fn configured(asked: Option<&Path>) -> Result<PathBuf, Failure> {
    match asked {
        Some(path) => Ok(path.to_owned()),
        None => Ok(config::place::config()?),
    }
}
