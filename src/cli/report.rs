//! `pult report`: «История общения» on the command line, as a table, CSV or JSON.

mod day;
mod filter;
mod json;
mod label;
mod rows;
mod sheet;

use std::path::Path;

use chrono::{NaiveDate, Utc};

use super::{Failure, launch, output, text, whereabouts};
use crate::config::Language;
use crate::desk::Text;
use crate::domain::call::Direction;
use crate::domain::outcome::Outcome;
use crate::domain::period::{Period, day_of};
use crate::domain::report::{self, Group, Query};
use crate::store::report as figures;
use crate::store::{Store, directories};
use day::Day;
use label::Labels;

/// Print the report «История общения»
///
/// Reads only, beside a running desk too. For a crontab:
/// `0 21 * * * pult report --from today --format excel > /srv/reports/calls.csv`
///
/// CSV and Excel have one row for each group of the last level, so that they add up; a text that a spreadsheet could take for a formula gets an
/// apostrophe in front. JSON has the keys from, to, kind, by, then_by, rows and total; each row has name, id, the
/// figures (calls, taken, missed, wait_s, talk_s, booked, booked_percent, held, held_percent, money,
/// average_money) and, where there is a second level, rows. Percents are of calls taken, money is in roubles.
#[derive(clap::Args)]
pub struct Args {
    /// First day, 2026-11-20 or 20.11.2026, today or yesterday [default: the last, else today]
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Last day [default: the first]
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,
    /// First level of totals [default: employee]
    #[arg(long, value_name = "LEVEL")]
    by: Option<Level>,
    /// Second level of totals
    #[arg(long, value_name = "LEVEL")]
    then_by: Option<Level>,
    /// calls: every call; patients: all contacts of a person in a day count once
    #[arg(long, default_value = "calls")]
    kind: Kind,
    /// A report ready to use; what is named beside it stands instead
    #[arg(long)]
    preset: Option<Preset>,
    /// List the calls behind the total instead of figures
    #[arg(long)]
    calls: bool,
    /// How it is printed
    #[arg(long, default_value = "table")]
    format: Format,
    /// Language of the words [default: as configured]
    #[arg(long)]
    language: Option<Language>,
    #[command(flatten)]
    filter: filter::Kept,
    #[command(flatten)]
    whereabouts: whereabouts::Asked,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Level {
    Employee,
    Outcome,
    Topic,
    Channel,
    None,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Calls,
    Patients,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Preset {
    /// Today's missed calls of patients, by channel
    MissedToday,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people, in their language
    Table,
    /// For programs: the same headings in every language, commas, decimal points
    Csv,
    /// For Excel by a double click: headings and separators of the language
    Excel,
    /// For programs, with ids and sums
    Json,
}

pub fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let whereabouts = args.whereabouts.find(config)?;
    if !whereabouts.store.exists() {
        return Err(Failure::new(format!("there is no store at {}", whereabouts.store.display()))
            .hint("pult import makes one; --store names another"));
    }
    let store = Store::open_shared(&whereabouts.store)?;
    let directories = store.read(directories::all)?;
    let language = launch::language(args.language.unwrap_or(whereabouts.language));
    let (text, desk) = (text::of(language), Text::new(language));
    let labels = Labels { text: &text, desk: &desk, directories: &directories, zone: whereabouts.zone };
    let query = args.query(day_of(Utc::now(), whereabouts.zone), args.filter.resolve(&directories)?)?;
    let printed = if args.calls {
        listed(args, &store, &query, &labels)
    } else {
        counted(args, &store, &query, &labels)
    };
    output::print(&printed?)
}

/// The calls behind the total.
fn listed(args: &Args, store: &Store, query: &Query, labels: &Labels) -> Result<String, Failure> {
    let (calls, _) =
        store.read(|connection| figures::calls(connection, query, &[], 0..usize::MAX, labels.zone))?;
    match args.format {
        Format::Json => json::calls(&calls, labels),
        format => rows::calls(&calls, labels).print(format, labels.text.language),
    }
}

fn counted(args: &Args, store: &Store, query: &Query, labels: &Labels) -> Result<String, Failure> {
    let table = store.read(|connection| figures::table(connection, query, labels.zone))?;
    match args.format {
        Format::Json => json::table(&table, labels),
        Format::Table => rows::table(&table, labels).print(Format::Table, labels.text.language),
        format => rows::leaves(&table, labels).print(format, labels.text.language),
    }
}

impl Args {
    fn query(&self, today: NaiveDate, mut filter: report::Filter) -> Result<Query, Failure> {
        let from = self.from.or(self.to).unwrap_or(Day::Today);
        let period = Period { from: from.date(today), to: self.to.unwrap_or(from).date(today) };
        if period.to < period.from {
            return Err(Failure::new("the last day lies before the first").hint("exchange --from and --to"));
        }
        let (mut by, then_by) = (Level::Employee, self.then_by.unwrap_or(Level::None));
        if self.preset == Some(Preset::MissedToday) {
            by = Level::Channel;
            if filter.of(report::Level::Outcome).next().is_none() {
                filter.only.push(Group::Outcome(Some(Outcome::Missed)));
            }
            if filter.of(report::Level::Direction).next().is_none() {
                filter.only.push(Group::Direction(Direction::Incoming));
            }
            filter.patients_only = true;
        }
        let kind = match self.kind {
            Kind::Calls => report::Kind::Calls,
            Kind::Patients => report::Kind::Patients,
        };
        Ok(Query {
            period,
            kind,
            by: self.by.unwrap_or(by).into(),
            then_by: then_by.into(),
            filter,
            compare: None,
        })
    }
}

impl From<Level> for report::Level {
    fn from(level: Level) -> report::Level {
        match level {
            Level::Employee => report::Level::Employee,
            Level::Outcome => report::Level::Outcome,
            Level::Topic => report::Level::Topic,
            Level::Channel => report::Level::Channel,
            Level::None => report::Level::None,
        }
    }
}
