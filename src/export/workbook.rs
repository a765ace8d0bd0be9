//! XLSX: numbers are numbers with a format, texts are texts, whatever they look like.

use std::io::Write;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::cell::Cell;
use super::error::Error;
use super::paper::Paper;
use super::sheet::{Column, Line, Sheet, Weight, Writing};

/// Rows below the heading.
const ROWS_AT_MOST: u32 = 1_048_575;
/// What a cell holds.
const LONGEST_TEXT: usize = 32_767;

/// A table with its levels to be folded.
pub fn write(
    sheet: &Sheet,
    about: &[String],
    paper: &Paper<'_>,
    out: &mut (dyn Write + Send),
) -> Result<(), Error> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().group_symbols_above(true);
    sheet.write_to(begun(workbook, &sheet.columns, about, paper, out)?)
}

/// Rows go to a temporary file as they come: a million of them do not stand in memory. Such rows cannot be folded.
pub fn begin<'w>(
    columns: &[Column],
    about: &[String],
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn Writing + 'w>, Error> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet_with_low_memory()?;
    begun(workbook, columns, about, paper, out)
}

fn begun<'w>(
    mut workbook: Workbook,
    columns: &[Column],
    about: &[String],
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn Writing + 'w>, Error> {
    let head = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin);
    let sheet = workbook.worksheet_from_index(0)?;
    sheet.set_name(paper.words.say("report-title"))?.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (place, column) in (0..).zip(columns) {
        sheet.set_column_width(place, f64::from(column.width))?;
        sheet.write_string_with_format(0, place, &column.title, &head)?;
    }
    describe(workbook.add_worksheet(), about, paper)?;
    Ok(Box::new(Book { workbook, formats: Formats::new(), row: 0, paper, out }))
}

/// A sheet of its own says what was asked: the table begins with its heading, ready to be filtered and added up.
fn describe(sheet: &mut Worksheet, about: &[String], paper: &Paper<'_>) -> Result<(), Error> {
    sheet.set_name(paper.say("question"))?.set_column_width(0, 80)?;
    for (row, part) in (0..).zip(about) {
        sheet.write_string(row, 0, short(part))?;
    }
    Ok(())
}

struct Book<'w> {
    workbook: Workbook,
    formats: Formats,
    /// Of the last line written; the heading is 0.
    row: u32,
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
}

impl Writing for Book<'_> {
    fn put(&mut self, line: &Line) -> Result<(), Error> {
        if self.row == ROWS_AT_MOST {
            return Err(Error::TooManyRows);
        }
        self.row += 1;
        let sheet = self.workbook.worksheet_from_index(0)?;
        if line.weight == Weight::Inner {
            sheet.group_rows(self.row, self.row)?;
        }
        for (place, cell) in (0..).zip(&line.cells) {
            let format = self.formats.of(cell, line.weight);
            put(sheet, (self.row, place), cell, format, self.paper)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Error> {
        Ok(self.workbook.save_to_writer(self.out)?)
    }
}

/// Texts are written as texts and numbers as numbers: nothing is ever a formula.
fn put(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Cell,
    format: &Format,
    paper: &Paper<'_>,
) -> Result<(), Error> {
    match cell {
        Cell::Empty => sheet.write_blank(row, place, format)?,
        Cell::Text(_) | Cell::Named { .. } | Cell::Phone(_) => {
            sheet.write_string_with_format(row, place, short(&cell.shown(paper)), format)?
        }
        Cell::Day(day) => sheet.write_datetime_with_format(row, place, day, format)?,
        Cell::At(at) => sheet.write_datetime_with_format(row, place, at, format)?,
        Cell::Count(count) => sheet.write_number_with_format(row, place, *count as f64, format)?,
        // A spreadsheet counts time in days.
        Cell::Length(length) => {
            sheet.write_number_with_format(row, place, length.as_secs_f64() / 86_400.0, format)?
        }
        Cell::Percent(percent) => sheet.write_number_with_format(row, place, percent / 100.0, format)?,
        Cell::Money(money) => sheet.write_number_with_format(row, place, money.0 as f64 / 100.0, format)?,
    };
    Ok(())
}

fn short(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// What each kind of value looks like, plain and as a sum.
struct Formats {
    plain: Kinds,
    bold: Kinds,
    total: Kinds,
}

struct Kinds {
    text: Format,
    day: Format,
    instant: Format,
    count: Format,
    length: Format,
    percent: Format,
    money: Format,
}

impl Formats {
    fn new() -> Formats {
        let bold = Format::new().set_bold();
        Formats {
            plain: Kinds::over(&Format::new()),
            total: Kinds::over(&bold.clone().set_border_top(FormatBorder::Thin)),
            bold: Kinds::over(&bold),
        }
    }

    fn of(&self, cell: &Cell, weight: Weight) -> &Format {
        let kinds = match weight {
            Weight::Leaf | Weight::Inner => &self.plain,
            Weight::Outer => &self.bold,
            Weight::Total => &self.total,
        };
        match cell {
            Cell::Empty | Cell::Text(_) | Cell::Named { .. } | Cell::Phone(_) => &kinds.text,
            Cell::Day(_) => &kinds.day,
            Cell::At(_) => &kinds.instant,
            Cell::Count(_) => &kinds.count,
            Cell::Length(_) => &kinds.length,
            Cell::Percent(_) => &kinds.percent,
            Cell::Money(_) => &kinds.money,
        }
    }
}

impl Kinds {
    fn over(base: &Format) -> Kinds {
        let number = |format: &str| base.clone().set_num_format(format);
        Kinds {
            text: base.clone().set_align(FormatAlign::Top),
            day: number("dd.mm.yyyy").set_align(FormatAlign::Left),
            instant: number("dd.mm.yyyy hh:mm:ss"),
            count: number("#,##0"),
            length: number("[h]:mm:ss"),
            percent: number("0.0%"),
            money: number("#,##0.00"),
        }
    }
}
