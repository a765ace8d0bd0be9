//! The columns of one day as bytes.

use super::bytes::check;
use super::header::{Header, SavedDay};
use crate::ledger::bits::{FAMILIARITIES, FAMILIARITY};
use crate::ledger::clock::Clock;
use crate::ledger::day::{Day, LONGS, Long, ROW, Short};

/// Bytes of a check.
const CHECK: usize = 8;

pub(super) fn length(calls: usize) -> usize {
    calls.saturating_mul(ROW).saturating_add(CHECK)
}

/// Puts the day into `bytes`, in place of what was there.
pub(super) fn write(day: &Day, seed: u64, bytes: &mut Vec<u8>) {
    bytes.clear();
    bytes.resize(day.len() * ROW, 0);
    let (longs, shorts) = bytes.split_at_mut(day.len() * LONGS * 4);
    let longs = longs.as_chunks_mut::<4>().0.iter_mut().zip(day.long.iter().flatten());
    longs.for_each(|(bytes, value)| *bytes = value.to_le_bytes());
    let shorts = shorts.as_chunks_mut::<2>().0.iter_mut().zip(day.short.iter().flatten());
    shorts.for_each(|(bytes, value)| *bytes = value.to_le_bytes());
    bytes.extend(check(bytes, seed).to_le_bytes());
}

/// `bytes` are as many as [`length`] says.
pub(super) fn read(bytes: &[u8], seed: u64, saved: &SavedDay, header: &Header) -> Option<Day> {
    let (columns, sum) = bytes.split_last_chunk::<CHECK>()?;
    if check(columns, seed) != u64::from_le_bytes(*sum) {
        return None;
    }
    let clock = Clock::of(saved.date, header.zone);
    let (longs, shorts) = columns.split_at_checked(saved.calls * LONGS * 4)?;
    let (longs, shorts) = (longs.as_chunks::<4>().0, shorts.as_chunks::<2>().0);
    let mut day = Day::new(saved.date, clock, 0);
    for (nth, column) in day.long.iter_mut().enumerate() {
        let bytes = &longs[nth * saved.calls..(nth + 1) * saved.calls];
        *column = bytes.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
    }
    for (nth, column) in day.short.iter_mut().enumerate() {
        let bytes = &shorts[nth * saved.calls..(nth + 1) * saved.calls];
        *column = bytes.iter().map(|bytes| u16::from_le_bytes(*bytes)).collect();
    }
    day.large.clone_from(&saved.large);
    let sound = is_sound(&day, header);
    day.learn();
    sound.then_some(day)
}

/// Whether every code means something and the rows are in order: a ledger trusts them.
fn is_sound(day: &Day, header: &Header) -> bool {
    let names = &header.names;
    let below = |column: Short, count: usize| day.short(column).iter().all(|code| usize::from(*code) < count);
    (0..day.len()).is_sorted_by_key(|place| day.key(place))
        && day.long(Long::At).iter().all(|at| *at < day.clock.length)
        && below(Short::Employee, names.employees.len())
        && below(Short::Origin, names.origins.len())
        && below(Short::Said, names.saids.len())
        && day
            .short(Short::Flags)
            .iter()
            .all(|flags| usize::from(FAMILIARITY.of(*flags)) < FAMILIARITIES.len())
}
