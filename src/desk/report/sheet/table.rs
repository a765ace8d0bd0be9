//! Keys on the table: through its rows and its figures, into them, and in which order they stand.

use super::Sheet;
use crate::desk::action::Action;
use crate::desk::report::Step;
use crate::desk::report::columns::Columns;
use crate::desk::report::explaining::{Explaining, Subject, opened};
use crate::desk::report::grid;
use crate::desk::report::listing::{Listing, Source};
use crate::desk::report::tree::Entered;
use crate::domain::desk::Figure;
use crate::domain::report::{Measure, Measures, Order, Sorted};

impl Sheet {
    pub(super) fn act_on_table(&mut self, action: Action, height: u16) -> Step {
        match action {
            Action::Dismiss if self.chosen.is_none() => return Step::Leave,
            Action::Dismiss => self.chosen = None,
            Action::NextField | Action::NextFigure => self.chosen = self.next_figure(self.chosen),
            Action::PreviousField => self.chosen = self.previous_figure(self.chosen),
            Action::Unfold if self.chosen.is_some() => {
                self.chosen = self.next_figure(self.chosen).or(self.chosen);
            }
            Action::Back if self.chosen.is_some() => {
                self.chosen = self.previous_figure(self.chosen);
            }
            Action::Sort => self.sort(self.chosen),
            Action::Columns => self.columns = Some(Columns::of(&self.view)),
            Action::Explain => self.explain(),
            Action::Pick if self.chosen.is_some() => self.open_figure(),
            _ => self.move_in_table(action, height),
        }
        Step::Stay
    }

    fn move_in_table(&mut self, action: Action, height: u16) {
        let Some(table) = &self.table else { return };
        let entered = match action {
            Action::Pick | Action::Mark => self.tree.enter(table),
            Action::Unfold => self.tree.deepen(table),
            Action::Back => {
                self.tree.withdraw(table);
                Entered::Moved
            }
            Action::UnfoldAll => {
                self.tree.turn_all(table);
                Entered::Moved
            }
            _ => {
                self.tree.step(table, action, height);
                Entered::Moved
            }
        };
        if let Entered::Calls(path) = entered {
            self.open_calls(self.figure(path, Measure::Calls));
        }
    }

    /// After the last figure stands the row itself, and before the first.
    fn next_figure(&self, chosen: Option<Measure>) -> Option<Measure> {
        let shown = grid::shown(&self.view);
        let place = chosen.and_then(|chosen| shown.iter().position(|measure| *measure == chosen));
        shown.get(place.map_or(0, |place| place + 1)).copied()
    }

    fn previous_figure(&self, chosen: Option<Measure>) -> Option<Measure> {
        let shown = grid::shown(&self.view);
        match chosen.and_then(|chosen| shown.iter().position(|measure| *measure == chosen)) {
            Some(place) => shown.get(place.checked_sub(1)?).copied(),
            None => shown.last().copied(),
        }
    }

    /// Most first, then least first, then as it came; the cursor stays on its row.
    pub(super) fn sort(&mut self, chosen: Option<Measure>) {
        let sorted = self.view.sorted;
        let by = chosen.or(sorted.map(|sorted| sorted.by)).unwrap_or(Measure::Calls);
        let order = match sorted.filter(|sorted| sorted.by == by).map(|sorted| sorted.order) {
            None => Some(Order::MostFirst),
            Some(Order::MostFirst) => Some(Order::LeastFirst),
            Some(Order::LeastFirst) => None,
        };
        self.view.sorted = order.map(|order| Sorted { by, order });
        if let Some(table) = &self.table {
            self.tree.lay_out(table, self.view.sorted);
        }
    }

    /// The figure of the cursor; of the whole row its calls.
    fn meant(&self) -> Option<(Figure, Measures)> {
        let line = self.tree.here(self.table.as_ref()?)?;
        let figure = self.figure(line.path, self.chosen.unwrap_or(Measure::Calls));
        Some((figure, *line.measures))
    }

    fn explain(&mut self) {
        self.explaining = self
            .meant()
            .map(|(figure, measures)| Explaining::of(Subject::Figure { figure: Box::new(figure), measures }));
    }

    fn open_figure(&mut self) {
        if let Some((figure, _)) = self.meant() {
            self.open_calls(figure);
        }
    }

    pub(super) fn open_calls(&mut self, figure: Figure) {
        self.listings.push(Listing::of(Source::Drill(opened(&figure))));
        self.count_contacts();
    }
}
