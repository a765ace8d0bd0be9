//! `pult replay`: recorded provider bytes to calls. A clinic can send its log; the tests use it too.

mod line;
mod recording;
mod seen;
mod table;

use std::path::PathBuf;

use clap::ValueEnum;

use self::line::Line;
use self::recording::Recording;
use self::seen::Seen;
use super::{Failure, output};
use crate::telephony::asterisk::replay::Replay;

/// Turn a recorded provider log into calls
///
/// A log is what Asterisk's manager interface (AMI) sent on one connection, as bytes. Times are UTC, seconds for
/// wait, talk and hold. Several files are the connections of one story, in order. NAME.timing.jsonl beside NAME.txt tells when its
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
    let mut seen = Seen::default();
    for file in &args.files {
        let before = seen.messages;
        Recording::open(file)?.play(&mut replay, &mut seen);
        if seen.messages == before {
            return Err(Failure::new(format!("{}: no log of Asterisk's manager interface", file.display()))
                .hint("record what the PBX sends after the login: lines like `Event: Newchannel`"));
        }
    }
    let lines: Vec<Line> = replay.finish().iter().map(Line::from).collect();
    print(&lines, args.json)?;
    if let Some(missed) = seen.missed(&args.trunk) {
        remark(&missed);
    }
    Ok(())
}

/// What the calls are worth, apart from the calls.
#[expect(clippy::print_stderr, reason = "the command line's own voice")]
fn remark(text: &str) {
    eprintln!("pult: {text}");
}

fn print(lines: &[Line], json: bool) -> Result<(), Failure> {
    if !json {
        return output::print(&table::render(lines));
    }
    let mut printed = String::new();
    for line in lines {
        printed += &serde_json::to_string(line)?;
        printed.push('\n');
    }
    output::print(&printed)
}
