//! The calls behind a figure, or of one person: fetched as the cursor comes near them, no more than a screen ahead, so
//! that the first answer is quick however many there are. How many there are is asked beside.

mod seek;

use std::collections::BTreeMap;
use std::ops::Range;

use super::explaining::Explaining;
use crate::desk::action::Action;
use crate::desk::asking::Asking;
use crate::desk::layout::page_start;
use crate::desk::player::Way;
use crate::desk::scroll;
use crate::desk::state::View;
use crate::domain::desk::{Figure, Refusal, Reply, Request};
use crate::domain::export::Content;
use crate::domain::id::PersonId;
use crate::domain::report::{CallRow, Measure};

/// Calls farther than this from the cursor are forgotten.
const KEPT: usize = 2_000;

#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    Drill(Figure),
    History { person: PersonId, name: String },
}

#[derive(Debug)]
pub struct Listing {
    pub source: Source,
    pub refusal: Option<Refusal>,
    /// The details have half of the room, for a long comment.
    pub tall: bool,
    /// What the calls count as by patients; `None` where every call counts for itself.
    pub contacts: Option<u64>,
    /// Why the call of the cursor counts, while that is looked at.
    pub explaining: Option<Explaining>,
    /// By their places in the whole list.
    rows: BTreeMap<usize, CallRow>,
    total: Option<usize>,
    /// How many there are is asked for, or known not to be had.
    sized: bool,
    cursor: usize,
    /// Where a recording is looked for, among calls that are not here yet.
    sought: Option<(Way, usize)>,
    /// Its calls replace all that is known.
    renewal: Option<Request>,
}

impl Listing {
    pub fn of(source: Source) -> Listing {
        Listing {
            source,
            refusal: None,
            tall: false,
            contacts: None,
            explaining: None,
            rows: BTreeMap::new(),
            total: None,
            sized: false,
            cursor: 0,
            sought: None,
            renewal: None,
        }
    }

    pub fn content(&self) -> Content {
        match &self.source {
            Source::Drill(figure) => Content::Calls(figure.clone()),
            Source::History { person, .. } => Content::History(*person),
        }
    }

    /// How many calls there are; `None` until that is known.
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    /// As many as there are for certain; `None` until the first answer.
    pub fn len(&self) -> Option<usize> {
        self.total.or_else(|| self.rows.last_key_value().map(|(last, _)| last + 1))
    }

    /// Whether it holds every call of its question.
    pub fn is_of_all(&self) -> bool {
        let is_all = |figure: &Figure| figure.path.is_empty() && figure.measure == Measure::Calls;
        matches!(&self.source, Source::Drill(figure) if is_all(figure))
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn row(&self, place: usize) -> Option<&CallRow> {
        self.rows.get(&place)
    }

    pub fn selected(&self) -> Option<&CallRow> {
        self.row(self.cursor)
    }

    pub fn select(&mut self, place: usize) {
        self.cursor = place.min(self.len().unwrap_or(0).saturating_sub(1));
    }

    pub fn step(&mut self, action: Action, height: u16) {
        if action == Action::Mark {
            self.tall = !self.tall;
        }
        if let Some(place) = scroll::moved(self.cursor, self.len().unwrap_or(0), height, action) {
            self.cursor = place;
        }
    }

    /// Asks for what is seen and a screen to either side, where it is not here and not under way.
    pub fn want(&mut self, asking: &mut Asking, height: u16) {
        if self.refusal.is_some() {
            return;
        }
        if let Some(missing) = self.missing(asking, height) {
            asking.ask_for(View::Report, self.request(missing));
            self.ask_size(asking);
        }
    }

    fn missing(&self, asking: &Asking, height: u16) -> Option<Range<usize>> {
        let (seen, height) = (page_start(self.centre(), height), usize::from(height.max(1)));
        let end = (seen + 2 * height).min(self.total.unwrap_or(usize::MAX));
        let under_way = |place| asking.awaits(|asked| self.brings(asked, place));
        let mut missing = (seen.saturating_sub(height)..end)
            .filter(|place| !self.rows.contains_key(place) && !under_way(*place));
        let first = missing.next()?;
        Some(first..missing.next_back().unwrap_or(first) + 1)
    }

    fn brings(&self, request: &Request, place: usize) -> bool {
        let within = match request {
            Request::Drill { offset, limit, .. } => (*offset..offset + limit).contains(&place),
            _ => true,
        };
        within && self.asked(request)
    }

    fn ask_size(&mut self, asking: &mut Asking) {
        if let (Source::Drill(figure), false) = (&self.source, self.sized) {
            asking.ask_for(View::Report, Request::Size(figure.clone()));
            self.sized = true;
        }
    }

    /// Asks again for what is near the cursor; what is shown stays until it comes.
    pub fn renew(&mut self, asking: &mut Asking, height: u16) {
        self.refusal = None;
        let (seen, height) = (page_start(self.cursor, height), usize::from(height.max(1)));
        let request = self.request(seen.saturating_sub(height)..seen + 2 * height);
        if !asking.awaits(|asked| *asked == request) {
            asking.ask_for(View::Report, request.clone());
        }
        self.renewal = Some(request);
        self.sized = false;
        self.ask_size(asking);
    }

    fn request(&self, places: Range<usize>) -> Request {
        match &self.source {
            Source::History { person, .. } => Request::History(*person),
            Source::Drill(figure) => {
                Request::Drill { figure: figure.clone(), offset: places.start, limit: places.len() }
            }
        }
    }

    /// Whether this request brings calls of its own.
    pub fn asked(&self, request: &Request) -> bool {
        match (&self.source, request) {
            (Source::History { person, .. }, Request::History(asked)) => person == asked,
            (Source::Drill(own), Request::Drill { figure, .. }) => own == figure,
            _ => false,
        }
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        match (request, &self.source, reply) {
            (Request::Size(asked), Source::Drill(figure), Ok(Reply::Size(size))) if asked == figure => {
                self.total = Some(*size);
            }
            (_, _, Ok(Reply::Calls { rows, total })) if self.asked(request) => {
                self.put(request, rows.clone(), *total);
            }
            (_, _, Err(refusal)) if self.asked(request) => self.refusal = Some(refusal.clone()),
            _ => {}
        }
        self.select(self.cursor);
        if let Some(explaining) = &mut self.explaining {
            explaining.hear(request, reply);
        }
    }

    /// Calls that came, `total` of them in all. The cursor stays on its call where the call is still near.
    fn put(&mut self, request: &Request, rows: Vec<CallRow>, total: Option<usize>) {
        let selected = self.selected().map(|row| row.id);
        if self.renewal.take_if(|renewal| renewal == request).is_some() {
            self.rows.clear();
        }
        let (first, limit) = match request {
            Request::Drill { offset, limit, .. } => (*offset, *limit),
            _ => (0, usize::MAX),
        };
        if let Some(at) = rows.iter().position(|row| Some(row.id) == selected) {
            self.cursor = first + at;
        }
        // Fewer than were asked for are the last.
        let end = (rows.len() < limit).then_some(first + rows.len());
        self.total = total.or(end).or(self.total);
        let centre = self.centre();
        self.rows.extend((first..).zip(rows));
        self.rows.retain(|place, _| place.abs_diff(centre) < KEPT);
        self.refusal = None;
    }
}
