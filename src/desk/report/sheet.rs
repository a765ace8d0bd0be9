//! One question with its answer: the table, and over it the lists of calls that were opened from it.

use chrono::NaiveDate;
use ratatui::layout::Position;

use super::charts::{self, Charts, Ground};
use super::listing::{Listing, Source};
use super::place::{self, Places};
use super::tree::{Entered, Path, Tree};
use super::{Around, Step};
use crate::desk::action::Action;
use crate::desk::asking::Asking;
use crate::desk::event::Effect;
use crate::desk::norms::ReportNorms;
use crate::desk::notice::Notice;
use crate::desk::state::View;
use crate::domain::desk::{Refusal, Reply, Request};
use crate::domain::report::{self, Group, Kind, Pane, Query, Row, Table};

#[derive(Debug)]
pub struct Sheet {
    /// What was asked for and how it is looked at.
    pub view: report::View,
    /// The view's question as it was asked, on the day it was.
    pub query: Query,
    pub table: Option<Table>,
    pub tree: Tree,
    pub refusal: Option<Refusal>,
    pub charts: Charts,
    /// The topmost last.
    listings: Vec<Listing>,
    /// Figures changed since they were asked for.
    pub stale: bool,
}

impl Sheet {
    pub fn of(view: report::View, today: NaiveDate) -> Sheet {
        let query = view.query(today);
        let (tree, listings) = (Tree::default(), Vec::new());
        let charts = Charts::default();
        Sheet { view, query, table: None, tree, refusal: None, charts, listings, stale: false }
    }

    pub fn with_calls(mut self, path: Path) -> Sheet {
        self.listings.push(Listing::of(Source::Drill { query: self.query.clone(), path }));
        self
    }

    /// Rows of the table on the screen, the total not counted.
    pub fn row_count(&self) -> usize {
        self.table.as_ref().map_or(0, |table| self.tree.lines(table).len().saturating_sub(1))
    }

    /// Whether all its calls are listed and nothing lies over them.
    pub fn lists_all_calls(&self) -> bool {
        let all =
            |listing: &Listing| matches!(&listing.source, Source::Drill { path, .. } if path.is_empty());
        self.listing().is_some_and(all)
    }

    /// How many contacts stand behind the calls that are listed: the figure they were opened from. `None`
    /// where every call counts for itself.
    pub fn contacts(&self) -> Option<u64> {
        let Source::Drill { query, path } = &self.listing()?.source else { return None };
        let table =
            self.table.as_ref().filter(|table| query.kind == Kind::Patients && table.query == *query)?;
        match path.as_slice() {
            [] => Some(table.total.calls),
            [first, rest @ ..] => figure(&table.rows, first, rest),
        }
    }

    pub fn listing(&self) -> Option<&Listing> {
        self.listings.last()
    }

    /// What its picture stands on; `None` where the table or a list is looked at.
    pub fn ground<'a>(&'a self, today: NaiveDate, norms: &'a ReportNorms) -> Option<Ground<'a>> {
        let total = self.table.as_ref().map(|table| &table.total);
        let pictured = self.listings.is_empty() && !matches!(self.view.pane, Pane::Table | Pane::Calls);
        pictured.then_some(Ground { pane: self.view.pane, query: &self.query, total, today, norms })
    }

    /// Whether something it shows is under way.
    pub fn waits(&self, asking: &Asking) -> bool {
        asking.awaits(|request| match self.listing() {
            Some(listing) => listing.asked(request),
            None => *request == Request::Report(self.query.clone()),
        })
    }

    /// Asks for what is not here yet.
    pub fn want(&mut self, around: &mut Around<'_>) {
        let report = Request::Report(self.query.clone());
        let lacking = self.table.is_none() && self.refusal.is_none();
        if lacking && !around.asking.awaits(|asked| *asked == report) {
            around.asking.ask_latest(View::Report, report);
        }
        if let Some(listing) = self.listing() {
            let height = self.places(around).rows.height;
            listing.want(around.asking, height);
        }
        self.with_charts(around, |charts, ground, around| charts.want(ground, around.asking));
    }

