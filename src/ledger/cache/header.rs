//! What stands before the days' columns: what the codes in them mean.

use std::collections::HashMap;
use std::fs::File;
use std::hash::Hash;
use std::io::Read as _;

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use uuid::Uuid;

use super::bytes::{Reader, Writer, check};
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::ledger::Ledger;
use crate::ledger::dictionary::{Combinations, Dictionary, Strangers};
use crate::ledger::names::Names;

/// Changes with the layout of the file and with the meaning of any of its bits.
const VERSION: u64 = u64::from_le_bytes(*b"pult\x02\0\0\0");
/// Version, length of the header, check of the header.
const FIXED: usize = 24;
/// More is no ledger of ours, whatever the file says: nothing is set aside for it.
const HEADER_AT_MOST: u64 = 1 << 30;
const CALLS_A_DAY_AT_MOST: usize = 1 << 24;
/// No calendar reckons far beyond.
const YEARS: std::ops::Range<i32> = 1899..10_000;

pub(super) struct Header {
    pub zone: Tz,
    pub stamp: u128,
    /// The check over it.
    pub sum: u64,
    pub names: Names,
    pub days: Vec<SavedDay>,
}

pub(super) struct SavedDay {
    pub date: NaiveDate,
    pub calls: usize,
    /// By number, money that does not fit into its column.
    pub large: Vec<(u32, Money)>,
}

/// And the check over it.
pub(super) fn written(ledger: &Ledger, stamp: u128) -> (Vec<u8>, u64) {
    let mut header = Writer::default();
    header.text(&days_of(ledger.zone));
    header.0.extend(stamp.to_le_bytes());
    write_names(&mut header, &ledger.names);
    header.list(ledger.days.iter(), |to, day| {
        to.u32(day.date.num_days_from_ce().cast_unsigned());
        to.u32(day.len() as u32);
        to.list(day.large.iter(), |to, (number, money)| {
            to.u32(*number);
            to.u64(money.0.cast_unsigned());
        });
    });
    let sum = check(&header.0, VERSION);
    let mut file = Writer::default();
    file.u64(VERSION);
    file.u64(header.0.len() as u64);
    file.u64(sum);
    file.0.extend(header.0);
    (file.0, sum)
}

/// What the days' bounds depend on: the zone, and what is known of it in this program.
fn days_of(zone: Tz) -> String {
    format!("{} {}", zone.name(), chrono_tz::IANA_TZDB_VERSION)
}

fn write_names(to: &mut Writer, names: &Names) {
    let id = |to: &mut Writer, id: Uuid| to.0.extend(id.as_u128().to_le_bytes());
    write_dictionary(to, &names.employees, |to, person| id(to, person.0));
    write_dictionary(to, &names.lines, |to, line| to.text(line));
    write_dictionary(to, &names.channels, |to, channel| id(to, channel.0));
    write_dictionary(to, &names.branches, |to, branch| id(to, branch.0));
    write_combinations(to, &names.origins);
    write_dictionary(to, &names.topics, |to, topic| id(to, topic.0));
    write_dictionary(to, &names.caller_types, |to, caller_type| id(to, caller_type.0));
    write_dictionary(to, &names.specialities, |to, speciality| to.text(speciality));
    write_combinations(to, &names.saids);
    to.list(names.strangers.phones.iter(), |to, (phone, code)| {
        to.u64(phone.0);
        to.u32(*code);
    });
    to.list(names.strangers.texts.iter(), |to, (text, code)| {
        to.text(text);
        to.u32(*code);
    });
}

fn write_dictionary<T: Clone + Eq + Hash>(
    to: &mut Writer,
    values: &Dictionary<T>,
    write: impl Fn(&mut Writer, &T),
) {
    let known: Vec<&T> = values.values().iter().flatten().collect();
    to.list(known.into_iter(), |to, value| write(to, value));
}

fn write_combinations<const N: usize>(to: &mut Writer, from: &Combinations<N>) {
    to.list(0..from.len(), |to, code| from.values(code).into_iter().for_each(|part| to.u16(part)));
}

