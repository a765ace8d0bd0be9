//! Text for a terminal: columns line up by what a terminal shows.

use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use super::error::Error;
use super::paper::Paper;
use super::sheet::{Column, Line, Sheet, Writing};

pub fn write(sheet: &Sheet, paper: &Paper<'_>, out: &mut (dyn Write + Send)) -> Result<(), Error> {
    sheet.write_to(begin(&sheet.columns, paper, out))
}

pub fn begin<'w>(
    columns: &[Column],
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
) -> Box<dyn Writing + 'w> {
    let titles = columns.iter().map(|column| column.title.clone()).collect();
    Box::new(Plain { lines: vec![titles], numeric: vec![true; columns.len()], paper, out })
}

struct Plain<'w> {
    lines: Vec<Vec<String>>,
    /// Columns of nothing but numbers.
    numeric: Vec<bool>,
    paper: &'w Paper<'w>,
    out: &'w mut (dyn Write + Send),
}

impl Writing for Plain<'_> {
    fn put(&mut self, line: &Line) -> Result<(), Error> {
        for (numeric, cell) in self.numeric.iter_mut().zip(&line.cells) {
            *numeric &= cell.is_numeric();
        }
        self.lines.push(line.cells.iter().map(|cell| cell.shown(self.paper)).collect());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        let width = |place: usize| self.lines.iter().map(|line| line[place].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.numeric.len()).map(width).collect();
        for line in &self.lines {
            let cells = line.iter().enumerate().map(|(place, text)| {
                let gap = " ".repeat(widths[place] - text.width());
                if self.numeric[place] { format!("{gap}{text}") } else { format!("{text}{gap}") }
            });
            writeln!(self.out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}
