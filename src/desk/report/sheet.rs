//! One question with its answer: the table, and over it the lists of calls that were opened from it.

mod acts;
mod calls;
mod mouse;
mod pictures;
mod table;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Around;
use super::charts::Charts;
use super::columns::Columns;
use super::explaining::{Explaining, Subject};
use super::extent::Extent;
use super::grid::Asked;
use super::habit::Habit;
use super::listing::{Listing, Source};
use super::place::{self, Places};
use super::tree::{Path, Tree};
use super::words::Words;
use crate::desk::asking::Asking;
use crate::desk::norms::ReportNorms;
use crate::desk::state::View;
use crate::desk::theme::Meaning;
use crate::domain::desk::{Figure, Refusal, Reply, Request};
use crate::domain::export::Content;
use crate::domain::gap::Gap;
use crate::domain::period::Period;
use crate::domain::report::{self, Group, Kind, Measure, Measures, Pane, Query, Row, Table};

#[derive(Debug)]
pub struct Sheet {
    /// What was asked for and how it is looked at.
    pub view: report::View,
    /// The view's question as it was asked, on the day it was.
    pub query: Query,
    /// The name of the person whose calls are wanted.
    pub person: Option<String>,
    pub table: Option<Table>,
    /// Times of its days in which nobody told us of calls.
    gaps: Vec<Gap>,
    pub tree: Tree,
    /// Of the table's figures.
    extent: Extent,
    /// The figure of the cursor's row that is meant; none means the row.
    pub chosen: Option<Measure>,
    pub refusal: Option<Refusal>,
    pub charts: Charts,
    /// Opened from what is looked at, the topmost last.
    listings: Vec<Listing>,
    /// Opened from the other panes; the calls stand where the table does.
    left: HashMap<Pane, Vec<Listing>>,
    /// Of the table.
    explaining: Option<Explaining>,
    pub columns: Option<Columns>,
    /// Figures changed since they were asked for.
    pub stale: bool,
    /// The table is to be asked for and is not answered since: another report's question supersedes this one's.
    due: bool,
}

impl Sheet {
    pub fn of(view: report::View, today: NaiveDate) -> Sheet {
        let query = view.query(today);
        let all = Figure { query: query.clone(), path: Vec::new(), measure: Measure::Calls };
        let listings = match view.pane {
            Pane::Calls => vec![Listing::of(Source::Drill(all))],
            _ => Vec::new(),
        };
        Sheet {
            view,
            query,
            person: None,
            table: None,
            gaps: Vec::new(),
            tree: Tree::default(),
            extent: Extent::default(),
            chosen: None,
            refusal: None,
            charts: Charts::default(),
            listings,
            left: HashMap::new(),
            explaining: None,
            columns: None,
            stale: false,
            due: true,
        }
    }

    /// The operator's habit, where the view leaves that open.
    pub fn settle(&mut self, habit: &Habit) {
        habit.settle(&mut self.view);
        if let Some(table) = &self.table {
            self.tree.lay_out(table, self.view.sorted);
        }
    }

    fn figure(&self, path: Path, measure: Measure) -> Figure {
        Figure { query: self.query.clone(), path, measure }
    }

    /// Rows of the table on the screen, the total not counted.
    pub fn row_count(&self) -> usize {
        self.table.as_ref().map_or(0, |_| self.tree.count())
    }

    /// Whether all its calls are listed and nothing lies over them.
    pub fn lists_all_calls(&self) -> bool {
        self.listing().is_some_and(Listing::is_of_all) && self.explaining().is_none()
    }

    pub fn listing(&self) -> Option<&Listing> {
        self.listings.last()
    }

    fn all_listings(&mut self) -> impl Iterator<Item = &mut Listing> {
        self.left.values_mut().flatten().chain(&mut self.listings)
    }

    /// The whole list that lies on top, or else what the picture draws, or the table.
    pub fn content(&self, today: NaiveDate, norms: &ReportNorms) -> Option<Content> {
        match (self.listing(), self.ground(today, norms)) {
            (Some(listing), _) => Some(listing.content()),
            (None, Some(ground)) => self.charts.content(ground),
            (None, None) => self.table.is_some().then(|| Content::Table {
                query: self.query.clone(),
                columns: self.view.columns.clone(),
                sorted: self.view.sorted,
            }),
        }
    }

    /// Of what is on top: the table or a call of the list.
    pub fn explaining(&self) -> Option<&Explaining> {
        match self.listings.last() {
            Some(listing) => listing.explaining.as_ref(),
            None => self.explaining.as_ref(),
        }
    }

    fn explaining_mut(&mut self) -> &mut Option<Explaining> {
        match self.listings.last_mut() {
            Some(listing) => &mut listing.explaining,
            None => &mut self.explaining,
        }
    }

    /// What decides about the table's columns.
    pub fn asked<'a>(&'a self, words: Words<'a>) -> Asked<'a> {
        let compared = self.table.as_ref().is_some_and(|table| table.before.is_some());
        Asked { view: &self.view, extent: &self.extent, compared, words }
    }

    /// Whether something it shows is under way.
    pub fn waits(&self, asking: &Asking) -> bool {
        asking.awaits(|request| match (self.listing(), request) {
            (Some(listing), _) => listing.asked(request),
            (None, Request::Report(query)) => *query == self.query,
            (None, _) => false,
        })
    }

