//! `pult import`: loads a clinic's CSV files, each whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::Utc;
use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, whereabouts};
use crate::clinic::csv::{self, Fault};
use crate::store::clinic::{Records, Tally, put};
use crate::store::{Author, Store};

/// Load a CSV file: all of it or nothing. The columns: sample-data/README.md
///
/// In this order, when all are new: lines, topics, people, visits, tasks, calls. Loading a file again
/// changes only what differs.
#[derive(clap::Args)]
pub struct Args {
    kind: Kind,
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    #[command(flatten)]
    whereabouts: whereabouts::Asked,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Kind {
    Lines,
    Topics,
    People,
    Visits,
    Tasks,
    Calls,
}

impl Kind {
    pub fn read(self, file: &[u8], zone: Tz) -> Result<Records, Fault> {
        Ok(match self {
            Kind::Lines => Records::Lines(csv::lines(file)?),
            Kind::Topics => Records::Topics(csv::topics(file)?),
            Kind::People => Records::People(csv::people(file)?),
            Kind::Visits => Records::Visits(csv::visits(file, zone)?),
            Kind::Tasks => Records::Tasks(csv::tasks(file, zone)?),
            Kind::Calls => Records::Calls(csv::calls(file, zone)?),
        })
    }
}

pub fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let whereabouts = args.whereabouts.find(config)?;
    let refused = |reason: &dyn std::fmt::Display| {
        Failure::new(format!("{}: {reason}", args.file.display())).hint("nothing of this file was imported")
    };
    let file = fs::read(&args.file).map_err(|error| refused(&error))?;
    let records = args.kind.read(&file, whereabouts.zone).map_err(|fault| refused(&fault))?;
    let store = Store::open(&whereabouts.store)?;
    let count = records.count();
    let tally = write(&store, records).map_err(|error| refused(&error))?;
    say(count, tally)
}

fn write(store: &Store, records: Records) -> Result<Tally, crate::store::Error> {
    let author = Author { employee: None, at: Utc::now() };
    let bar = bar(records.count());
    let shown = bar.clone();
    let tally = store.write(move |transaction| put(transaction, &records, &author, &mut || shown.inc(1)));
    bar.finish_and_clear();
    tally
}

/// Drawn on a terminal only.
fn bar(count: usize) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(count as u64).with_style(style)
}

fn say(count: usize, Tally { added, changed }: Tally) -> Result<(), Failure> {
    let same = count - added - changed;
    writeln!(io::stdout(), "{count} records: {added} new, {changed} changed, {same} known already")?;
    Ok(())
}
