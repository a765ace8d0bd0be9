//! What is packed into the sixteen bits of a call's flags.

use crate::domain::call::{CallResult, Direction};
use crate::domain::fact::{Debt, Fact};
use crate::domain::outcome::Outcome;
use crate::domain::report::{Familiarity, Measure};

/// Some neighbouring bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bits {
    shift: u16,
    mask: u16,
}

/// The place of an outcome among all, the best first; one more for none.
pub(super) const OUTCOME: Bits = Bits { shift: 0, mask: 7 };
pub(super) const TAKEN: Bits = Bits { shift: 3, mask: 1 };
pub(super) const MISSED: Bits = Bits { shift: 4, mask: 1 };
pub(super) const BOOKED: Bits = Bits { shift: 5, mask: 1 };
pub(super) const HELD: Bits = Bits { shift: 6, mask: 1 };
/// All four that a row of the report counts.
pub(super) const COUNTED: Bits = Bits { shift: 3, mask: 15 };
pub(super) const OUTGOING: Bits = Bits { shift: 7, mask: 1 };
pub(super) const RECORDING: Bits = Bits { shift: 8, mask: 1 };
pub(super) const COMMENTED: Bits = Bits { shift: 9, mask: 1 };
/// Stands in patient statistics.
pub(super) const COUNTS: Bits = Bits { shift: 10, mask: 1 };
/// 0 none, 1 new, 2 known.
pub(super) const FAMILIARITY: Bits = Bits { shift: 11, mask: 3 };
/// 0 none, else one more than its place in [`DEBTS`].
pub(super) const DEBT: Bits = Bits { shift: 13, mask: 7 };

pub(super) const DEBTS: [Debt; 5] =
    [Debt::Open, Debt::Attempted, Debt::CameThrough, Debt::CalledBackLate, Debt::CalledBackInTime];
pub(super) const FAMILIARITIES: [Option<Familiarity>; 3] =
    [None, Some(Familiarity::New), Some(Familiarity::Known)];

impl Bits {
    pub const fn of(self, flags: u16) -> u16 {
        flags >> self.shift & self.mask
    }

    pub const fn holds(self, flags: u16) -> bool {
        self.of(flags) != 0
    }

    pub const fn put(self, value: u16) -> u16 {
        value << self.shift
    }

    /// All of them set.
    pub const fn all(self) -> u16 {
        self.put(self.mask)
    }

    /// The flags without these.
    pub const fn cleared(self, flags: u16) -> u16 {
        flags & !self.all()
    }
}

/// What a measure counts the calls or contacts of; `None` of all of them, and of money, which is no flag.
pub(super) fn counted(measure: Measure) -> Option<Bits> {
    match measure.counted() {
        Measure::Taken | Measure::Talk => Some(TAKEN),
        Measure::Missed => Some(MISSED),
        Measure::Booked => Some(BOOKED),
        Measure::Held => Some(HELD),
        _ => None,
    }
}

pub(super) fn flags(fact: &Fact) -> u16 {
    let place = |outcome| Outcome::ALL.iter().position(|known| *known == outcome);
    let outcome = fact.outcome.and_then(place).unwrap_or(Outcome::ALL.len());
    let familiarity = FAMILIARITIES.iter().position(|known| *known == fact.familiarity).unwrap_or(0);
    let debt = fact.debt.and_then(|debt| DEBTS.iter().position(|known| *known == debt));
    let single = [
        (TAKEN, fact.result == CallResult::Answered),
        (MISSED, fact.result == CallResult::Missed),
        (BOOKED, fact.booked),
        (HELD, fact.held),
        (OUTGOING, fact.direction == Direction::Outgoing),
        (RECORDING, fact.recording),
        (COMMENTED, fact.commented),
        (COUNTS, fact.counts),
    ];
    let several = OUTCOME.put(outcome as u16)
        | FAMILIARITY.put(familiarity as u16)
        | DEBT.put(debt.map_or(0, |place| place as u16 + 1));
    single.into_iter().fold(several, |flags, (bits, holds)| flags | bits.put(u16::from(holds)))
}

pub(super) fn outcome(flags: u16) -> Option<Outcome> {
    Outcome::ALL.get(usize::from(OUTCOME.of(flags))).copied()
}

pub(super) fn familiarity(flags: u16) -> Option<Familiarity> {
    FAMILIARITIES.get(usize::from(FAMILIARITY.of(flags))).copied().flatten()
}

pub(super) fn debt(flags: u16) -> Option<Debt> {
    usize::from(DEBT.of(flags)).checked_sub(1).and_then(|place| DEBTS.get(place)).copied()
}
