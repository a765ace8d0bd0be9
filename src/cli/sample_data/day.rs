//! The day that `pult demo` plays, written for the people of the sample clinic: first one call of each kind within
//! two minutes, so that everything can be seen, then an ordinary stream.

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::clinic::Clinic;
use super::house::LINES;
use super::rows::Person;
use super::{Dice, chance};
use crate::domain::advert::Advert;
use crate::domain::call::{CallResult, Direction};
use crate::domain::person::PersonKind;
use crate::telephony::demo::script::{Form, HandOver, Part, Script};

/// Administrators of the first branch; the demo's operator is the first of them.
const AGENTS: [&str; 3] = ["101", "102", "103"];
/// Calls after the opening.
const STREAM: usize = 110;
/// Unassigned to any operator, like all numbers of the sample.
const STRANGER: &str = "+79489000000";
const CALLS_BACK: &str = "+79488120044";

pub fn script(clinic: &Clinic, seed: u64) -> Script {
    let mut dice = Dice::seed_from_u64(seed);
    let mut calls = opening(clinic);
    let mut at = calls.last().map_or(0.0, |part| part.at);
    for _ in 0..STREAM {
        at += f64::from(dice.random_range(14..45));
        calls.push(Part { at, ..ordinary(clinic, &mut dice) });
    }
    Script { calls, forms: vec![form()], ..Script::default() }
}

fn opening(clinic: &Clinic) -> Vec<Part> {
    let known = best_known(clinic);
    let child = phone_of(clinic, |person| person.comment == "Боится уколов.");
    let employee = clinic.others[4].main_phone();
    let company = clinic.others[clinic.others.len() - 8].main_phone();
    vec![
        answered(2.0, &known, 0, 12.0, "101", 75.0),
        Part {
            advert: Some(advert()),
            tags: vec!["Первичный".into()],
            ..answered(9.0, STRANGER, 2, 25.0, "102", 60.0)
        },
        answered(15.0, &family_phone(clinic), 4, 20.0, "103", 45.0),
        missed(20.0, "anonymous", 0, 14.0),
        missed(40.0, CALLS_BACK, 1, 18.0),
        answered(55.0, employee, 0, 6.0, "102", 30.0),
        Part {
            transfer: Some(HandOver { to: "103".into(), talk: 30.0 }),
            ..answered(70.0, &child, 3, 9.0, "101", 40.0)
        },
        answered(80.0, company, 6, 7.0, "103", 35.0),
        Part { rings: vec!["102".into()], ..outgoing(95.0, &known, "102", CallResult::NoAnswer) },
        answered(110.0, CALLS_BACK, 1, 8.0, "101", 50.0),
    ]
}

/// What the stranger asked on the site before the call.
fn form() -> Form {
    Form {
        before: 25.0 * 60.0,
        number: STRANGER.into(),
        name: Some("Ольга".into()),
        email: None,
        text: "Сколько стоит имплантация под ключ? Удобно после обеда.".into(),
        advert: advert(),
    }
}

/// Brought by the line's own channel, so that money and calls of one campaign stand in one row.
fn advert() -> Advert {
    let said = |text: &str| Some(text.to_owned());
    Advert {
        campaign: said(LINES[2].channel),
        medium: said("paid"),
        search_engine: said("yandex.ru"),
        search_words: said("имплантация зубов цена"),
        entrance_page: said("https://clinic.example/implants"),
        utm_source: said("yandex"),
        utm_medium: said("cpc"),
        utm_campaign: said("implants"),
        ..Advert::default()
    }
}

fn ordinary(clinic: &Clinic, dice: &mut Dice) -> Part {
    let number = caller(clinic, dice);
    let line = dice.random_range(0..LINES.len() - 1);
    let wait = f64::from(dice.random_range(4..24));
    if chance(dice, 15) {
        let agent = *AGENTS.choose(dice).unwrap_or(&AGENTS[0]);
        let result = if chance(dice, 30) { CallResult::Busy } else { CallResult::NoAnswer };
        let talk = if chance(dice, 70) { f64::from(dice.random_range(20..90)) } else { 0.0 };
        return Part { talk, ..outgoing(0.0, &number, agent, result) };
    }
    if chance(dice, 22) {
        return missed(0.0, &number, line, wait + 8.0);
    }
    let agent = *AGENTS.choose(dice).unwrap_or(&AGENTS[0]);
    let talk = f64::from(dice.random_range(25..150));
    let hold = if chance(dice, 12) { 10.0 } else { 0.0 };
    let to = AGENTS.iter().find(|other| **other != agent).copied().unwrap_or_default();
    let transfer = chance(dice, 8).then(|| HandOver { to: to.into(), talk: 25.0 });
    Part { hold, transfer, ..answered(0.0, &number, line, wait, agent, talk) }
}

