//! One page of HTML that stands alone: no script, no resource from elsewhere. Readable when mailed and when printed,
//! light and dark. It is well-formed XML too, and every text in it is escaped.

mod channels;
mod figures;
mod funnel;
mod heat;
mod list;
mod markup;
mod trend;

use std::io::Write;

use super::error::Error;
use super::paper::Paper;
use super::{Ask, Shown, metrics, table_of};
use crate::desk::MetricSaid;
use crate::domain::desk::Refusal;
use crate::domain::period::Period;
use crate::domain::report::{Comparison, Level, Query, Table};
use markup::{element, escaped, section};

pub use list::begin;

const STYLE: &str = include_str!("page/style.css");

/// The charts, then the table.
pub fn table(
    shown: &Shown<'_>,
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
    ask: &mut Ask<'_>,
) -> Result<(), Error> {
    let query = &shown.table.query;
    let (charts, metrics) = match shown.table.total.calls {
        0 => (element("p", "empty", &escaped(&paper.say("page-empty"))), String::new()),
        _ => (charts(shown.table, paper, ask)?, measured_of(query, paper, ask)?),
    };
    open(&paper.about(query, ask), paper, out)?;
    for part in [charts, figures::table(shown, paper), metrics] {
        out.write_all(part.as_bytes())?;
    }
    close(out)
}

/// The metrics alone.
pub fn metrics(
    said: &[MetricSaid],
    about: &[String],
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), Error> {
    open(about, paper, out)?;
    out.write_all(measured(said, paper).as_bytes())?;
    close(out)
}

/// Nothing where nobody reckons the metrics.
fn measured_of(query: &Query, paper: &Paper<'_>, ask: &mut Ask<'_>) -> Result<String, Error> {
    match metrics::said(query, paper, ask) {
        Err(Error::Refused(Refusal::NotFound)) => Ok(String::new()),
        said => Ok(measured(&said?, paper)),
    }
}

fn measured(said: &[MetricSaid], paper: &Paper<'_>) -> String {
    let row = |said: &MetricSaid| {
        let name = element("th", "", &escaped(&said.name));
        let value = element("td", "number", &escaped(&said.value));
        let formula = element("small", "", &escaped(&said.formula));
        element("tr", "", &[name, value, element("td", "", &(escaped(&said.base) + &formula))].concat())
    };
    section(&paper.say("metrics"), &element("table", "metrics", &said.iter().map(row).collect::<String>()))
}

fn open(about: &[String], paper: &Paper<'_>, out: &mut (dyn Write + Send)) -> Result<(), Error> {
    let title = escaped(&paper.words.say("report-title"));
    let language = paper.say("page-language");
    let parts: String = about.iter().map(|part| element("li", "", &escaped(part))).collect();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"/>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\
         <meta name=\"color-scheme\" content=\"light dark\"/>\
         <title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<ul class=\"about\">{parts}</ul>\n"
    )?;
    Ok(())
}

fn close(out: &mut (dyn Write + Send)) -> Result<(), Error> {
    Ok(out.write_all(b"</body></html>\n")?)
}

fn charts(table: &Table, paper: &Paper<'_>, ask: &mut Ask<'_>) -> Result<String, Error> {
    let query = &table.query;
    let mut by = |by, then_by, period: Period| {
        table_of(
            &Query { by, then_by, period, compare: None, filter: query.filter.clone(), kind: query.kind },
            ask,
        )
    };
    let before = query.period.before(query.compare.unwrap_or(Comparison::Previous));
    let hours = by(Level::Weekday, Level::Hour, query.period)?;
    let days = by(Level::Day, Level::None, query.period)?;
    let days_before = by(Level::Day, Level::None, before)?;
    let channels = by(Level::Channel, Level::None, query.period)?;
    Ok([
        funnel::draw(&table.total, query.kind, paper),
        channels::draw(&channels, paper),
        trend::draw(&days, &days_before, paper),
        heat::draw(&hours, paper),
    ]
    .concat())
}
