//! Two levels crossed: every call or contact added to the cell of its two groups.

use std::ops::Range;

use super::axis::{Axis, Stretch};
use super::cells::{Cells, Slots};
use super::contact::{Contact, gather};
use super::day::Day;
use super::names::Names;
use super::question::{Question, Scan};
use super::rows::Places;
use crate::domain::report::{Kind, Measures, Query};

/// More cells than this are counted by those that occur.
const DENSE: usize = 1 << 19;

/// So many rows at a time: their keys stay in the nearest cache, and all columns are read side by side.
const PIECE: usize = 256;

/// How the keys of cells are reckoned.
pub(super) struct Plan {
    pub axes: [Axis; 2],
    strides: Option<[usize; 2]>,
}

pub(super) struct Grid {
    cells: Cells,
    slots: Slots,
}

impl Plan {
    pub fn new(query: &Query, names: &Names, stretch: Stretch) -> Plan {
        let [by, then_by] = [query.by, query.then_by].map(|level| Axis::new(level, names, stretch));
        let length = |axis: &Axis| u16::try_from(axis.len()).ok();
        let dense = by.len().saturating_mul(then_by.len()) <= DENSE;
        // The cells of one day lie together.
        let strides = if then_by.is_by_days() && !by.is_by_days() && by.len() > 1 {
            length(&by).map(|by| [1, by])
        } else {
            length(&then_by).map(|then_by| [then_by, 1])
        };
        match strides.filter(|_| dense) {
            Some([one, other]) => Plan {
                axes: [by.times(one), then_by.times(other)],
                strides: Some([one.into(), other.into()]),
            },
            None => Plan { axes: [by, then_by], strides: None },
        }
    }

    fn grid(&self) -> Grid {
        let count = self.strides.map_or(0, |_| self.axes[0].len() * self.axes[1].len());
        Grid { cells: Cells::new(count), slots: Slots::default() }
    }

    /// Counts the days of a range.
    pub fn count(&self, question: &Question, range: Range<usize>) -> Grid {
        let mut grid = self.grid();
        let (mut scan, mut keys) = (Scan::default(), Keys::default());
        for nth in range {
            let at = question.day(nth);
            question.keep(nth, &mut scan.rows);
            match (question.kind, scan.rows.listed()) {
                (Kind::Patients, _) => {
                    gather(&mut scan.contacts, at.1, &scan.rows);
                    grid.add_contacts(&scan.contacts, keys.of(self, at, &scan.contacts[..]));
                }
                (Kind::Calls, None) => pieces(at.1.len())
                    .for_each(|piece| grid.add_rows(at.1, &piece, keys.of(self, at, &piece))),
                (Kind::Calls, Some(listed)) => listed
                    .chunks(PIECE)
                    .for_each(|piece| grid.add_rows(at.1, piece, keys.of(self, at, piece))),
            }
        }
        grid
    }
}

impl Grid {
    fn add_contacts(&mut self, contacts: &[Contact], keys: Keyed) {
        let keys = self.found(keys);
        for (contact, key) in contacts.iter().zip(keys) {
            self.cells.add(*key, contact.flags, (contact.wait, contact.talk), contact.money);
        }
    }

    fn add_rows(&mut self, day: &Day, places: &(impl Places + ?Sized), keys: Keyed) {
        let keys = self.found(keys);
        self.cells.add_rows(day, places, keys.iter().copied());
    }

    /// Keys of cells that are there.
    fn found<'k>(&mut self, keys: Keyed<'k>) -> &'k [u32] {
        if let Some(second) = keys.second {
            let pairs = keys.first.iter_mut().zip(second);
            pairs.for_each(|(first, second)| *first = self.slots.slot((*first, *second)));
            self.cells.grow(self.slots.keys().len());
        }
        keys.first
    }

    pub fn merge(&mut self, other: &Grid) {
        if other.slots.keys().is_empty() {
            let filled = (0..other.cells.len()).filter(|key| !other.cells.is_empty(*key));
            filled.for_each(|key| self.cells.merge(key, &other.cells, key));
        }
        for (theirs, codes) in other.slots.keys().iter().enumerate() {
            let mine = self.slots.slot(*codes) as usize;
            self.cells.grow(self.slots.keys().len());
            self.cells.merge(mine, &other.cells, theirs);
        }
    }

    /// The cells in which something was counted, with the codes of their groups.
    pub fn filled(&self, plan: &Plan) -> Vec<([usize; 2], Measures)> {
        let codes = |key: usize| match plan.strides {
            Some([stride, 1]) => [key / stride, key % stride],
            Some([_, stride]) => [key % stride, key / stride],
            None => [self.slots.keys()[key].0 as usize, self.slots.keys()[key].1 as usize],
        };
        let filled = (0..self.cells.len()).filter(|key| !self.cells.is_empty(*key));
        filled.map(|key| (codes(key), self.cells.measures(key))).collect()
    }
}

/// Buffers for the keys of a day's rows.
#[derive(Default)]
struct Keys {
    first: Vec<u32>,
    second: Vec<u32>,
}

/// The keys of cells, or the codes of both groups where there are too many cells.
struct Keyed<'k> {
    first: &'k mut [u32],
    second: Option<&'k [u32]>,
}

impl Keys {
    fn of(&mut self, plan: &Plan, at: (usize, &Day), places: &(impl Places + ?Sized)) -> Keyed<'_> {
        let count = places.rows().len();
        zeroed(&mut self.first, count);
        plan.axes[0].add(at, places, &mut self.first);
        if plan.strides.is_some() {
            plan.axes[1].add(at, places, &mut self.first);
            return Keyed { first: &mut self.first, second: None };
        }
        zeroed(&mut self.second, count);
        plan.axes[1].add(at, places, &mut self.second);
        Keyed { first: &mut self.first, second: Some(&self.second) }
    }
}

fn pieces(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).step_by(PIECE).map(move |start| start..count.min(start + PIECE))
}

fn zeroed(keys: &mut Vec<u32>, count: usize) {
    keys.clear();
    keys.resize(count, 0);
}
