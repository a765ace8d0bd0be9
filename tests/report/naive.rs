//! The report's rules on the records themselves, the long way round: every call against every visit, codes and names
//! instead of ids, no index and no SQL.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use pult::domain::call::{CallResult, Direction};
use pult::domain::clinic::{CallRecord, VisitRecord};
use pult::domain::money::Money;
use pult::domain::outcome::Outcome;
use pult::domain::person::PersonKind;
use pult::domain::phone::Remote;
use pult::domain::report::{Filter, Group, Kind, Level, Measures, Query};
use pult::domain::visit::Stage;
use pult::store::directories;

use crate::clinic::{Clinic, PEOPLE, ZONE};

pub struct Contact {
    pub measures: Measures,
    groups: Vec<(Level, Group)>,
}

pub fn total(contacts: &[Contact]) -> Measures {
    total_of(contacts, &[])
}

pub fn total_of(contacts: &[Contact], path: &[(Level, &Group)]) -> Measures {
    let inside = |contact: &&Contact| {
        path.iter().all(|(level, group)| contact.groups.iter().any(|(of, is)| of == level && is == *group))
    };
    contacts.iter().filter(inside).map(|contact| contact.measures).sum()
}

/// What the query counts.
pub fn contacts(clinic: &Clinic, query: &Query) -> Vec<Contact> {
    let calls = &clinic.facts.calls;
    let kept: Vec<usize> = (0..calls.len())
        .filter(|place| in_period(&calls[*place], query) && keeps(clinic, &query.filter, *place))
        .collect();
    let mut piles: Vec<Vec<usize>> = vec![];
    for place in kept {
        let same =
            |pile: &&mut Vec<usize>| query.kind == Kind::Patients && together(clinic, query, pile[0], place);
        match piles.iter_mut().find(same) {
            Some(pile) => pile.push(place),
            None => piles.push(vec![place]),
        }
    }
    piles.iter().map(|pile| contact(clinic, pile)).collect()
}

fn in_period(call: &CallRecord, query: &Query) -> bool {
    let day = day(call);
    call.snapshot.direction != Direction::Internal && query.period.from <= day && day <= query.period.to
}

fn day(call: &CallRecord) -> NaiveDate {
    call.snapshot.started_at.with_timezone(&ZONE).date_naive()
}

fn together(clinic: &Clinic, query: &Query, one: usize, other: usize) -> bool {
    let calls = &clinic.facts.calls;
    let parties = [one, other].map(|place| party(clinic, query, place));
    day(&calls[one]) == day(&calls[other]) && parties[0] == parties[1]
}

fn party(clinic: &Clinic, query: &Query, place: usize) -> String {
    let calls = &clinic.facts.calls;
    let call = &calls[place];
    if let Some(person) = who(call) {
        return person.to_owned();
    }
    let number = match &call.snapshot.remote {
        Remote::Number(number) => number.to_string(),
        Remote::Other(text) => return text.clone(),
        Remote::Withheld => return format!("alone {place}"),
    };
    let mut same: Vec<&CallRecord> = calls
        .iter()
        .filter(|other| in_period(other, query) && day(other) == day(call))
        .filter(|other| other.snapshot.remote == call.snapshot.remote && who(other).is_some())
        .collect();
    // Calls of one instant are in the order in which they were written down.
    same.sort_by_key(|other| order(clinic, other));
    let next = same.iter().find(|other| order(clinic, other) > order(clinic, call));
    next.or(same.last()).and_then(|other| who(other)).map_or(number, str::to_owned)
}

fn order(clinic: &Clinic, call: &CallRecord) -> (i64, usize) {
    let place = clinic.facts.calls.iter().position(|other| other.snapshot.key == call.snapshot.key).unwrap();
    (call.snapshot.started_at.timestamp_millis(), place)
}

fn owners(call: &CallRecord) -> Vec<&'static str> {
    let Some(phone) = call.snapshot.remote.phone() else { return vec![] };
    PEOPLE.iter().filter(|(_, _, phones, _)| phones.contains(&phone.0)).map(|(code, ..)| *code).collect()
}

