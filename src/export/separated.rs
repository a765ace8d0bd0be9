//! CSV, for programs and for Excel.

use std::io::Write;
use std::time::Duration;

use super::cell::Cell;
use super::error::Error;
use super::paper::Paper;
use super::sheet::{Column, Line, Sheet, Writing};
use crate::desk::Language;

/// How values are parted and written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dialect {
    pub separator: u8,
    /// Before fractions.
    pub point: char,
    /// The byte order mark by which Excel knows UTF-8.
    pub mark: bool,
    pub headings: Headings,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Headings {
    /// The same in every language.
    Keys,
    Titles,
}

impl Dialect {
    pub const OF_PROGRAMS: Dialect =
        Dialect { separator: b',', point: '.', mark: false, headings: Headings::Keys };

    /// Opened by a double click, Excel knows of separators those of its own language: what has another decimal point
    /// becomes a date there.
    pub fn of_excel(language: Language) -> Dialect {
        let (separator, point) = match language {
            Language::Ru => (b';', ','),
            Language::En => (b',', '.'),
        };
        Dialect { separator, point, mark: true, headings: Headings::Titles }
    }
}

pub fn write(
    sheet: &Sheet,
    dialect: Dialect,
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), Error> {
    sheet.write_to(begin(&sheet.columns, dialect, paper, out)?)
}

pub fn begin<'w>(
    columns: &[Column],
    dialect: Dialect,
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn Writing + 'w>, Error> {
    if dialect.mark {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new().delimiter(dialect.separator).from_writer(out);
    writer.write_record(columns.iter().map(|column| match dialect.headings {
        Headings::Keys => &column.key,
        Headings::Titles => &column.title,
    }))?;
    Ok(Box::new(Separated { writer, dialect, paper }))
}

struct Separated<'w> {
    writer: csv::Writer<&'w mut (dyn Write + Send)>,
    dialect: Dialect,
    paper: &'w Paper<'w>,
}

impl Separated<'_> {
    fn written(&self, cell: &Cell) -> String {
        match (cell, self.dialect.headings) {
            (Cell::Text(text), _) => defused(text),
            (Cell::Named { .. }, Headings::Titles) => defused(&cell.shown(self.paper)),
            (Cell::Length(length), Headings::Titles) => by_the_clock(*length),
            (Cell::Length(_) | Cell::Percent(_) | Cell::Money(_), _) => {
                cell.plain().replace('.', self.dialect.point.encode_utf8(&mut [0; 4]))
            }
            _ => cell.plain(),
        }
    }
}

impl Writing for Separated<'_> {
    fn put(&mut self, line: &Line) -> Result<(), Error> {
        let cells: Vec<String> = line.cells.iter().map(|cell| self.written(cell)).collect();
        Ok(self.writer.write_record(cells)?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        Ok(self.writer.flush()?)
    }
}

/// `1:02:03`, which a spreadsheet reads as a length of time and not as one of the day without its hours.
fn by_the_clock(length: Duration) -> String {
    let seconds = length.as_secs();
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A text that a spreadsheet would take for a formula, with an apostrophe in front.
fn defused(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
