//! Which columns are shown, while they are chosen: ticked one by one, taken by Enter.

use ratatui::layout::Rect;

use super::grid;
use crate::desk::action::Action;
use crate::desk::scroll;
use crate::domain::report::{Column, Measure, View};

#[derive(Debug)]
pub struct Columns {
    ticked: Vec<Column>,
    cursor: usize,
}

/// What follows from a key.
#[derive(Clone, PartialEq, Debug)]
pub enum Wish {
    Stay,
    /// Everything stays as it was.
    Close,
    Show(Vec<Column>),
}

/// At the right of the table, over its figures.
pub fn place(body: Rect) -> Rect {
    let height = u16::try_from(Measure::ALL.len()).unwrap_or(0) + 2;
    let width = body.width.min(50);
    let (x, y) = (body.right() - width, body.y + body.height.min(2));
    Rect { x, y, width, height: height.min(body.bottom() - y) }
}

impl Columns {
    pub fn of(view: &View) -> Columns {
        Columns { ticked: grid::shown(view).to_vec(), cursor: 0 }
    }

    pub fn has(&self, column: Column) -> bool {
        self.ticked.contains(&column)
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn select(&mut self, line: usize) {
        self.cursor = line.min(Measure::ALL.len() - 1);
    }

    pub fn act(&mut self, action: Action) -> Wish {
        if let Some(line) = scroll::moved(self.cursor, Measure::ALL.len(), u16::MAX, action) {
            self.cursor = line;
        }
        match action {
            Action::Mark => self.tick(),
            Action::Pick => return Wish::Show(self.in_order()),
            Action::Dismiss | Action::Columns | Action::Back => return Wish::Close,
            _ => {}
        }
        Wish::Stay
    }

    pub fn tick(&mut self) {
        let column = Measure::ALL[self.cursor];
        match self.ticked.iter().position(|ticked| *ticked == column) {
            Some(place) => drop(self.ticked.remove(place)),
            None => self.ticked.push(column),
        }
    }

    /// In the order of the screen; none, like all, is all of them.
    fn in_order(&self) -> Vec<Column> {
        let chosen: Vec<Column> = Measure::ALL.into_iter().filter(|column| self.has(*column)).collect();
        if chosen.len() == Measure::ALL.len() { Vec::new() } else { chosen }
    }
}
