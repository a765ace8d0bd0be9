//! `pult report`: «История общения» on the command line, printed or written to a file.

mod day;
mod destination;
mod filter;
mod form;
mod named;
mod preset;
mod source;
mod view;

use std::path::Path;

use chrono::{NaiveDate, Utc};

use super::{Failure, existing, launch, whereabouts};
use crate::config::Language;
use crate::desk::{Look, ReportClinic, ReportWords, Text, drawn_in_report};
use crate::domain::desk::{Figure, Reply, Request};
use crate::domain::export::Content;
use crate::domain::metric::ServiceLevel;
use crate::domain::period::day_of;
use crate::domain::report::{Measure, Pane, View};
use crate::export::{self, Format, Paper};
use source::Source;

const EXAMPLES: &str = "\
Examples, also for a crontab:
  pult report --period month --by employee --then-by outcome --kind patients
  pult report 'month patients employee/outcome patients-only topic=Имплантация compare=previous'
  pult report --preset missed-today --calls
  pult report --by topic --outcome not-booked --topic unknown --wait 1m.. --sort -money
  0 21 * * *   pult report --html --output /srv/reports/today.html
  30 7 * * 1   pult report --period last-week --calls --output /srv/reports/calls.xlsx

The line holds all that a report's screen shows; the desk copies it, and flags beside it stand instead of what it \
says. Words in any order: a period (month, last-week, 2026-11-01..2026-11-21), calls or patients, levels (topic/employee), \
patients-only, LEVEL=NAME,..., wait>=30s, talk<=5m, text=..., number=..., recording=yes, comment=no, compare=..., \
columns=..., sort=-money, pane=calls. A pane is what is written: calls the list, heat-map its weekdays and hours, trend \
its days or weeks, channels and funnel their figures, metrics the standard metrics.

CSV has one row for each group of the last level, so that they add up; a text that a spreadsheet could take for a \
formula gets an apostrophe in front. JSON has the keys from, to, kind, by, then_by, rows and total; each row has name, \
id, the figures (calls, taken, missed, wait_s, talk_s, booked, booked_percent, held, held_percent, money, \
average_money; those of --columns only, where it is given) and, where there is a second level, rows. With --compare \
there is compared_with, the days of the other period, and each row and the total has before, the same figures of that \
period. wait_s and talk_s are sums, percents are of calls taken, money is text: roubles with kopecks, \"-1200.50\".";

/// Print the report «История общения», or write it to a file
///
/// Only reads the store, beside a running desk too; what makes the next report quick is kept in a file beside it.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Args {
    /// A report's screen in one line, as the desk copies it
    #[arg(value_name = "LINE")]
    screen: Option<String>,
    #[command(flatten)]
    view: view::Asked,
    #[command(flatten)]
    filter: filter::Kept,
    #[command(flatten)]
    form: form::Asked,
    /// Language of the words [default: as configured]
    #[arg(long)]
    language: Option<Language>,
    #[command(flatten)]
    whereabouts: whereabouts::Asked,
}

pub fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let whereabouts = args.whereabouts.find(config)?;
    let source = Source::open(&whereabouts.store, whereabouts.zone)?;
    let Reply::Directories(directories) = source::ask(&source, Request::Directories)? else {
        return Err(Failure::new("the store did not say its directories"));
    };
    let now = Utc::now();
    let today = day_of(now, whereabouts.zone);
    let norms = launch::norms(&existing(config)?.map(|config| config.report).unwrap_or_default());
    let clinic = ReportClinic { directories: &directories, limits: norms.usual };
    let content = content(args.view(clinic, today)?, today, norms.service_level);
    let look = Look::on_paper(args.text(whereabouts.language, config)?, whereabouts.zone);
    let words = ReportWords { look: &look, directories: &directories };
    let paper = Paper::new(words, norms, now);
    let format = args.form.format(paper.language())?;
    let mut ask = |request| source::ask(&source, request);
    args.form
        .destination(format)?
        .write(|out| Ok(export::write(&content, format, &paper, out, &mut ask)?))?;
    say_gaps(&content, format, &paper, &mut ask);
    Ok(())
}

/// Beside the figures, never among them: whoever reads on by a program gets what was asked for. Pages and workbooks
/// say it themselves.
#[expect(clippy::print_stderr, reason = "the command line's own voice")]
fn say_gaps(content: &Content, format: Format, paper: &Paper<'_>, ask: &mut export::Ask<'_>) {
    let says_itself = matches!(format, Format::Page | Format::Workbook);
    let period = content.period().filter(|_| !says_itself);
    if let Some(said) = period.and_then(|period| paper.gaps(period, ask)) {
        eprintln!("pult: {said}");
    }
}

impl Args {
    /// What the line or the preset says, with the flags laid over it.
    fn view(&self, clinic: ReportClinic<'_>, today: NaiveDate) -> Result<View, Failure> {
        let base = match (&self.screen, self.view.preset) {
            (Some(line), _) => named::view(line, clinic.directories)?,
            (None, Some(preset)) => preset.view(clinic),
            (None, None) => named::view("today", clinic.directories)?,
        };
        let view = self.view.over(base, today)?;
        let filter = self.filter.over(view.filter, clinic.directories)?;
        Ok(View { filter, ..view })
    }

    /// The words as configured; a user's own are of the language configured.
    fn text(&self, configured: Language, config: Option<&Path>) -> Result<Text, Failure> {
        let text = Text::new(launch::language(self.language.unwrap_or(configured)));
        let desk = existing(config)?.map(|config| config.desk).unwrap_or_default();
        let own = launch::words(&desk)?.filter(|_| self.language.is_none());
        Ok(own.iter().fold(text, Text::over))
    }
}

/// A picture is the table that it draws, as the desk exports it; columns and an order that are said stand before its own.
fn content(view: View, today: NaiveDate, formula: ServiceLevel) -> Content {
    let query = view.query(today);
    match drawn_in_report(view.pane, &query, formula) {
        Some(Content::Table { query, columns, sorted }) => Content::Table {
            query,
            columns: if view.columns.is_empty() { columns } else { view.columns },
            sorted: view.sorted.or(sorted),
        },
        Some(other) => other,
        None if view.pane == Pane::Calls => {
            Content::Calls(Figure { query, path: vec![], measure: Measure::Calls })
        }
        None => Content::Table { query, columns: view.columns, sorted: view.sorted },
    }
}
