//! The table as it is looked at: which rows are open, in what order they stand, where the cursor is. The figures are
//! the engine's.
//!
//! The lines are a flat index into the table, made when the table comes or its order changes; opening a row puts its
//! lines in. A movement and a drawing touch only the lines that are seen, however many there are. Places are
//! remembered by the groups themselves, so a new answer finds the same rows open and the cursor where it was.

use std::collections::HashSet;

use crate::desk::action::Action;
use crate::desk::layout::page_start;
use crate::desk::scroll;
use crate::domain::report::{Group, Measures, Row, Sorted, Table};

/// One group a level, from the outermost; empty for the total.
pub type Path = Vec<Group>;

#[derive(Debug, Default)]
pub struct Tree {
    /// First-level groups that are open.
    open: HashSet<Group>,
    sorted: Option<Sorted>,
    spots: Vec<Spot>,
    /// The total stands after the last of the spots.
    cursor: usize,
    at: Path,
}

/// A row of the table by its place there, and the row beneath it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Spot {
    row: usize,
    inner: Option<usize>,
}

/// A row as it stands on the screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Line<'t> {
    pub path: Path,
    pub measures: &'t Measures,
    pub before: Option<&'t Measures>,
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
    /// Another table or another order: the cursor stays on its row, or on the row that holds it, else goes to the top.
    pub fn lay_out(&mut self, table: &Table, sorted: Option<Sorted>) {
        self.sorted = sorted;
        self.spots.clear();
        for row in order(&table.rows, sorted) {
            self.spots.push(Spot { row, inner: None });
            if self.open.contains(&table.rows[row].group) {
                self.spots.extend(inner_spots(table, row, sorted));
            }
        }
        self.cursor = self.find(table);
        self.at = self.here(table).map_or_else(Path::new, |line| line.path);
    }

    fn find(&self, table: &Table) -> usize {
        if self.at.is_empty() && self.cursor > 0 {
            return self.spots.len();
        }
        let place = |path: &[Group]| self.spots.iter().position(|spot| is_at(table, *spot, path));
        place(&self.at).or_else(|| place(self.at.get(..1)?)).unwrap_or(0)
    }

    /// Rows on the screen, the total not counted.
    pub fn count(&self) -> usize {
        self.spots.len()
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// First row of the page that the cursor is on; the total is seen beside any page.
    pub fn first_seen(&self, height: u16) -> usize {
        page_start(self.cursor.min(self.spots.len().saturating_sub(1)), height)
    }

    /// The total is the line after the rows; an empty table has not even that.
    pub fn line<'t>(&self, table: &'t Table, place: usize) -> Option<Line<'t>> {
        match self.spots.get(place) {
            Some(spot) => self.line_at(table, *spot),
            None if place == self.spots.len() && place > 0 => Some(Line {
                path: Vec::new(),
                measures: &table.total,
                before: table.before.as_ref(),
                fold: Fold::Leaf,
            }),
            None => None,
        }
    }

    fn line_at<'t>(&self, table: &'t Table, spot: Spot) -> Option<Line<'t>> {
        let outer = table.rows.get(spot.row)?;
        let (path, row, fold) = match spot.inner {
            Some(inner) => {
                let inner = outer.rows.get(inner)?;
                (vec![outer.group.clone(), inner.group.clone()], inner, Fold::Leaf)
            }
            None => (vec![outer.group.clone()], outer, self.fold(outer)),
        };
        Some(Line { path, measures: &row.measures, before: row.before.as_ref(), fold })
    }

    fn fold(&self, row: &Row) -> Fold {
        match (row.rows.is_empty(), self.open.contains(&row.group)) {
            (true, _) => Fold::Leaf,
            (false, true) => Fold::Open,
            (false, false) => Fold::Closed,
        }
    }

    /// The line of the cursor.
    pub fn here<'t>(&self, table: &'t Table) -> Option<Line<'t>> {
        self.line(table, self.cursor)
    }

    pub fn select(&mut self, table: &Table, place: usize) {
        if let Some(line) = self.line(table, place) {
            (self.cursor, self.at) = (place, line.path);
        }
    }

    /// Moves the cursor; `page` is how many rows are seen at once.
    pub fn step(&mut self, table: &Table, action: Action, page: u16) {
        if let Some(place) = scroll::moved(self.cursor, self.spots.len() + 1, page, action) {
            self.select(table, place);
        }
    }

    /// Opens or closes the row of the cursor, or asks for its calls.
    pub fn enter(&mut self, table: &Table) -> Entered {
        match self.here(table) {
            Some(line) if line.fold == Fold::Leaf => return Entered::Calls(line.path),
            Some(_) => self.turn(table),
            None => {}
        }
        Entered::Moved
    }

    /// One step to the right: opens, then goes in.
    pub fn deepen(&mut self, table: &Table) -> Entered {
        match self.here(table).map(|line| line.fold) {
            Some(Fold::Open) => self.step(table, Action::Next, 1),
            Some(_) => return self.enter(table),
            None => {}
        }
        Entered::Moved
    }

    /// One step to the left: to the row above in the hierarchy, then closes it.
    pub fn withdraw(&mut self, table: &Table) {
        let Some(spot) = self.spots.get(self.cursor).copied() else { return };
        match spot.inner {
            Some(_) => self.rise(table),
            None if self.fold(&table.rows[spot.row]) == Fold::Open => self.turn(table),
            None => {}
        }
    }

    /// To the first-level row that holds the cursor's.
    fn rise(&mut self, table: &Table) {
        let above = self.spots[..=self.cursor].iter().rposition(|spot| spot.inner.is_none());
        self.select(table, above.unwrap_or(0));
    }

    /// Opens the first-level row of the cursor, or closes it.
    fn turn(&mut self, table: &Table) {
        let Some(Spot { row, inner: None }) = self.spots.get(self.cursor).copied() else { return };
        let beneath = self.cursor + 1;
        let outer = &table.rows[row];
        if self.open.remove(&outer.group) {
            self.spots.drain(beneath..beneath + outer.rows.len());
        } else {
            self.open.insert(outer.group.clone());
            self.spots.splice(beneath..beneath, inner_spots(table, row, self.sorted));
        }
    }

    /// Opens every row, or closes all when none is closed.
    pub fn turn_all(&mut self, table: &Table) {
        let closed = |row: &&Row| self.fold(row) == Fold::Closed;
        let groups: Vec<Group> = table.rows.iter().filter(closed).map(|row| row.group.clone()).collect();
        match groups.is_empty() {
            true => self.open.clear(),
            false => self.open.extend(groups),
        }
        self.lay_out(table, self.sorted);
    }
}

/// Places of the rows as they are to stand: by the figures when that is asked, rows of time by time, else as they came.
fn order(rows: &[Row], sorted: Option<Sorted>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    match sorted {
        Some(sorted) => {
            order.sort_by(|one, other| sorted.compare(&rows[*one].measures, &rows[*other].measures))
        }
        None if rows.first().is_some_and(|row| row.group.is_of_time()) => {
            order.sort_by(|one, other| rows[*one].group.cmp(&rows[*other].group));
        }
        None => {}
    }
    order
}

fn inner_spots(table: &Table, row: usize, sorted: Option<Sorted>) -> impl Iterator<Item = Spot> {
    order(&table.rows[row].rows, sorted).into_iter().map(move |inner| Spot { row, inner: Some(inner) })
}

fn is_at(table: &Table, spot: Spot, path: &[Group]) -> bool {
    let outer = &table.rows[spot.row];
    match (path, spot.inner) {
        ([first], None) => outer.group == *first,
        ([first, second], Some(inner)) => outer.group == *first && outer.rows[inner].group == *second,
        _ => false,
    }
}