fn who(call: &CallRecord) -> Option<&str> {
    let said = call.wrapup.as_ref().and_then(|wrapup| wrapup.who.as_deref());
    match owners(call)[..] {
        _ if said.is_some() => said,
        [only] => Some(only),
        _ => None,
    }
}

fn about(call: &CallRecord) -> Option<&str> {
    call.wrapup.as_ref().and_then(|wrapup| wrapup.about.as_deref())
}

fn caller_type(call: &CallRecord) -> Option<&str> {
    let said = call.wrapup.as_ref().and_then(|wrapup| wrapup.caller_type.as_deref());
    let employee = who(call).is_some_and(|who| kind(who) == PersonKind::Employee);
    said.or(employee.then_some("Сотрудник"))
}

fn kind(code: &str) -> PersonKind {
    PEOPLE.iter().find(|(other, ..)| *other == code).unwrap().1
}

fn counts(call: &CallRecord) -> bool {
    call.snapshot.result != Some(CallResult::Rejected) && caller_type(call) != Some("Сотрудник")
}

fn answered(call: &CallRecord) -> bool {
    call.snapshot.result == Some(CallResult::Answered)
}

/// Whether the patient's visits are this call's affair.
fn concerns(call: &CallRecord, patient: &str) -> bool {
    let people: Vec<&str> = match who(call) {
        Some(person) => vec![person],
        None => owners(call),
    };
    let parent = PEOPLE.iter().find(|(code, ..)| *code == patient).unwrap().3;
    let speaks_for = about(call).is_none() && parent.is_some_and(|parent| people.contains(&parent));
    people.contains(&patient) || about(call) == Some(patient) || speaks_for
}

/// The place of the call that a deed belongs to.
fn owner(clinic: &Clinic, patient: &str, at: chrono::DateTime<chrono::Utc>, reach: i64) -> Option<usize> {
    let mut best: Option<(TimeDelta, usize)> = None;
    for (place, call) in clinic.facts.calls.iter().enumerate() {
        let external = call.snapshot.direction != Direction::Internal;
        if !(external && counts(call) && answered(call) && concerns(call, patient)) {
            continue;
        }
        let (from, to) = (call.snapshot.answered_at.unwrap(), call.snapshot.ended_at.unwrap());
        let distance = if at < from {
            from - at
        } else if at > to {
            at - to
        } else {
            TimeDelta::zero()
        };
        let later = |other: usize| {
            let other = &clinic.facts.calls[other].snapshot;
            (from, to, place) > (other.answered_at.unwrap(), other.ended_at.unwrap(), 0)
        };
        let wins = best.is_none_or(|(least, other)| distance < least || (distance == least && later(other)));
        if distance <= TimeDelta::minutes(reach) && wins {
            best = Some((distance, place));
        }
    }
    best.map(|(_, place)| place)
}

fn booked_in(clinic: &Clinic, place: usize) -> Vec<&VisitRecord> {
    let mine = |visit: &&VisitRecord| owner(clinic, &visit.patient, visit.booked_at, 30) == Some(place);
    clinic.facts.visits.iter().filter(mine).collect()
}

fn outcome(clinic: &Clinic, place: usize) -> Option<Outcome> {
    let call = &clinic.facts.calls[place];
    let done = |at: fn(&VisitRecord) -> Option<chrono::DateTime<chrono::Utc>>| {
        let mine = |visit: &VisitRecord| {
            at(visit).and_then(|at| owner(clinic, &visit.patient, at, 15)) == Some(place)
        };
        clinic.facts.visits.iter().any(mine)
    };
    Some(match call.snapshot.direction {
        _ if !counts(call) => return None,
        Direction::Incoming if !answered(call) => Outcome::Missed,
        _ if !answered(call) => Outcome::NotReached,
        _ if !booked_in(clinic, place).is_empty() => Outcome::Booked,
        _ if done(|visit| visit.moved_at) => Outcome::Moved,
        _ if done(|visit| visit.cancelled_at) => Outcome::Cancelled,
        _ if already_booked(clinic, call) => Outcome::AlreadyBooked,
        _ => Outcome::NotBooked,
    })
}

