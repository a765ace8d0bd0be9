//! Tables and lists of calls as files: CSV, XLSX, JSON, a page for mailing, plain text for a terminal.
//!
//! Asks what it needs in the words of the desk ([`Request`]) and writes the answers; who answers, and where the bytes
//! go, is the caller's. Everything that came from outside is made harmless here for the program that will open the
//! file: no formula, no mark-up, no control character.

mod calls;
mod cell;
mod error;
mod json;
mod metrics;
mod page;
mod paper;
mod plain;
mod separated;
mod sheet;
mod table;
mod workbook;

use std::io::Write;

use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::export::{Content, Form};
use crate::domain::report::{Column, Query, Row, Sorted, Table};

pub use error::Error;
pub use paper::Paper;
pub use separated::{Dialect, Headings};

/// How a file is written; [`Form`] is what a desk offers of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people at a terminal.
    Plain,
    Separated(Dialect),
    Json,
    Workbook,
    Page,
}

/// Who answers requests.
pub type Ask<'a> = dyn FnMut(Request) -> Result<Reply, Refusal> + 'a;

impl Format {
    /// A desk's CSV is opened by a double click.
    pub fn of(form: Form, paper: &Paper<'_>) -> Format {
        match form {
            Form::Csv => Format::Separated(Dialect::of_excel(paper.language())),
            Form::Xlsx => Format::Workbook,
            Form::Json => Format::Json,
            Form::Html => Format::Page,
        }
    }
}

/// Writes all of `content`; asks for it first.
pub fn write(
    content: &Content,
    format: Format,
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
    ask: &mut Ask<'_>,
) -> Result<(), Error> {
    match content {
        Content::Table { query, columns, sorted } => {
            let table = table_of(query, ask)?;
            let shown = Shown { table: &sorted_table(table, *sorted), columns };
            write_table(&shown, format, paper, out, ask)?;
        }
        Content::Metrics { query, formula } => metrics::write((query, *formula), format, paper, out, ask)?,
        Content::Calls(_) | Content::History(_) => calls::write(content, format, paper, out, ask)?,
    }
    Ok(out.flush()?)
}

/// A table as it is to be seen.
struct Shown<'t> {
    table: &'t Table,
    /// Empty is all of them.
    columns: &'t [Column],
}

impl Shown<'_> {
    fn columns(&self) -> &[Column] {
        if self.columns.is_empty() { &Column::ALL } else { self.columns }
    }
}

fn table_of(query: &Query, ask: &mut Ask<'_>) -> Result<Table, Error> {
    match ask(Request::Report(query.clone()))? {
        Reply::Report(table) => Ok(*table),
        _ => Err(Error::OtherAnswer),
    }
}

fn sorted_table(mut table: Table, sorted: Option<Sorted>) -> Table {
    sort(&mut table.rows, sorted);
    table
}

/// Both levels, by the figure asked for; else times stand in their order, other rows as they came.
fn sort(rows: &mut [Row], sorted: Option<Sorted>) {
    match sorted {
        Some(sorted) => rows.sort_by(|one, other| sorted.compare(&one.measures, &other.measures)),
        None if rows.iter().all(|row| row.group.is_of_time()) => {
            rows.sort_by(|one, other| one.group.cmp(&other.group));
        }
        None => {}
    }
    rows.iter_mut().for_each(|row| sort(&mut row.rows, sorted));
}

fn write_table(
    shown: &Shown<'_>,
    format: Format,
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
    ask: &mut Ask<'_>,
) -> Result<(), Error> {
    match format {
        Format::Plain => plain::write(&table::tree(shown, paper), paper, out),
        Format::Separated(dialect) => separated::write(&table::leaves(shown, paper), dialect, paper, out),
        Format::Json => json::table(shown, paper, out),
        Format::Workbook => {
            let about = paper.about(&shown.table.query, ask);
            workbook::write(&table::outline(shown, paper), &about, paper, out)
        }
        Format::Page => page::table(shown, paper, out, ask),
    }
}
