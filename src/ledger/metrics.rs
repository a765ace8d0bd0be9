//! What the standard metrics are reckoned from, always by calls.

use std::ops::Range;
use std::time::Duration;

use super::Ledger;
use super::bits::{BOOKED, DEBT, MISSED, OUTGOING, TAKEN};
use super::day::{Day, Long, NO_WRAP_UP, Short};
use super::names::WRAP_UP_UNIT_MS;
use super::question::{Question, Scan};
use crate::domain::fact::Numbers;
use crate::domain::metric::{Debts, Metrics, Norms, Spread};
use crate::domain::report::Query;

/// What was met so far.
#[derive(Default)]
struct Tally {
    /// Waits of incoming calls, in milliseconds.
    answered: Vec<u32>,
    abandoned: Vec<u32>,
    taken: u64,
    talk: u64,
    wrapped: u64,
    /// In units.
    wrap_up: u64,
    booked: u64,
    /// By their bits.
    debts: [u64; 8],
}

impl Ledger {
    /// Of the calls that the query's filter keeps; its levels and its kind do not matter.
    pub fn metrics(&self, query: &Query, norms: &Norms, matching: Option<&Numbers>) -> Metrics {
        let question = Question::of(self, query, query.period, matching);
        let (mut tally, second) = question.halves(|range| Tally::of(&question, range));
        second.into_iter().for_each(|second| tally.merge(second));
        tally.metrics(norms)
    }
}

impl Tally {
    fn of(question: &Question, range: Range<usize>) -> Tally {
        let (mut tally, mut scan) = (Tally::default(), Scan::default());
        for nth in range {
            question.keep(nth, &mut scan.rows);
            let (_, day) = question.day(nth);
            (0..scan.rows.len()).for_each(|nth| tally.add(day, scan.rows.get(nth)));
        }
        tally
    }

    fn add(&mut self, day: &Day, row: usize) {
        let flags = day.short(Short::Flags)[row];
        self.booked += u64::from(BOOKED.of(flags));
        self.debts[usize::from(DEBT.of(flags))] += 1;
        if TAKEN.holds(flags) {
            self.taken += 1;
            self.talk += u64::from(day.long(Long::Talk)[row]);
            let units = day.short(Short::WrapUp)[row];
            if units != NO_WRAP_UP {
                self.wrapped += 1;
                self.wrap_up += u64::from(units);
            }
        }
        match (OUTGOING.holds(flags), TAKEN.holds(flags), MISSED.holds(flags)) {
            (false, true, _) => self.answered.push(day.long(Long::Wait)[row]),
            (false, _, true) => self.abandoned.push(day.long(Long::Wait)[row]),
            _ => {}
        }
    }

    fn merge(&mut self, other: Tally) {
        self.answered.extend(other.answered);
        self.abandoned.extend(other.abandoned);
        self.taken += other.taken;
        self.talk += other.talk;
        self.wrapped += other.wrapped;
        self.wrap_up += other.wrap_up;
        self.booked += other.booked;
        self.debts.iter_mut().zip(other.debts).for_each(|(mine, theirs)| *mine += theirs);
    }

    fn metrics(mut self, norms: &Norms) -> Metrics {
        let within = |waits: &[u32], limit: Duration| {
            waits.iter().filter(|wait| Duration::from_millis(u64::from(**wait)) <= limit).count() as u64
        };
        let sooner = |wait: &&u32| Duration::from_millis(u64::from(**wait)) < norms.short_abandon;
        let [_, open, attempted, came_through, called_back_late, called_back_in_time, ..] = self.debts;
        Metrics {
            answered: self.answered.len() as u64,
            abandoned: self.abandoned.len() as u64,
            answered_in_time: within(&self.answered, norms.answer_within),
            abandoned_in_time: within(&self.abandoned, norms.answer_within),
            abandoned_short: self.abandoned.iter().filter(sooner).count() as u64,
            answer: spread(&mut self.answered),
            abandon: spread(&mut self.abandoned),
            taken: self.taken,
            talk: Duration::from_millis(self.talk),
            wrapped: self.wrapped,
            wrap_up: Duration::from_millis(self.wrap_up * u64::from(WRAP_UP_UNIT_MS)),
            booked: self.booked,
            debts: Debts { open, attempted, came_through, called_back_late, called_back_in_time },
        }
    }
}

/// Exact, by nearest rank: the least wait that half (nine in ten) do not exceed.
fn spread(waits: &mut [u32]) -> Spread {
    let length = |wait: u32| Duration::from_millis(u64::from(wait));
    let Some(last) = waits.len().checked_sub(1) else { return Spread::default() };
    let sum = waits.iter().map(|wait| u64::from(*wait)).sum();
    let median = *waits.select_nth_unstable(last / 2).1;
    let ninth = waits.len().saturating_mul(9).div_ceil(10) - 1;
    let (_, p90, longer) = waits.select_nth_unstable(ninth);
    let longest = longer.iter().copied().max().unwrap_or(*p90);
    Spread {
        sum: Duration::from_millis(sum),
        median: length(median),
        p90: length(*p90),
        longest: length(longest),
    }
}
