//! The calls behind a figure, or of one person: fetched by pages as the cursor comes near them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tree::Path;
use crate::desk::action::Action;
use crate::desk::asking::Asking;
use crate::desk::layout::page_start;
use crate::desk::scroll;
use crate::desk::state::View;
use crate::domain::desk::{Figure, Refusal, Request};
use crate::domain::id::PersonId;
use crate::domain::report::{CallRow, Measure, Query};

/// Calls asked for at once.
const PAGE: usize = 100;

#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    Drill { query: Query, path: Path },
    History { person: PersonId, name: String },
}

#[derive(Debug)]
pub struct Listing {
    pub source: Source,
    pub refusal: Option<Refusal>,
    pages: BTreeMap<usize, Vec<CallRow>>,
    total: Option<usize>,
    cursor: usize,
    /// The next page to come replaces all that is known.
    renewed: bool,
}

impl Listing {
    pub fn of(source: Source) -> Listing {
        Listing { source, refusal: None, pages: BTreeMap::new(), total: None, cursor: 0, renewed: false }
    }

    /// How many calls there are; `None` until the first answer.
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn row(&self, place: usize) -> Option<&CallRow> {
        self.pages.get(&(place / PAGE))?.get(place % PAGE)
    }

    pub fn selected(&self) -> Option<&CallRow> {
        self.row(self.cursor)
    }

    pub fn select(&mut self, place: usize) {
        self.cursor = place.min(self.total.unwrap_or(0).saturating_sub(1));
    }

    pub fn step(&mut self, action: Action, height: u16) {
        if let Some(place) = scroll::moved(self.cursor, self.total.unwrap_or(0), height, action) {
            self.cursor = place;
        }
    }

    /// Asks for what is seen, and for the screens beside it, where it is not here and not under way.
    pub fn want(&self, asking: &mut Asking, height: u16) {
        let pages = if self.refusal.is_some() { 0..0 } else { self.pages_near(height) };
        for page in pages {
            let request = self.request(page);
            if !self.pages.contains_key(&page) && !asking.awaits(|asked| *asked == request) {
                asking.ask_for(View::Report, request);
            }
        }
    }

    fn pages_near(&self, height: u16) -> Range<usize> {
        let last = self.total.unwrap_or(0).saturating_sub(1) / PAGE;
        let (first_row, height) = (page_start(self.cursor, height), usize::from(height));
        let first = first_row.saturating_sub(height) / PAGE;
        first.min(last)..(first_row + 2 * height).div_ceil(PAGE).clamp(1, last + 1)
    }

    /// Asks again for the page of the cursor; what is shown stays until it comes.
    pub fn renew(&mut self, asking: &mut Asking) {
        self.renewed = true;
        self.refusal = None;
        asking.ask_latest(View::Report, self.request(self.cursor / PAGE));
    }

    fn request(&self, page: usize) -> Request {
        match &self.source {
            Source::History { person, .. } => Request::History(*person),
            Source::Drill { query, path } => {
                let (query, path, measure) = (query.clone(), path.clone(), Measure::Calls);
                Request::Drill { figure: Figure { query, path, measure }, offset: page * PAGE, limit: PAGE }
            }
        }
    }

    /// Whether this request was its own.
    pub fn asked(&self, request: &Request) -> bool {
        match (&self.source, request) {
            (Source::History { person, .. }, Request::History(asked)) => person == asked,
            (Source::Drill { query, path }, Request::Drill { figure, .. }) => {
                *query == figure.query && *path == figure.path
            }
            _ => false,
        }
    }

    /// Rows that came, `total` of them in all. The cursor stays on its call where the call is still near.
    pub fn put(&mut self, request: &Request, rows: Vec<CallRow>, total: Option<usize>) {
        let selected = self.selected().map(|row| row.id);
        if std::mem::take(&mut self.renewed) {
            self.pages.clear();
        }
        let first = match request {
            Request::Drill { offset, .. } => offset / PAGE,
            _ => 0,
        };
        if let Some(at) = rows.iter().position(|row| Some(row.id) == selected) {
            self.cursor = first * PAGE + at;
        }
        let pages = rows.chunks(PAGE).map(<[CallRow]>::to_vec);
        self.pages.insert(first, Vec::new());
        self.pages.extend((first..).zip(pages));
        (self.total, self.refusal) = (total.or(self.total), None);
        self.select(self.cursor);
    }
}
