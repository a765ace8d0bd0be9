//! Rows and columns, and who writes them.

use super::cell::Cell;
use super::error::Error;

pub struct Sheet {
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
}

#[derive(Clone)]
pub struct Column {
    /// The heading for programs: the same in every language.
    pub key: String,
    pub title: String,
    /// In characters, where columns have a width.
    pub width: u16,
}

pub struct Line {
    pub cells: Vec<Cell>,
    pub weight: Weight,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    Leaf,
    /// A leaf below the line it is a part of.
    Inner,
    /// The sum of those that follow it.
    Outer,
    Total,
}

/// A sheet on its way into a file, from its first line to its last.
pub trait Writing {
    fn put(&mut self, line: &Line) -> Result<(), Error>;
    fn finish(self: Box<Self>) -> Result<(), Error>;
}

impl Line {
    pub fn leaf(cells: Vec<Cell>) -> Line {
        Line { cells, weight: Weight::Leaf }
    }
}

impl Sheet {
    pub fn write_to(&self, mut writing: Box<dyn Writing + '_>) -> Result<(), Error> {
        self.lines.iter().try_for_each(|line| writing.put(line))?;
        writing.finish()
    }
}
