//! The mouse on a sheet: everything it does a key does too.

use ratatui::layout::Position;

use super::Sheet;
use crate::desk::layout::{inside, page_start};
use crate::desk::report::Around;
use crate::desk::report::columns;
use crate::desk::report::draw::calls as drawn;
use crate::desk::report::grid::Grid;
use crate::desk::report::place::Places;

impl Sheet {
    /// A press on the table or the calls. `true` where it chose a line, which a second press then opens.
    pub fn click(&mut self, at: Position, around: &mut Around<'_>) -> bool {
        if self.columns.is_some() {
            self.click_columns(at, around);
            return false;
        }
        if self.explaining().is_some() {
            *self.explaining_mut() = None;
            return false;
        }
        if self.ground(around.today(), around.norms).is_some() {
            self.point(at, around);
            return true;
        }
        let places = self.places(around);
        match self.listings.is_empty() {
            true => self.click_table(at, &places, around),
            false => self.click_calls(at, &places),
        }
    }

    /// A press ticks; one beside the list leaves everything as it was.
    fn click_columns(&mut self, at: Position, around: &Around<'_>) {
        let inner = inside(columns::place(around.body));
        match &mut self.columns {
            Some(columns) if inner.contains(at) => {
                columns.select(usize::from(at.y - inner.y));
                columns.tick();
            }
            columns => *columns = None,
        }
    }

    /// A heading sorts, a figure is chosen with its row.
    fn click_table(&mut self, at: Position, places: &Places, around: &Around<'_>) -> bool {
        let grid = Grid::within(places.heading.width, self.asked(around.words()));
        let figure = grid.figure_at(places.heading, at.x);
        if places.heading.contains(at) && figure.is_some() {
            self.sort(figure);
        }
        let Some(table) = &self.table else { return false };
        let first = self.tree.first_seen(places.rows.height);
        let place = match () {
            () if places.rows.contains(at) => first + usize::from(at.y - places.rows.y),
            () if places.total.contains(at) => self.tree.count(),
            () => return false,
        };
        self.tree.select(table, place);
        self.chosen = figure;
        true
    }

    /// Whether the sign of a recording is pressed.
    pub fn is_on_recording(&self, at: Position, around: &Around<'_>) -> bool {
        let rows = self.places(around).rows;
        let listed = self.explaining().is_none() && self.columns.is_none();
        let row = self.listing().filter(|_| listed && rows.contains(at)).and_then(|listing| {
            listing.row(page_start(listing.cursor(), rows.height) + usize::from(at.y - rows.y))
        });
        row.is_some_and(|row| row.recording) && drawn::is_of_recording(rows, at.x)
    }

    fn click_calls(&mut self, at: Position, places: &Places) -> bool {
        let on_rows = places.rows.contains(at);
        if let Some(listing) = self.listings.last_mut().filter(|_| on_rows) {
            let first = page_start(listing.cursor(), places.rows.height);
            listing.select(first + usize::from(at.y - places.rows.y));
        }
        on_rows
    }
}
