//! `pult replay`: recorded provider bytes to calls. A clinic can send its log; the tests use it too.

mod line;
mod recording;
mod table;

use std::path::PathBuf;

use clap::ValueEnum;

use self::line::Line;
use self::recording::Recording;
use super::Failure;
use crate::telephony::asterisk::replay::Replay;

/// Turn a recorded provider log into calls
///
/// Several files are the connections of one story, in order. NAME.timing.jsonl beside NAME.txt tells when its
/// bytes came; without it the log's own stamps are used, as far as it has any.
#[derive(clap::Args)]
pub struct Args {
    /// Whose log it is
    #[arg(long, value_enum)]
    provider: Provider,
    /// Endpoint through which the outside comes; may be repeated
    #[arg(long, value_name = "NAME", required = true)]
    trunk: Vec<String>,
    /// One JSON object per call
    #[arg(long)]
    json: bool,
    /// Recorded bytes of one connection
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Provider {
    Asterisk,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let Provider::Asterisk = args.provider;
    let mut replay = Replay::new(args.trunk.clone());
    for file in &args.files {
        Recording::open(file)?.play(&mut replay);
    }
    let lines: Vec<Line> = replay.finish().iter().map(Line::from).collect();
    print(&lines, args.json)
}

#[expect(clippy::print_stdout, reason = "the command's result")]
fn print(lines: &[Line], json: bool) -> Result<(), Failure> {
    if json {
        for line in lines {
            println!("{}", serde_json::to_string(line)?);
        }
    } else {
        print!("{}", table::render(lines));
    }
    Ok(())
}
