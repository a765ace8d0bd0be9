//! A sheet looked at as a picture: what the picture stands on, its keys and the mouse on it.

use chrono::NaiveDate;
use ratatui::layout::Position;

use super::{Sheet, counted};
use crate::desk::action::Action;
use crate::desk::norms::ReportNorms;
use crate::desk::report::charts::{self, Charts, Ground, Meant};
use crate::desk::report::explaining::{Explaining, Subject};
use crate::desk::report::listing::Listing;
use crate::desk::report::{Around, Step};
use crate::domain::report::{Kind, Pane};

/// All its calls stand where the table does.
fn place(pane: Pane) -> Pane {
    if pane == Pane::Calls { Pane::Table } else { pane }
}

impl Sheet {
    /// Whether neither the table nor a list is looked at.
    pub fn is_pictured(&self) -> bool {
        self.listings.is_empty() && !matches!(self.view.pane, Pane::Table | Pane::Calls)
    }

    /// What its picture stands on; `None` where the table or a list is looked at.
    pub fn ground<'a>(&'a self, today: NaiveDate, norms: &'a ReportNorms) -> Option<Ground<'a>> {
        let total = self.table.as_ref().map(|table| &table.total);
        let (pane, query, refusal) = (self.view.pane, &self.query, self.refusal.as_ref());
        self.is_pictured().then_some(Ground { pane, query, total, refusal, today, norms })
    }

    /// Lets the pictures work; nothing while none is looked at.
    pub(super) fn with_charts<T>(
        &mut self,
        around: &mut Around<'_>,
        work: impl FnOnce(&mut Charts, Ground<'_>, &mut Around<'_>) -> T,
    ) -> Option<T> {
        let mut charts = std::mem::take(&mut self.charts);
        let worked =
            self.ground(around.today(), around.norms).map(|ground| work(&mut charts, ground, around));
        self.charts = charts;
        worked
    }

    /// Goes to another pane; the lists opened from the one before are there again when it is come back to.
    pub fn look_at(&mut self, pane: Pane) {
        (self.explaining, self.columns) = (None, None);
        let opened = self.left.remove(&place(pane)).unwrap_or_default();
        let left = std::mem::replace(&mut self.listings, opened);
        self.left.insert(place(self.view.pane), left);
        let lists_all = self.listings.first().is_some_and(Listing::is_of_all);
        self.view.pane = if pane == Pane::Table && lists_all { Pane::Calls } else { pane };
    }

    /// The mouse on a picture.
    pub fn point(&mut self, at: Position, around: &mut Around<'_>) {
        let picture = self.places(around).picture();
        let words = around.words();
        match charts::tab_at(words, picture, at) {
            Some(pane) => self.look_at(pane),
            None => {
                self.with_charts(around, |charts, ground, _| charts.select(ground, words, picture, at));
            }
        }
        self.want(around);
    }

    pub(super) fn act_on_picture(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        let meant = self.ground(around.today(), around.norms).and_then(|ground| self.charts.meant(ground));
        match (action, meant) {
            (Action::Dismiss, _) => self.look_at(Pane::Table),
            (Action::Pick | Action::Mark, Some(meant)) => self.open_meant(meant),
            (Action::Explain, Some(Meant { figure, measures: Some(measures) })) => {
                let figure = Box::new(figure);
                self.explaining = Some(Explaining::of(Subject::Figure { figure, measures }));
            }
            (Action::Explain, Some(_)) => around.warn("report-formula-beneath"),
            _ => {
                self.with_charts(around, |charts, ground, _| charts.act(action, ground));
            }
        }
        Step::Stay
    }

    fn open_meant(&mut self, meant: Meant) {
        let Meant { figure, measures } = meant;
        let patients = figure.query.kind == Kind::Patients;
        let contacts = measures.filter(|_| patients).and_then(|row| counted(figure.measure, &row));
        self.open_calls(figure);
        if let Some(listing) = self.listings.last_mut() {
            listing.contacts = contacts.or(listing.contacts);
        }
    }
}