fn caller(clinic: &Clinic, dice: &mut Dice) -> String {
    match dice.random_range(0..100) {
        0..62 => {
            let callers: Vec<&Person> =
                clinic.people.iter().filter(|person| !person.phones.is_empty()).collect();
            callers.choose(dice).map(|person| person.main_phone().to_owned()).unwrap_or_default()
        }
        62..90 => format!("+7948{:07}", dice.random_range(0..10_000_000)),
        90..96 => clinic.others.choose(dice).map(|person| person.main_phone().to_owned()).unwrap_or_default(),
        _ => "anonymous".into(),
    }
}

fn answered(at: f64, number: &str, line: usize, wait: f64, agent: &str, talk: f64) -> Part {
    Part { agent: Some(agent.into()), talk, ..missed(at, number, line, wait) }
}

fn missed(at: f64, number: &str, line: usize, wait: f64) -> Part {
    Part {
        at,
        direction: Direction::Incoming,
        number: number.into(),
        name: None,
        line: Some(LINES[line].number.into()),
        queue: Some("reception".into()),
        rings: AGENTS.map(str::to_owned).to_vec(),
        wait,
        agent: None,
        talk: 0.0,
        hold: 0.0,
        transfer: None,
        advert: None,
        tags: vec![],
        result: None,
    }
}

fn outgoing(at: f64, number: &str, agent: &str, result: CallResult) -> Part {
    Part {
        direction: Direction::Outgoing,
        line: None,
        queue: None,
        rings: vec![],
        agent: Some(agent.into()),
        result: Some(result),
        ..missed(at, number, 0, 12.0)
    }
}

/// The number of the patient whose card has most to show: the first caller of the demo.
fn best_known(clinic: &Clinic) -> String {
    let last = clinic.calls.last().map(|call| call.started_at).unwrap_or_default();
    let richness = |person: &Person| {
        let ahead = clinic.place_of(&person.id).and_then(|place| clinic.schedule.ahead(place, last));
        let task = clinic.tasks.iter().any(|task| task.person == person.id && task.done_at.is_none());
        let has = [
            ahead.is_some(),
            task,
            person.account < 0,
            person.treatment_total > 0,
            !person.policy_number.is_empty(),
            !person.comment.is_empty(),
            !person.family.is_empty(),
        ];
        has.into_iter().filter(|has| *has).count()
    };
    let found = alone(clinic).max_by_key(|person| richness(person));
    found.map(|person| person.main_phone().to_owned()).unwrap_or_default()
}

fn phone_of(clinic: &Clinic, wanted: impl Fn(&Person) -> bool) -> String {
    alone(clinic)
        .find(|person| wanted(person))
        .map(|person| person.main_phone().to_owned())
        .unwrap_or_default()
}

/// Grown patients who share their number with nobody.
fn alone(clinic: &Clinic) -> impl Iterator<Item = &Person> {
    let single = |person: &&Person| holders(clinic, person.main_phone()) == 1;
    clinic.people.iter().filter(|person| !person.is_child()).filter(single)
}

fn family_phone(clinic: &Clinic) -> String {
    let shared = |person: &&Person| !person.phones.is_empty() && holders(clinic, person.main_phone()) > 2;
    clinic.people.iter().find(shared).map(|person| person.main_phone().to_owned()).unwrap_or_default()
}

fn holders(clinic: &Clinic, phone: &str) -> usize {
    clinic
        .people
        .iter()
        .filter(|person| {
            person.kind == PersonKind::Patient && person.phones.split(' ').any(|own| own == phone)
        })
        .count()
}
