//! `pult sample-data`: generates a believable clinic as the CSV files that `pult import` loads.
//!
//! The same seed and last day give the same bytes: the shipped `sample-data/` is made by this command and by
//! nothing else.

mod calls;
mod clinic;
mod day;
mod house;
mod names;
mod people;
mod rows;
mod schedule;
mod talk;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rand::RngExt;
use serde::Serialize;

use super::{Failure, make_folder, output};
use clinic::Clinic;

/// Generate the sample clinic's CSV files
///
/// Nobody in them is real. They show the form that `pult import` reads, and day.toml the one that
/// `pult demo --script` plays.
#[derive(clap::Args)]
pub struct Args {
    /// The same number gives the same files
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to write to; made when it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The last day of calls
    #[arg(long, value_name = "DATE", default_value = "2026-11-20")]
    until: NaiveDate,
}

type Dice = rand_chacha::ChaCha8Rng;

/// Whether something that happens so many times of a hundred happens now.
fn chance(dice: &mut Dice, of_hundred: u32) -> bool {
    dice.random_range(0..100) < of_hundred
}

pub fn run(args: &Args) -> Result<(), Failure> {
    make_folder(&args.out)?;
    let clinic = Clinic::live(args.seed, args.until);
    let file = |name: &str| args.out.join(name);
    write(&file("people.csv"), clinic.others.iter().chain(&clinic.people))?;
    write(&file("visits.csv"), &clinic.schedule.visits)?;
    write(&file("calls.csv"), &clinic.calls)?;
    write(&file("tasks.csv"), &clinic.tasks)?;
    write(&file("lines.csv"), lines())?;
    write(&file("topics.csv"), topics())?;
    fs::write(file("day.toml"), toml::to_string(&day::script(&clinic, args.seed))?)?;
    let (people, visits, calls) =
        (clinic.others.len() + clinic.people.len(), clinic.schedule.visits.len(), clinic.calls.len());
    output::print(&format!("{}: {people} people, {visits} visits, {calls} calls\n", args.out.display()))
}

fn write<R: Serialize>(path: &Path, rows: impl IntoIterator<Item = R>) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_path(path)?;
    for row in rows {
        writer.serialize(row)?;
    }
    Ok(writer.flush()?)
}

fn lines() -> impl Iterator<Item = rows::Line> {
    house::LINES.iter().map(|line| rows::Line {
        number: line.number,
        name: line.name,
        channel: line.channel,
        script: line.script,
        branch: line.branch,
        address: house::ADDRESSES
            .iter()
            .find(|(branch, _)| *branch == line.branch)
            .map_or("", |(_, text)| text),
    })
}

fn topics() -> impl Iterator<Item = rows::Topic> {
    let treated = house::SUBJECTS.iter().map(|subject| subject.topic);
    treated.chain(house::OTHER_TOPICS).map(|name| rows::Topic { name })
}
