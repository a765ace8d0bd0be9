//! The table as it is looked at: which rows are open, where the cursor is. The figures are the engine's.
//!
//! Places are remembered by the groups themselves, so a new answer to the same question finds the same rows
//! open and the cursor where it was.

use crate::desk::action::Action;
use crate::desk::scroll;
use crate::domain::report::{Group, Measures, Row, Table};

/// One group a level, from the outermost; empty for the total.
pub type Path = Vec<Group>;

#[derive(Debug, Default)]
pub struct Tree {
    /// First-level groups that are open.
    open: Vec<Group>,
    at: Option<Path>,
}

/// A row of the table as it stands on the screen; the total is the last.
#[derive(Clone, PartialEq, Debug)]
pub struct Line<'t> {
    pub path: Path,
    pub measures: &'t Measures,
    pub fold: Fold,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fold {
    Closed,
    Open,
    /// Nothing beneath but the calls.
    Leaf,
}

/// What a key on a row led to.
#[derive(Clone, PartialEq, Debug)]
pub enum Entered {
    Moved,
    /// The calls behind this row are wanted.
    Calls(Path),
}

impl Tree {
    /// An empty table has not even a total.
    pub fn lines<'t>(&self, table: &'t Table) -> Vec<Line<'t>> {
        let rows = table.rows.iter().flat_map(|row| self.lines_of(row));
        let total = Line { path: Vec::new(), measures: &table.total, fold: Fold::Leaf };
        rows.chain((!table.rows.is_empty()).then_some(total)).collect()
    }

    fn lines_of<'t>(&self, row: &'t Row) -> Vec<Line<'t>> {
        let fold = match (row.rows.is_empty(), self.open.contains(&row.group)) {
            (true, _) => Fold::Leaf,
            (false, true) => Fold::Open,
            (false, false) => Fold::Closed,
        };
        let first = Line { path: vec![row.group.clone()], measures: &row.measures, fold };
        let beneath = row.rows.iter().filter(|_| fold == Fold::Open).map(|inner| Line {
            path: vec![row.group.clone(), inner.group.clone()],
            measures: &inner.measures,
            fold: Fold::Leaf,
        });
        [first].into_iter().chain(beneath).collect()
    }

    /// The cursor's row; the first when the one it was on is gone.
    pub fn cursor(&self, lines: &[Line<'_>]) -> usize {
        let found = self.at.as_ref().and_then(|at| lines.iter().position(|line| line.path == *at));
        found.unwrap_or(0)
    }

    /// The cursor's row.
    pub fn row(&self, table: &Table) -> usize {
        self.cursor(&self.lines(table))
    }

    pub fn select(&mut self, table: &Table, row: usize) {
        if let Some(line) = self.lines(table).get(row) {
            self.at = Some(line.path.clone());
        }
    }

    /// Moves the cursor; `page` is how many rows are seen at once.
    pub fn step(&mut self, table: &Table, action: Action, page: u16) {
        let lines = self.lines(table);
        if let Some(row) = scroll::moved(self.cursor(&lines), lines.len(), page, action) {
            self.select(table, row);
        }
    }

    /// Opens or closes the row of the cursor, or asks for its calls.
    pub fn enter(&mut self, table: &Table) -> Entered {
        match self.line(table) {
            Some((path, Fold::Leaf)) => return Entered::Calls(path),
            Some((path, Fold::Closed)) => self.open.extend(path),
            Some((path, Fold::Open)) => self.open.retain(|group| Some(group) != path.first()),
            None => {}
        }
        Entered::Moved
    }

    /// One step to the right: opens, then goes in.
    pub fn deepen(&mut self, table: &Table) -> Entered {
        match self.line(table) {
            Some((_, Fold::Open)) => self.step(table, Action::Next, 1),
            Some(_) => return self.enter(table),
            None => {}
        }
        Entered::Moved
    }

    /// One step to the left: to the row above in the hierarchy, then closes it.
    pub fn withdraw(&mut self, table: &Table) {
        match self.line(table) {
            Some((path, _)) if path.len() > 1 => self.at = Some(path[..1].to_vec()),
            Some((path, Fold::Open)) => self.open.retain(|group| Some(group) != path.first()),
            _ => {}
        }
    }

    fn line(&self, table: &Table) -> Option<(Path, Fold)> {
        let mut lines = self.lines(table);
        let cursor = self.cursor(&lines);
        (cursor < lines.len()).then(|| lines.swap_remove(cursor)).map(|line| (line.path, line.fold))
    }
}
