//! The board: calls that ring, wait and talk, and ended ones in place while they still want something: missed
//! and not handled, answered and not wrapped up.
//!
//! Newest first, so a row never moves because its state changed. Knows nothing of the form: which call is
//! worked on is the form's.

mod digits;
mod draw;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::call::{CallResult, Direction, Phase};
use crate::domain::desk::BoardCall;
use crate::domain::id::CallId;

use super::action::Action;
use super::layout::page_start;
use super::scroll;

pub use digits::{Digits, Found};
pub use draw::{draw, rows};

/// Nobody looks longer at a row before the key that is meant for it.
const CHOOSING: TimeDelta = TimeDelta::seconds(10);

#[derive(Debug, Default)]
pub struct Board {
    /// By time of arrival, newest first.
    calls: Vec<BoardCall>,
    /// Where the cursor is.
    selected: Option<CallId>,
    /// Missed calls whose callers were reached since: an older word of one does not bring it back.
    handled: BTreeSet<CallId>,
    /// Calls heard of while the whole board is awaited: what was heard is newer than what was read.
    heard: Option<BTreeSet<CallId>>,
    /// When the operator last moved it.
    moved_at: Option<DateTime<Utc>>,
    pub digits: Digits,
}

impl Board {
    /// The whole board is asked for; what is heard from now on stands above the answer.
    pub fn expect(&mut self) {
        self.heard = Some(BTreeSet::new());
    }

    pub fn replace(&mut self, calls: Vec<BoardCall>) {
        let heard = self.heard.take().unwrap_or_default();
        self.calls.retain(|call| heard.contains(&call.id));
        self.calls.extend(calls.into_iter().filter(|call| !heard.contains(&call.id)));
        self.handled.retain(|id| self.calls.iter().any(|call| call.id == *id));
        self.sort();
        if self.selected.is_some_and(|id| self.call(id).is_none()) {
            self.selected = None;
        }
    }

    /// A new call, or the newest word of one that stands here already.
    pub fn put(&mut self, call: BoardCall) {
        self.hear(call.id);
        let handled = self.calls.iter().filter(|missed| call.makes_good(missed)).map(|missed| missed.id);
        self.handled.extend(handled);
        self.calls.retain(|known| known.id != call.id);
        self.calls.push(call);
        self.sort();
    }

    fn hear(&mut self, id: CallId) {
        if let Some(heard) = &mut self.heard {
            heard.insert(id);
        }
    }

    /// Calls that want nothing more, or are `somebody_elses`, leave; the one being written about stays until its form
    /// lets it go, and the one under the cursor until its key is pressed.
    pub fn tidy(
        &mut self,
        opened: Option<CallId>,
        somebody_elses: impl Fn(&BoardCall) -> bool,
        now: DateTime<Utc>,
    ) {
        let chosen = self.selected.filter(|_| self.is_choosing(now));
        let wanted = |call: &BoardCall| call.wants_something() && !somebody_elses(call);
        let done = |call: &&BoardCall| !wanted(call) || self.handled.contains(&call.id);
        let leaving = self.calls.iter().filter(done).map(|call| call.id);
        let leaving = leaving.filter(|id| Some(*id) != opened && Some(*id) != chosen);
        for id in leaving.collect::<Vec<_>>() {
            self.drop_row(id);
        }
    }

    /// A call that is no more, or part of another.
    pub fn remove(&mut self, id: CallId) {
        self.hear(id);
        self.drop_row(id);
    }

    fn sort(&mut self) {
        self.calls.sort_by_key(|call| std::cmp::Reverse((call.snapshot.started_at, call.id)));
    }

    /// The cursor goes to the neighbour below.
    fn drop_row(&mut self, id: CallId) {
        let Some(place) = self.place(id) else { return };
        self.calls.remove(place);
        if self.selected == Some(id) {
            self.selected = self.calls.get(place).or(self.calls.last()).map(|call| call.id);
        }
    }

    pub fn calls(&self) -> &[BoardCall] {
        &self.calls
    }

