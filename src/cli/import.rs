//! `pult import`: loads a clinic's CSV files, each whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, launch, output, text, whereabouts};
use crate::clinic::csv::{self, Fault};
use crate::config::Language;
use crate::store::clinic::{Records, Tally, put};
use crate::store::{Author, Store};

/// Load a CSV file: all of it or nothing
///
/// In this order, when all are new: lines, topics, people, visits, tasks, calls, since each may name what the ones
/// before brought. Loading a file again changes only what differs: records are known by their first column below.
/// No desk may run on the store meanwhile. `pult sample-data --out DIR` writes an example of every file.
#[derive(clap::Args)]
#[command(after_long_help = columns())]
pub struct Args {
    /// What the file holds
    kind: Kind,
    /// UTF-8; a semicolon, a comma or a tab between columns; the first line names them
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
    output::print(&said(whereabouts.language, count, tally))
}

/// From the reader itself, so that the help is true.
fn columns() -> String {
    let files = csv::columns().map(|(kind, columns)| format!("\n  {kind}: {columns}"));
    format!("Columns, in any order; those with * must be there:{}", files.concat())
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

fn said(language: Language, count: usize, Tally { added, changed }: Tally) -> String {
    let values =
        [("count", count), ("added", added), ("changed", changed), ("same", count - added - changed)];
    let values = values.map(|(name, value)| (name, value.into()));
    text::of(launch::language(language)).say_with("import-done", &values) + "\n"
}