    /// Asks for what is not here yet.
    pub fn want(&mut self, around: &mut Around<'_>) {
        if self.due && !self.counts(around.asking) {
            self.ask(around.asking);
        }
        let height = self.places(around).rows.height;
        if let Some(listing) = self.listings.last_mut() {
            listing.want(around.asking, height);
        }
        if let Some(explaining) = self.explaining() {
            explaining.want(around.asking);
        }
        self.with_charts(around, |charts, ground, around| charts.want(ground, around.asking));
    }

    fn ask(&self, asking: &mut Asking) {
        asking.ask_latest(View::Report, Request::Report(self.query.clone()));
        asking.ask_latest(View::Report, Request::Gaps(self.query.period));
    }

    /// What must be known of the time that is counted.
    pub fn gaps_said(&self, words: Words<'_>, today: NaiveDate) -> Option<(String, Meaning)> {
        words.gaps(&self.gaps, today)
    }

    fn counts(&self, asking: &Asking) -> bool {
        asking.awaits(|asked| matches!(asked, Request::Report(query) if *query == self.query))
    }

    /// Asks for all of it again; what is shown stays until the answer comes.
    pub fn renew(&mut self, around: &mut Around<'_>) {
        self.turn_to(self.view.query(around.today()).period);
        let height = self.places(around).rows.height;
        (self.refusal, self.stale, self.due) = (None, false, true);
        self.ask(around.asking);
        if let (Some(person), None) = (self.view.filter.person, &self.person) {
            around.asking.ask_latest(View::Report, Request::Card(person));
        }
        self.all_listings().for_each(|listing| listing.renew(around.asking, height));
        self.charts.renew();
    }

    /// On another day the question is of other days, and so is all that was opened from its answer.
    fn turn_to(&mut self, period: Period) {
        let before = std::mem::replace(&mut self.query.period, period);
        if period == before {
            return;
        }
        self.charts = self.charts.of_another_question();
        for listing in self.all_listings() {
            if let Source::Drill(figure) = &listing.source {
                *listing = Listing::of(Source::Drill(moved(figure, before, period)));
            }
        }
        if let Some(Explaining { subject: Subject::Figure { figure, .. }, .. }) = &mut self.explaining {
            **figure = moved(figure, before, period);
        }
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        self.charts.hear(request, reply);
        match (request, reply) {
            (Request::Report(query), Ok(Reply::Report(table))) if *query == self.query => {
                self.take(table.as_ref().clone());
            }
            (Request::Report(query), Err(refusal)) if *query == self.query => {
                (self.refusal, self.due) = (Some(refusal.clone()), false);
            }
            (Request::Gaps(period), Ok(Reply::Gaps(gaps))) if *period == self.query.period => {
                self.gaps.clone_from(gaps);
            }
            (Request::Card(person), Ok(Reply::Card(card))) if self.view.filter.person == Some(*person) => {
                self.person = Some(card.name.clone());
            }
            _ => {}
        }
        self.all_listings().for_each(|listing| listing.hear(request, reply));
        if let Some(explaining) = &mut self.explaining {
            explaining.hear(request, reply);
        }
    }

    fn take(&mut self, table: Table) {
        self.tree.lay_out(&table, self.view.sorted);
        self.extent = Extent::of(&table);
        self.explain_anew(&table);
        (self.table, self.refusal, self.due) = (Some(table), None, false);
        self.count_contacts();
    }

    /// What is explained is explained of the new figures, unless its row is gone.
    fn explain_anew(&mut self, table: &Table) {
        self.explaining = self.explaining.take().and_then(|explaining| match explaining.subject {
            Subject::Figure { figure, .. } if figure.query == table.query => {
                let measures = *measures(table, &figure.path)?;
                Some(Explaining::of(Subject::Figure { figure, measures }))
            }
            other => Some(Explaining::of(other)),
        });
    }

    /// How many contacts stand behind the calls that are listed: the figure they were opened from. Nothing where every
    /// call counts for itself.
    fn count_contacts(&mut self) {
        let Some(table) = self.table.as_ref().filter(|table| table.query.kind == Kind::Patients) else {
            return;
        };
        for listing in self.left.values_mut().flatten().chain(&mut self.listings) {
            if let Source::Drill(figure) = &listing.source {
                // A figure of a picture brought its own.
                if table.query == figure.query {
                    let row = measures(table, &figure.path);
                    listing.contacts = row.and_then(|row| counted(figure.measure, row));
                }
            }
        }
    }

    pub fn places(&self, around: &Around<'_>) -> Places {
        place::places(self, around.words(), around.body, around.today())
    }
}

/// Of the days `to` what was of the days `from`.
fn moved(figure: &Figure, from: Period, to: Period) -> Figure {
    let mut figure = figure.clone();
    if figure.query.period == from {
        figure.query.period = to;
    }
    figure
}

fn measures<'t>(table: &'t Table, path: &[Group]) -> Option<&'t Measures> {
    let find = |rows: &'t [Row], group: &Group| rows.iter().find(|row| row.group == *group);
    match path {
        [] => Some(&table.total),
        [first] => find(&table.rows, first).map(|row| &row.measures),
        [first, second, ..] => find(&find(&table.rows, first)?.rows, second).map(|row| &row.measures),
    }
}

/// The contacts that opening a figure lists; `None` where no figure of the row says how many.
fn counted(measure: Measure, row: &Measures) -> Option<u64> {
    row.count(match measure.counted() {
        Measure::Wait => Measure::Calls,
        Measure::Talk => Measure::Taken,
        counted => counted,
    })
}
