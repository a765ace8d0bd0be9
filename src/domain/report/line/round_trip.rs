//! Every view, whatever the directories say, comes back from its line.

use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use super::keyword::Keyword;
use super::tests::{employee, topic};
use crate::domain::call::Direction;
use crate::domain::directory::{Branch, CallerType, Channel, Directories, Line};
use crate::domain::id::{BranchId, CallerTypeId, ChannelId, PersonId, TopicId};
use crate::domain::outcome::Outcome;
use crate::domain::period::{Period, Span};
use crate::domain::report::{
    Between, Comparison, Familiarity, Filter, Group, Kind, Level, Measure, Order, Pane, Sorted, View, When,
};

const HOSTILE: [&str; 21] = [
    "",
    " ",
    "unknown",
    "None",
    "all",
    "\"",
    "\\",
    "a,b",
    "а б",
    "\n",
    "\u{1b}[2J",
    "'",
    "#1",
    "Имплантация",
    "имплантация",
    "Имплантация зубов",
    "00000000000000000000000000000001",
    "month",
    "a=b",
    "-",
    "…«»",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![select(&HOSTILE[..]).prop_map(str::to_owned), any::<String>(), "[а-яё ,\"]{80}"]
}

fn directories() -> impl Strategy<Value = Directories> {
    let id = |nth: usize| Uuid::from_u128(nth as u128);
    (vec(name(), 0..6), vec(name(), 0..6), vec((name(), name()), 0..4)).prop_map(
        move |(some, more, lines)| {
            let caller_type = |(nth, name): (usize, &String)| CallerType {
                id: CallerTypeId(id(nth)),
                name: name.clone(),
                direction: None,
                sets_itself_for: None,
                counts: true,
                needs_topic: false,
            };
            Directories {
                topics: some.iter().enumerate().map(|(nth, name)| topic(nth as u128, name)).collect(),
                employees: more.iter().enumerate().map(|(nth, name)| employee(nth as u128, name)).collect(),
                caller_types: some.iter().enumerate().map(caller_type).collect(),
                channels: more
                    .iter()
                    .enumerate()
                    .map(|(nth, name)| Channel {
                        id: ChannelId(id(nth)),
                        name: name.clone(),
                        script: String::new(),
                    })
                    .collect(),
                branches: some
                    .iter()
                    .enumerate()
                    .map(|(nth, name)| Branch {
                        id: BranchId(id(nth)),
                        name: name.clone(),
                        address: String::new(),
                    })
                    .collect(),
                lines: lines
                    .into_iter()
                    .map(|(number, name)| Line { number, name, channel: None, branch: None })
                    .collect(),
            }
        },
    )
}

fn keyword<T: Keyword + std::fmt::Debug>() -> impl Strategy<Value = T> {
    select(T::VALUES)
}

fn day() -> impl Strategy<Value = NaiveDate> {
    let edges = [(1900, 1, 1), (2200, 12, 31)].map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap());
    prop_oneof![
        9 => (700_000..800_000i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap()),
        1 => select(edges.to_vec()),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let dates = (day(), day())
        .prop_map(|(one, other)| When::Dates(Period { from: one.min(other), to: one.max(other) }));
    prop_oneof![keyword::<Span>().prop_map(When::Span), dates]
}

/// Of entries that exist, and of some that are gone.
fn group() -> impl Strategy<Value = Group> {
    let id = || option::of((0..8u128).prop_map(Uuid::from_u128));
    let monday = |day: NaiveDate| day - Days::new(day.weekday().num_days_from_monday().into());
    prop_oneof![
        id().prop_map(|id| Group::Employee(id.map(PersonId))),
        id().prop_map(|id| Group::Topic(id.map(TopicId))),
        id().prop_map(|id| Group::Channel(id.map(ChannelId))),
        id().prop_map(|id| Group::CallerType(id.map(CallerTypeId))),
        id().prop_map(|id| Group::Branch(id.map(BranchId))),
        option::of(name()).prop_map(Group::Line),
        option::of(name().prop_filter("a speciality has a name", |name| !name.is_empty()))
            .prop_map(Group::Speciality),
        option::of(keyword::<Outcome>()).prop_map(Group::Outcome),
        option::of(keyword::<Familiarity>()).prop_map(Group::Familiarity),
        select(&[Direction::Incoming, Direction::Outgoing][..]).prop_map(Group::Direction),
        day().prop_map(Group::Day),
        (710_000..800_000i32)
            .prop_map(move |day| Group::Week(monday(NaiveDate::from_num_days_from_ce_opt(day).unwrap()))),
        day().prop_map(|day| Group::Month(day.with_day(1).unwrap())),
        (0..7u8).prop_map(Group::Weekday),
        (0..24u8).prop_map(Group::Hour),
        Just(Group::All),
    ]
}

fn between() -> impl Strategy<Value = Between> {
    let length = || option::of(prop_oneof![any::<Duration>(), (0..10_000u64).prop_map(Duration::from_secs)]);
    (length(), length()).prop_map(|(least, most)| Between { least, most }.in_order())
}

fn filter() -> impl Strategy<Value = Filter> {
    let lists = (vec(group(), 0..12), any::<bool>(), option::of(any::<u128>()));
    (lists, between(), between(), name(), name(), any::<(Option<bool>, Option<bool>)>()).prop_map(
        |((groups, patients_only, person), wait, talk, text, number, (recording, comment))| {
            let mut filter =
                Filter { patients_only, wait, talk, text, number, recording, comment, ..Filter::default() };
            filter.person = person.map(|id| PersonId(Uuid::from_u128(id)));
            for group in groups {
                if !filter.has(&group) {
                    filter.only.push(group);
                }
            }
            filter
        },
    )
}

fn view() -> impl Strategy<Value = View> {
    let levels = (keyword::<Level>(), keyword::<Level>());
    let sorted = option::of((keyword::<Measure>(), any::<bool>()));
    let columns = subsequence(Measure::ALL.to_vec(), 0..=Measure::ALL.len()).prop_shuffle();
    let asked = (when(), keyword::<Kind>(), levels, filter());
    (asked, option::of(keyword::<Comparison>()), keyword::<Pane>(), columns, sorted).prop_map(
        |((when, kind, (by, then_by), filter), compare, pane, columns, sorted)| View {
            filter,
            compare,
            pane,
            columns,
            sorted: sorted.map(|(by, most)| Sorted {
                by,
                order: if most { Order::MostFirst } else { Order::LeastFirst },
            }),
            ..View::new(when, kind, by, then_by)
        },
    )
}

proptest! {
    #[test]
    fn every_view_comes_back_from_its_line(view in view(), directories in directories()) {
        let line = view.line(&directories);
        prop_assert!(!line.contains(char::is_control), "{:?}", line);
        let again = View::read(&line, &directories);
        prop_assert_eq!(again.map_err(|fault| format!("{line}: {fault}")), Ok(view));
    }

    #[test]
    fn nothing_typed_breaks_the_reading(line in ".{0,80}", directories in directories()) {
        let _ = View::read(&line, &directories).map(|view| view.line(&directories));
    }
}