fn already_booked(clinic: &Clinic, call: &CallRecord) -> bool {
    let start = call.snapshot.started_at;
    let ahead = |visit: &VisitRecord| {
        Some(&*visit.patient) == about(call).or(who(call))
            && visit.booked_at <= start
            && visit.starts_at > start
            && visit.cancelled_at.is_none_or(|at| at > start)
    };
    match caller_type(call) {
        Some("Пациент. Уже записан") => true,
        Some("Пациент. Хочет записаться") => false,
        _ => clinic.facts.visits.iter().any(ahead),
    }
}

fn keeps(clinic: &Clinic, filter: &Filter, place: usize) -> bool {
    let call = &clinic.facts.calls[place];
    let is_with = |code: &str| [who(call), about(call)].contains(&Some(code));
    let none = |level| filter.of(level).next().is_none();
    (none(Level::Outcome) || filter.has(&Group::Outcome(outcome(clinic, place))))
        && (none(Level::Topic) || topic(call) == Some("Гигиена"))
        && (none(Level::Line) || filter.has(&Group::Line(call.snapshot.line.clone())))
        && (!filter.patients_only || counts(call))
        && (filter.person.is_none() || is_with("p1"))
}

fn topic(call: &CallRecord) -> Option<&str> {
    call.wrapup.as_ref().and_then(|wrapup| wrapup.topic.as_deref())
}

fn contact(clinic: &Clinic, pile: &[usize]) -> Contact {
    let calls = &clinic.facts.calls;
    let mut stands = pile[0];
    for place in pile {
        let rank = |place: usize| (outcome(clinic, place).map_or(9, |it| it as u8), place);
        let earlier = order(clinic, &calls[*place]) > order(clinic, &calls[stands]);
        let (this, best) = (rank(*place).0, rank(stands).0);
        if this < best || (this == best && earlier) {
            stands = *place;
        }
    }
    let all: Vec<&CallRecord> = pile.iter().map(|place| &calls[*place]).collect();
    let taken = all.iter().any(|call| answered(call));
    let visits: Vec<&VisitRecord> = pile.iter().flat_map(|place| booked_in(clinic, *place)).collect();
    let held: Vec<&&VisitRecord> = visits.iter().filter(|visit| visit.stage == Stage::Held).collect();
    let missed = !taken && all.iter().any(|call| call.snapshot.result == Some(CallResult::Missed));
    Contact {
        measures: Measures {
            calls: 1,
            taken: u64::from(taken),
            missed: u64::from(missed),
            wait: all.iter().map(|call| call.snapshot.wait).sum::<Duration>(),
            talk: all.iter().map(|call| talk(call)).sum::<Duration>(),
            booked: u64::from(!visits.is_empty()),
            held: u64::from(!held.is_empty()),
            money: Money(held.iter().map(|visit| visit.money.0).sum()),
        },
        groups: groups(clinic, stands),
    }
}

/// Everybody's of ours.
fn talk(call: &CallRecord) -> Duration {
    let others = call.snapshot.transfers.iter().map(|transfer| transfer.talk);
    others.fold(call.snapshot.talk, |sum, talk| sum + talk)
}

fn groups(clinic: &Clinic, place: usize) -> Vec<(Level, Group)> {
    let call = &clinic.facts.calls[place];
    let directories = clinic.store.read(directories::all).unwrap();
    let employee = call.wrapup.as_ref().and_then(|wrapup| wrapup.employee.as_deref());
    let channel = (call.snapshot.line.as_deref() == Some("74950000001")).then(|| directories.channels[0].id);
    vec![
        (Level::Employee, Group::Employee(employee.map(|code| clinic.person(code)))),
        (Level::Outcome, Group::Outcome(outcome(clinic, place))),
        (Level::Topic, Group::Topic(topic(call).map(|name| clinic.topic(name)))),
        (Level::Channel, Group::Channel(channel)),
        (Level::None, Group::All),
    ]
}
