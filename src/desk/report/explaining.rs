//! A figure, or one call, while it is explained: what was asked about it and what has come.
//!
//! What can be said from the row itself (the formula with its numbers) needs no answer, so a refusal hides nothing of
//! that.

use crate::desk::action::Action;
use crate::desk::asking::Asking;
use crate::desk::scroll;
use crate::desk::state::View;
use crate::domain::desk::{Figure, Refusal, Reply, Request};
use crate::domain::id::CallId;
use crate::domain::link::DeedLink;
use crate::domain::report::{CallRow, Explanation, Measure, Measures};

/// Calls among which the newest one that stands for a contact is looked for: those of a day follow it.
const NEWEST: usize = 10;

#[derive(Clone, PartialEq, Debug)]
pub enum Subject {
    Figure {
        figure: Box<Figure>,
        /// Of its row.
        measures: Measures,
    },
    Call(CallId),
}

#[derive(Debug)]
pub struct Explaining {
    pub subject: Subject,
    pub explanation: Answer<Explanation>,
    /// What was done with visits in the call; of a figure in the newest call behind it.
    pub links: Answer<Vec<DeedLink>>,
    newest: Answer<Option<CallId>>,
    /// First line shown.
    pub top: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Answer<T> {
    Awaited,
    Told(T),
    Refused,
}

impl<T> Answer<T> {
    pub fn told(&self) -> Option<&T> {
        match self {
            Answer::Told(told) => Some(told),
            Answer::Awaited | Answer::Refused => None,
        }
    }
}

impl Explaining {
    pub fn of(subject: Subject) -> Explaining {
        let newest = match &subject {
            Subject::Figure { .. } => Answer::Awaited,
            Subject::Call(call) => Answer::Told(Some(*call)),
        };
        let (explanation, links) = (Answer::Awaited, Answer::Awaited);
        Explaining { subject, explanation, links, newest, top: 0 }
    }

    /// What is explained and the measures of its row: once the explanation came its own, of one moment with its counts.
    pub fn figure(&self) -> Option<(&Figure, &Measures)> {
        match &self.subject {
            Subject::Figure { figure, measures } => {
                let told = self.explanation.told().map(|explanation| &explanation.measures);
                Some((figure, told.unwrap_or(measures)))
            }
            Subject::Call(_) => None,
        }
    }

    /// Asks for what is not here yet, in the order in which one follows from another.
    pub fn want(&self, asking: &mut Asking) {
        for request in self.wanted() {
            if !asking.awaits(|asked| *asked == request) {
                asking.ask_for(View::Report, request);
            }
        }
    }

    fn wanted(&self) -> Vec<Request> {
        let explain = match (&self.subject, &self.explanation) {
            (Subject::Figure { figure, .. }, Answer::Awaited) => {
                Some(Request::Explain(figure.as_ref().clone()))
            }
            _ => None,
        };
        let calls = self.calls().filter(|_| self.newest == Answer::Awaited);
        let links = match (&self.newest, &self.links) {
            (Answer::Told(Some(call)), Answer::Awaited) => Some(Request::Links(*call)),
            _ => None,
        };
        [explain, calls, links].into_iter().flatten().collect()
    }

    /// The newest calls of a figure that rests on bookings.
    fn calls(&self) -> Option<Request> {
        match &self.subject {
            Subject::Figure { figure, .. } if rests_on_bookings(figure.measure) => {
                Some(Request::Drill { figure: opened(figure), offset: 0, limit: NEWEST })
            }
            _ => None,
        }
    }

    pub fn hear(&mut self, request: &Request, reply: &Result<Reply, Refusal>) {
        if !self.wanted().contains(request) {
            return;
        }
        match (request, reply) {
            (Request::Explain(_), Ok(Reply::Explained(told))) => {
                self.explanation = Answer::Told(*told.clone());
            }
            (Request::Drill { .. }, Ok(Reply::Calls { rows, .. })) => {
                self.newest = Answer::Told(newest(rows));
            }
            (Request::Links(_), Ok(Reply::Links(links))) => self.links = Answer::Told(links.clone()),
            (Request::Explain(_), _) => self.explanation = Answer::Refused,
            (Request::Drill { .. }, _) => self.newest = Answer::Refused,
            (Request::Links(_), _) => self.links = Answer::Refused,
            _ => {}
        }
    }

    /// Moves through `len` lines shown `page` at a time.
    pub fn step(&mut self, action: Action, len: usize, page: u16) {
        let last = len.saturating_sub(usize::from(page));
        if let Some(top) = scroll::moved(self.top, last + 1, page, action) {
            self.top = top;
        }
    }
}

fn newest(rows: &[CallRow]) -> Option<CallId> {
    rows.iter().find(|row| row.stands).or(rows.first()).map(|row| row.id)
}

/// What opening a figure lists.
pub fn opened(figure: &Figure) -> Figure {
    Figure { measure: figure.measure.counted(), ..figure.clone() }
}

fn rests_on_bookings(measure: Measure) -> bool {
    matches!(measure.counted(), Measure::Booked | Measure::Held | Measure::Money)
}
