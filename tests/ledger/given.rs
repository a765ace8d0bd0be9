//! Random facts of a small clinic, so that calls often fall into the same day, party and group.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use proptest::sample::select;
use pult::domain::call::{CallResult, Direction};
use pult::domain::fact::{CallNumber, Debt, Fact, Party};
use pult::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::period::Period;
use pult::domain::phone::Phone;
use pult::domain::report::{Between, Comparison, Familiarity, Filter, Group, Kind, Level, Query};
use uuid::Uuid;

/// Zones and moments near which their clocks change: by an hour at night, at midnight, by half an hour.
pub const CLOCKS: [(Tz, &str); 5] = [
    (Tz::Europe__Moscow, "2026-11-15T12:00:00Z"),
    (Tz::Europe__Berlin, "2026-10-25T01:00:00Z"),
    (Tz::America__Santiago, "2026-09-06T04:00:00Z"),
    (Tz::America__Santiago, "2026-04-05T03:00:00Z"),
    (Tz::Australia__Lord_Howe, "2026-04-04T15:00:00Z"),
];

pub const LINES: [&str; 2] = ["74950000001", "74950000002"];

pub fn id<T>(wrap: fn(Uuid) -> T) -> impl Strategy<Value = Option<T>>
where
    T: std::fmt::Debug,
{
    (0u128..4).prop_map(move |id| (id > 0).then(|| wrap(Uuid::from_u128(id))))
}

fn seconds(most: u64) -> impl Strategy<Value = Duration> {
    (0..most * 5).prop_map(|fifths| Duration::from_millis(fifths * 200))
}

fn text(of: [&'static str; 2]) -> impl Strategy<Value = Option<Arc<str>>> {
    select(vec![None, Some(of[0]), Some(of[1])]).prop_map(|text| text.map(Arc::from))
}

fn party() -> impl Strategy<Value = Party> {
    let text = |text: &str| Party::Text(Arc::from(text));
    let phone = |number| Party::Phone(Phone(number));
    select(vec![
        Party::Person(1),
        Party::Person(2),
        phone(79_160_000_001),
        phone(79_160_000_002),
        text("101"),
        text("sip"),
        Party::Alone,
    ])
}

pub fn fact(base: DateTime<Utc>) -> impl Strategy<Value = Fact> {
    let when = (0u32..200, -4320i64..4320).prop_map(move |(number, minutes)| {
        (CallNumber(number), base + TimeDelta::minutes(minutes) + TimeDelta::milliseconds(minutes % 7))
    });
    let who = (party(), id(PersonId), id(TopicId), id(CallerTypeId), id(ChannelId), id(BranchId));
    let how = (
        select(vec![Direction::Incoming, Direction::Outgoing]),
        select(vec![CallResult::Answered, CallResult::Missed, CallResult::NoAnswer]),
        proptest::option::of(select(Outcome::ALL.to_vec())),
        select(vec![None, Some(Familiarity::New), Some(Familiarity::Known)]),
        select(vec![None, Some(Debt::Open), Some(Debt::CameThrough), Some(Debt::CalledBackInTime)]),
        select(vec![0, 0, 0, 1_000, -250, 1 << 31, -(1 << 31), 1 << 40]),
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let words = (text(["хирург", "терапевт"]), text(LINES));
    let lengths = (seconds(40), seconds(300), proptest::option::of(seconds(900)));
    (when, who, how, flags, words, lengths).prop_map(|(when, who, how, flags, words, lengths)| Fact {
        number: when.0,
        started_at: when.1,
        party: who.0,
        employee: who.1,
        topic: who.2,
        caller_type: who.3,
        line: words.1,
        channel: who.4,
        own_channel: flags.5,
        branch: who.5,
        speciality: words.0,
        direction: how.0,
        result: how.1,
        counts: flags.0,
        outcome: how.2,
        booked: flags.1,
        held: flags.2,
        familiarity: how.3,
        recording: flags.3,
        commented: flags.4,
        debt: how.4,
        wait: lengths.0,
        talk: lengths.1,
        wrap_up: lengths.2,
        money: Money(how.5),
    })
}

fn between(most: u64) -> impl Strategy<Value = Between> {
    let end = move || proptest::option::weighted(0.2, seconds(most));
    (end(), end()).prop_map(|(least, most)| Between { least, most })
}

/// Groups that occur and one that does not.
fn groups() -> impl Strategy<Value = Vec<Group>> {
    let person = |id| Some(PersonId(Uuid::from_u128(id)));
    let topic = |id| Some(TopicId(Uuid::from_u128(id)));
    let group = select(vec![
        Group::Employee(None),
        Group::Employee(person(1)),
        Group::Employee(person(77)),
        Group::Topic(topic(1)),
        Group::Topic(topic(2)),
        Group::Line(Some(LINES[0].to_owned())),
        Group::Outcome(Some(Outcome::Booked)),
        Group::Outcome(None),
        Group::Familiarity(Some(Familiarity::New)),
        Group::Hour(1),
        Group::Hour(2),
        Group::Weekday(6),
        Group::Weekday(5),
    ]);
    prop_oneof![2 => Just(vec![]), 1 => proptest::collection::vec(group, 1..4)]
}

pub fn query(base: DateTime<Utc>) -> impl Strategy<Value = Query> {
    let filter = (
        groups(),
        proptest::bool::weighted(0.2),
        between(40),
        between(300),
        proptest::option::weighted(0.2, any::<bool>()),
        proptest::option::weighted(0.2, any::<bool>()),
    );
    let filter = filter.prop_map(|(only, patients_only, wait, talk, recording, comment)| Filter {
        only,
        patients_only,
        wait,
        talk,
        recording,
        comment,
        ..Filter::default()
    });
    let level = || select(Level::ALL.to_vec());
    let compare = select(vec![None, Some(Comparison::Previous), Some(Comparison::YearAgo)]);
    let kind = select(vec![Kind::Calls, Kind::Patients]);
    (-3i64..3, 0i64..4, kind, level(), level(), filter, compare).prop_map(
        move |(from, days, kind, by, then_by, filter, compare)| {
            let from = base.date_naive() + TimeDelta::days(from);
            let period = Period { from, to: from + TimeDelta::days(days) };
            Query { period, kind, by, then_by, filter, compare }
        },
    )
}
