//! The flags of what is counted and how it is looked at; the filter's have a module of their own.

use chrono::NaiveDate;

use super::day::Day;
use super::named::word;
use super::preset::Preset;
use crate::cli::Failure;
use crate::domain::period::{Period, Span};
use crate::domain::report::{
    Comparison, Keyword as _, Kind, Level, Measure, Pane, Sorted, View, When, each_once,
};

#[derive(clap::Args)]
#[group(skip)]
pub struct Asked {
    /// A report ready to use; what is named beside it stands instead
    #[arg(long, conflicts_with = "screen")]
    pub preset: Option<Preset>,
    /// A named period; one that is not over ends today
    #[arg(long, value_parser = word::<Span>(), conflicts_with_all = ["from", "to"])]
    period: Option<Span>,
    /// First day, 2026-11-20 or 20.11.2026, today or yesterday [default: the last, else today]
    #[arg(long, value_name = "DAY")]
    from: Option<Day>,
    /// Last day [default: the first]
    #[arg(long, value_name = "DAY")]
    to: Option<Day>,
    /// calls: every call; patients: all contacts of a person in a day count once [default: calls]
    #[arg(long, value_parser = word::<Kind>())]
    kind: Option<Kind>,
    /// First level of totals [default: employee]
    #[arg(long, value_name = "LEVEL", value_parser = word::<Level>())]
    by: Option<Level>,
    /// Second level of totals [default: none]
    #[arg(long, value_name = "LEVEL", value_parser = word::<Level>())]
    then_by: Option<Level>,
    /// Another period's figures beside each
    #[arg(long, value_parser = word::<Comparison>())]
    compare: Option<Comparison>,
    /// Columns, in this order, with commas between them [default: all]
    #[arg(long, value_name = "MEASURE,...", value_delimiter = ',', value_parser = word::<Measure>())]
    columns: Vec<Measure>,
    /// Rows by a figure, the least first; -MEASURE: the most first
    #[arg(long, value_name = "MEASURE", allow_hyphen_values = true, value_parser = sorted)]
    sort: Option<Sorted>,
    /// List the calls behind the total instead of figures
    #[arg(long)]
    calls: bool,
    /// The standard metrics with their formulas, and what misses cost, instead of figures
    #[arg(long, conflicts_with = "calls")]
    metrics: bool,
}

impl Asked {
    /// What is said here stands instead of what `base` says.
    pub fn over(&self, base: View, today: NaiveDate) -> Result<View, Failure> {
        Ok(View {
            when: self.when(today)?.unwrap_or(base.when),
            kind: self.kind.unwrap_or(base.kind),
            by: self.by.unwrap_or(base.by),
            then_by: self.then_by.unwrap_or(base.then_by),
            compare: self.compare.or(base.compare),
            columns: if self.columns.is_empty() { base.columns } else { each_once(self.columns.clone()) },
            sorted: self.sort.or(base.sorted),
            pane: self.pane().unwrap_or(base.pane),
            filter: base.filter,
        })
    }

    fn pane(&self) -> Option<Pane> {
        self.calls.then_some(Pane::Calls).or(self.metrics.then_some(Pane::Metrics))
    }

    fn when(&self, today: NaiveDate) -> Result<Option<When>, Failure> {
        let Some(from) = self.from.or(self.to) else { return Ok(self.period.map(When::Span)) };
        let period = Period { from: from.date(today), to: self.to.unwrap_or(from).date(today) };
        if period.to < period.from {
            return Err(Failure::new("the last day lies before the first").hint("exchange --from and --to"));
        }
        Ok(Some(When::Dates(period)))
    }
}

fn sorted(text: &str) -> Result<Sorted, String> {
    Sorted::read(text).ok_or_else(|| format!("write one of {}", Measure::expected()))
}
