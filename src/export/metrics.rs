//! The standard metrics, each with what it is a part of and its formula.

use std::io::Write;

use super::cell::Cell;
use super::error::Error;
use super::paper::Paper;
use super::sheet::{Column, Line, Sheet};
use super::{Ask, Format, json, page, plain, separated, workbook};
use crate::desk::{MetricSaid, ReportNorms, metric_questions, metrics_said};
use crate::domain::desk::Reply;
use crate::domain::metric::{Losses, Metrics, ServiceLevel};
use crate::domain::report::{Measures, Query};

/// `formula` is of the service level.
pub fn write(
    (query, formula): (&Query, ServiceLevel),
    format: Format,
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
    ask: &mut Ask<'_>,
) -> Result<(), Error> {
    let (metrics, patients) = asked(query, paper, ask)?;
    let losses = Losses::of(&patients, &query.filter);
    let norms = ReportNorms { service_level: formula, ..paper.norms.clone() };
    let said = metrics_said(&metrics, &losses, &norms, paper.words);
    match format {
        Format::Json => json::metrics(query, &metrics, &losses, out),
        Format::Page => page::metrics(&said, &paper.about(query, ask), paper, out),
        Format::Plain => plain::write(&sheet(&said, paper), paper, out),
        Format::Workbook => workbook::write(&sheet(&said, paper), &paper.about(query, ask), paper, out),
        Format::Separated(dialect) => separated::write(&sheet(&said, paper), dialect, paper, out),
    }
}

/// In words, for a page.
pub fn said(query: &Query, paper: &Paper<'_>, ask: &mut Ask<'_>) -> Result<Vec<MetricSaid>, Error> {
    let (metrics, patients) = asked(query, paper, ask)?;
    Ok(metrics_said(&metrics, &Losses::of(&patients, &query.filter), &paper.norms, paper.words))
}

/// The metrics, and the patients' total that shows what misses cost.
fn asked(query: &Query, paper: &Paper<'_>, ask: &mut Ask<'_>) -> Result<(Metrics, Measures), Error> {
    let [metrics, patients] = metric_questions(query, &paper.norms);
    match (ask(metrics)?, ask(patients)?) {
        (Reply::Metrics(metrics), Reply::Report(patients)) => Ok((*metrics, patients.total)),
        _ => Err(Error::OtherAnswer),
    }
}

fn sheet(said: &[MetricSaid], paper: &Paper<'_>) -> Sheet {
    let column = |key: &str, width| {
        let title = paper.say(&format!("metric-{key}"));
        Column { key: key.to_owned(), title, width }
    };
    let columns = vec![column("name", 30), column("value", 16), column("base", 36), column("formula", 80)];
    let line = |said: &MetricSaid| {
        let texts = [&said.name, &said.value, &said.base, &said.formula];
        Line::leaf(texts.map(|text| Cell::text(text)).into())
    };
    Sheet { columns, lines: said.iter().map(line).collect() }
}