    /// Lets the pictures work; nothing while none is looked at.
    fn with_charts<T>(
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

    /// Goes to another pane; lists that were opened from the one before are left.
    pub fn look_at(&mut self, pane: Pane) {
        self.listings.clear();
        self.view.pane = pane;
    }

    /// The mouse on a picture.
    pub fn point(&mut self, at: Position, around: &mut Around<'_>) {
        let picture = self.places(around).picture();
        let words = around.words();
        match charts::tab_at(words, picture, at) {
            Some(pane) => self.look_at(pane),
            None => {
                drop(self.with_charts(around, |charts, ground, _| charts.select(ground, words, picture, at)))
            }
        }
        self.want(around);
    }

    /// Asks for all of it again; what is shown stays until the answer comes.
    pub fn renew(&mut self, asking: &mut Asking) {
        (self.refusal, self.stale) = (None, false);
        asking.ask_latest(View::Report, Request::Report(self.query.clone()));
        self.listings.iter_mut().for_each(|listing| listing.renew(asking));
        self.charts.renew();
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        self.charts.hear(request, reply);
        if *request == Request::Report(self.query.clone()) {
            match reply {
                Ok(Reply::Report(table)) => (self.table, self.refusal) = (Some(*table.clone()), None),
                Err(refusal) => self.refusal = Some(refusal.clone()),
                Ok(_) => {}
            }
        }
        for listing in self.listings.iter_mut().filter(|listing| listing.asked(request)) {
            match reply {
                Ok(Reply::Calls { rows, total }) => listing.put(request, rows.clone(), *total),
                Err(refusal) => listing.refusal = Some(refusal.clone()),
                Ok(_) => {}
            }
        }
    }

    pub fn places(&self, around: &Around<'_>) -> Places {
        place::places(self, around.words(), around.body, around.today())
    }

    pub fn act(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        match action {
            Action::Refresh => self.renew(around.asking),
            Action::NextPane => self.look_at(charts::next(self.view.pane)),
            Action::PreviousPane => self.look_at(charts::previous(self.view.pane)),
            _ => return self.act_on_shown(action, around),
        }
        self.want(around);
        Step::Stay
    }

    fn act_on_shown(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        let height = self.places(around).rows.height;
        let step = match self.listings.is_empty() {
            true if self.ground(around.today(), around.norms).is_some() => {
                self.act_on_picture(action, around)
            }
            true => self.act_on_table(action, height),
            false => self.act_on_calls(action, height, around),
        };
        self.want(around);
        step
    }

    fn act_on_picture(&mut self, action: Action, around: &mut Around<'_>) -> Step {
        let figure = self.with_charts(around, |charts, ground, _| charts.act(action, ground)).flatten();
        if let Some(figure) = figure {
            let (query, path) = (figure.query, figure.path);
            self.listings.push(Listing::of(Source::Drill { query, path }));
        }
        if action == Action::Dismiss { Step::Leave } else { Step::Stay }
    }

    fn act_on_table(&mut self, action: Action, height: u16) -> Step {
        let left = if action == Action::Dismiss { Step::Leave } else { Step::Stay };
        let Some(table) = &self.table else { return left };
        let entered = match action {
            Action::Pick | Action::Mark => self.tree.enter(table),
            Action::Unfold => self.tree.deepen(table),
            Action::Back => {
                self.tree.withdraw(table);
                Entered::Moved
            }
            _ => {
                self.tree.step(table, action, height);
                Entered::Moved
            }
        };
        if let Entered::Calls(path) = entered {
            self.listings.push(Listing::of(Source::Drill { query: self.query.clone(), path }));
        }
        left
    }

    fn act_on_calls(&mut self, action: Action, height: u16, around: &mut Around<'_>) -> Step {
        match action {
            Action::Back | Action::Dismiss => {
                self.listings.pop();
            }
            Action::Pick => return self.selected().map_or(Step::Stay, |row| Step::Open(row.id)),
            Action::Dial => return self.dial(around),
            Action::CopyNumber => self.copy_number(around),
            Action::History => self.open_history(around),
            _ => {
                if let Some(listing) = self.listings.last_mut() {
                    listing.step(action, height);
                }
            }
        }
        Step::Stay
    }

    pub fn select_total(&mut self) {
        if let Some(table) = &self.table {
            self.tree.select(table, self.row_count());
        }
    }

    /// The mouse on a line of the list, counted from the first one shown.
    pub fn select(&mut self, line: usize, height: u16) {
        let page = |cursor| crate::desk::layout::page_start(cursor, height);
        match (self.listings.last_mut(), &self.table) {
            (Some(listing), _) => listing.select(page(listing.cursor()) + line),
            (None, Some(table)) => {
                let cursor = self.tree.row(table);
                self.tree.select(table, page(cursor) + line);
            }
            (None, None) => {}
        }
    }

    fn selected(&self) -> Option<&crate::domain::report::CallRow> {
        self.listing()?.selected()
    }

    fn dial(&self, around: &mut Around<'_>) -> Step {
        match self.selected().map(|row| row.remote.phone()) {
            Some(Some(phone)) => return Step::Dial(phone),
            Some(None) => around.warn("no-number"),
            None => {}
        }
        Step::Stay
    }

    fn copy_number(&self, around: &mut Around<'_>) {
        match self.selected().map(|row| row.remote.phone()) {
            Some(Some(phone)) => {
                around.asking.tell(Effect::Copy(phone.to_string()));
                let said = around.look.say_with("copied", &[("number", phone.international().into())]);
                *around.notice = Some(Notice::info(said, "", around.now));
            }
            Some(None) => around.warn("no-number"),
            None => {}
        }
    }

    fn open_history(&mut self, around: &mut Around<'_>) {
        let Some(row) = self.selected() else { return };
        let (Some(person), name) = (row.person, row.person_name.clone().unwrap_or_default()) else {
            return around.warn("report-no-person");
        };
        let source = Source::History { person, name };
        if self.listing().is_none_or(|listing| listing.source != source) {
            self.listings.push(Listing::of(source));
        }
    }
}

fn figure(rows: &[Row], first: &Group, rest: &[Group]) -> Option<u64> {
    let row = rows.iter().find(|row| row.group == *first)?;
    match rest {
        [] => Some(row.measures.calls),
        [next, rest @ ..] => figure(&row.rows, next, rest),
    }
}