/// Leaves the file at the first day.
pub(super) fn read(file: &mut File, length: u64, zone: Tz) -> Option<Header> {
    let mut fixed = [0; FIXED];
    file.read_exact(&mut fixed).ok()?;
    let mut fixed = Reader(&fixed);
    let (version, count, sum) = (fixed.u64()?, fixed.u64()?, fixed.u64()?);
    if version != VERSION || count > length.min(HEADER_AT_MOST) {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(count).ok()?];
    file.read_exact(&mut bytes).ok()?;
    if check(&bytes, VERSION) != sum {
        return None;
    }
    let mut from = Reader(&bytes);
    let is_same_zone = *from.text()? == *days_of(zone);
    let stamp = from.u128().filter(|_| is_same_zone)?;
    let names = read_names(&mut from)?;
    let days = from.list(read_day)?;
    let in_order = days.is_sorted_by(|one, next| one.date < next.date);
    (in_order && from.0.is_empty()).then_some(Header { zone, stamp, sum, names, days })
}

fn read_day(from: &mut Reader) -> Option<SavedDay> {
    let date = NaiveDate::from_num_days_from_ce_opt(from.u32()?.cast_signed())?;
    let calls = usize::try_from(from.u32()?).ok()?;
    let large = from.list(|from| Some((from.u32()?, Money(from.u64()?.cast_signed()))))?;
    let likely = (1..=CALLS_A_DAY_AT_MOST).contains(&calls);
    (likely && YEARS.contains(&date.year())).then_some(SavedDay { date, calls, large })
}

fn read_names(from: &mut Reader) -> Option<Names> {
    let mut names = Names::new();
    let id = |from: &mut Reader| from.u128().map(Uuid::from_u128);
    read_dictionary(from, &mut names.employees, |from| id(from).map(PersonId))?;
    read_dictionary(from, &mut names.lines, |from| from.text())?;
    read_dictionary(from, &mut names.channels, |from| id(from).map(ChannelId))?;
    read_dictionary(from, &mut names.branches, |from| id(from).map(BranchId))?;
    let parts = [names.lines.len(), names.channels.len(), names.branches.len(), 2];
    read_combinations(from, &mut names.origins, parts)?;
    read_dictionary(from, &mut names.topics, |from| id(from).map(TopicId))?;
    read_dictionary(from, &mut names.caller_types, |from| id(from).map(CallerTypeId))?;
    read_dictionary(from, &mut names.specialities, |from| from.text())?;
    let parts = [names.topics.len(), names.caller_types.len(), names.specialities.len()];
    read_combinations(from, &mut names.saids, parts)?;
    let phones = from.list(|from| Some((Phone(from.u64()?), from.u32()?)))?;
    let texts = from.list(|from| Some((from.text()?, from.u32()?)))?;
    names.strangers = Strangers { phones: HashMap::from_iter(phones), texts: HashMap::from_iter(texts) };
    Some(names)
}

fn read_dictionary<T: Clone + Eq + Hash>(
    from: &mut Reader,
    dictionary: &mut Dictionary<T>,
    read: impl Fn(&mut Reader) -> Option<T>,
) -> Option<()> {
    let values = from.list(|from| read(from))?;
    for value in &values {
        dictionary.code(Some(value));
    }
    (dictionary.len() == values.len() + 1).then_some(())
}

/// Every part must be a code of its dictionary.
fn read_combinations<const N: usize>(
    from: &mut Reader,
    into: &mut Combinations<N>,
    parts: [usize; N],
) -> Option<()> {
    let read = from.list(|from| {
        let mut values = [0; N];
        values.iter_mut().try_for_each(|value| from.u16().map(|read| *value = read))?;
        Some(values)
    })?;
    let known = |values: &[u16; N]| values.iter().zip(parts).all(|(code, count)| usize::from(*code) < count);
    read.iter().all(known).then(|| into.restore(&read))?
}