    pub fn call(&self, id: CallId) -> Option<&BoardCall> {
        self.calls.iter().find(|call| call.id == id)
    }

    fn place(&self, id: CallId) -> Option<usize> {
        self.calls.iter().position(|call| call.id == id)
    }

    pub fn selected(&self) -> Option<&BoardCall> {
        self.call(self.selected?)
    }

    pub fn select(&mut self, id: CallId) {
        (self.selected, self.moved_at) = (Some(id), None);
    }

    /// A call that is not here was taken up: no row is meant.
    pub fn unmark(&mut self) {
        (self.selected, self.moved_at) = (None, None);
    }

    /// The cursor goes along with a call that opened by itself, unless somebody is just choosing: their next
    /// key is meant for the row they see marked.
    pub fn follow(&mut self, id: CallId, now: DateTime<Utc>) {
        if !self.is_choosing(now) {
            self.select(id);
        }
    }

    fn is_choosing(&self, now: DateTime<Utc>) -> bool {
        self.moved_at.is_some_and(|moved| now - moved <= CHOOSING)
    }

    /// Row of the cursor among the calls.
    fn cursor(&self) -> Option<usize> {
        self.place(self.selected?)
    }

    /// Moves the cursor; `page` is how many rows are seen at once. Where there was none, one step shows it.
    pub fn step(&mut self, action: Action, page: u16, now: DateTime<Utc>) {
        let to = match self.cursor() {
            Some(at) => scroll::moved(at, self.calls.len(), page, action),
            None if action == Action::Next => Some(0),
            None => scroll::moved(0, self.calls.len(), page, action),
        };
        if let Some(call) = to.and_then(|to| self.calls.get(to)) {
            (self.selected, self.moved_at) = (Some(call.id), Some(now));
        }
    }

    /// The calls that are seen, from the top.
    pub fn seen(&self, height: u16) -> impl Iterator<Item = &BoardCall> {
        let (ringing, page) = self.page(height);
        ringing.into_iter().chain(page)
    }

    /// The calls on the page of the cursor, and before them what rings on the pages above: somebody who looks
    /// at older calls must see it too.
    fn page(&self, height: u16) -> (Vec<&BoardCall>, &[BoardCall]) {
        let at = self.cursor().unwrap_or(0);
        let ringing_above = |start: usize| {
            self.calls
                .iter()
                .take(start)
                .filter(|call| call.snapshot.phase == Phase::Ringing && !is_dialled(call))
        };
        let room = usize::from(height / 2).min(ringing_above(page_start(at, height)).count());
        let height = height.saturating_sub(u16::try_from(room).unwrap_or(height));
        let start = page_start(at, height).min(self.calls.len());
        let end = self.calls.len().min(start + usize::from(height));
        (ringing_above(start).take(room).collect(), &self.calls[start..end])
    }

    /// Calls in these phases; a number being dialled from here rings nobody here.
    pub fn count(&self, phases: &[Phase]) -> usize {
        let counts = |call: &&BoardCall| phases.contains(&call.snapshot.phase) && !is_dialled(call);
        self.calls.iter().filter(counts).count()
    }

    /// Missed and not handled yet.
    pub fn missed(&self) -> usize {
        let open = |call: &&BoardCall| is_missed(call) && !call.wrapped && !self.handled.contains(&call.id);
        self.calls.iter().filter(open).count()
    }

    pub fn press_digit(&mut self, digit: char, now: DateTime<Utc>) -> Found {
        self.digits.press(digit, &self.calls, now)
    }

    pub fn any_live(&self) -> bool {
        self.calls.iter().any(|call| call.snapshot.is_live())
    }
}

/// Goes out, and nobody has answered yet.
pub fn is_dialled(call: &BoardCall) -> bool {
    call.snapshot.phase == Phase::Ringing && call.snapshot.direction == Direction::Outgoing
}

pub fn is_missed(call: &BoardCall) -> bool {
    call.snapshot.result == Some(CallResult::Missed)
}
