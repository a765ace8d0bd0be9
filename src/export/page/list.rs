//! A list of calls as a page, row by row.

use std::io::Write;

use super::super::cell::Cell;
use super::super::error::Error;
use super::super::paper::Paper;
use super::super::sheet::{Column, Line, Writing};
use super::markup::{element, escaped};

pub fn begin<'w>(
    columns: &[Column],
    about: &[String],
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn Writing + 'w>, Error> {
    super::open(about, paper, out)?;
    let head: String =
        columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escaped(&column.title))).collect();
    writeln!(out, "<div class=\"wide\"><table class=\"calls\"><thead><tr>{head}</tr></thead><tbody>")?;
    Ok(Box::new(List { paper, out }))
}

struct List<'w> {
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
}

impl Writing for List<'_> {
    fn put(&mut self, line: &Line) -> Result<(), Error> {
        let cell = |cell: &Cell| {
            let class = if cell.is_numeric() { "number" } else { "" };
            element("td", class, &escaped(&cell.shown(self.paper)))
        };
        let cells: String = line.cells.iter().map(cell).collect();
        Ok(writeln!(self.out, "{}", element("tr", "", &cells))?)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        self.out.write_all(b"</tbody></table></div>\n")?;
        super::close(self.out)
    }
}
