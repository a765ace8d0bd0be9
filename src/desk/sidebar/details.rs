//! The whole card as a text to read: what the sidebar has no room for.

use chrono::{DateTime, Utc};

use super::blocks::day_and_time;
use crate::desk::format;
use crate::desk::layer::Row;
use crate::desk::look::Look;
use crate::domain::person::{Card, PersonBrief, PersonPhone, age};
use crate::domain::phone::Phone;
use crate::domain::visit::{Task, Visit};

/// The numbers stand at the top: one of them is a key away from being dialled.
pub fn details(card: &Card, look: &Look, now: DateTime<Utc>) -> Vec<Row> {
    let parts = [
        Row::lines(&born(card, look, now)),
        phones(card, look),
        parent(card, look, now),
        relatives(card, look, now),
        Row::lines(&policy(card, look)),
        block(look, "details-extra-comment", Row::lines(&card.extra_comment)),
        visits(card, look),
        tasks(card, look),
        block(look, "details-comment", Row::lines(&card.comment)),
    ];
    let parts: Vec<Vec<Row>> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&Row::default())
}

fn block(look: &Look, key: &str, mut rows: Vec<Row>) -> Vec<Row> {
    if !rows.is_empty() {
        rows.insert(0, Row { text: look.say(key).into_owned(), phone: None });
    }
    rows
}

fn list(look: &Look, key: &str, lines: impl Iterator<Item = (String, Option<Phone>)>) -> Vec<Row> {
    let row = |(text, phone)| Row { text: format!("  {text}"), phone };
    block(look, key, lines.map(row).collect())
}

fn born(card: &Card, look: &Look, now: DateTime<Utc>) -> String {
    let Some(born) = card.born else { return String::new() };
    let years = age(born, look.day(now)).unwrap_or(0);
    let age = look.say_with("age", &[("n", years.into())]);
    let day = format::date(born, look);
    look.say_with("details-born", &[("day", day.into()), ("age", age.into())])
}

fn phones(card: &Card, look: &Look) -> Vec<Row> {
    let line = |phone: &PersonPhone| {
        let mark = if phone.primary { look.say("details-primary") } else { "".into() };
        (format!("{} {mark}", phone.phone.international()).trim_end().to_owned(), Some(phone.phone))
    };
    list(look, "details-phones", card.phones.iter().map(line))
}

fn policy(card: &Card, look: &Look) -> String {
    let Some(policy) = &card.policy else { return String::new() };
    look.say_with(
        "details-policy",
        &[
            ("insurer", policy.insurer.as_str().into()),
            ("number", policy.number.as_str().into()),
            ("from", format::date(policy.from, look).into()),
            ("until", format::date(policy.until, look).into()),
            ("total", format::money(card.insured_total, look).into()),
        ],
    )
}

fn parent(card: &Card, look: &Look, now: DateTime<Utc>) -> Vec<Row> {
    list(look, "side-parent", card.parent.iter().map(|parent| relative(parent, look, now)))
}

fn relatives(card: &Card, look: &Look, now: DateTime<Utc>) -> Vec<Row> {
    let parent = card.parent.as_ref().map(|parent| parent.id);
    let others = card.relatives.iter().filter(|person| Some(person.id) != parent);
    list(look, "details-relatives", others.map(|person| relative(person, look, now)))
}

fn relative(person: &PersonBrief, look: &Look, now: DateTime<Utc>) -> (String, Option<Phone>) {
    let years = person.born.and_then(|born| age(born, look.day(now)));
    let age = years.map(|years| look.say_with("age", &[("n", years.into())])).unwrap_or_default();
    let phone = person.phone.map(|phone| phone.international()).unwrap_or_default();
    (format!("{}  {age}  {phone}", person.name).trim_end().to_owned(), person.phone)
}

fn visits(card: &Card, look: &Look) -> Vec<Row> {
    let line = |visit: &Visit| {
        let when = day_and_time(visit.starts_at, look);
        (format!("{when}  {}, {}", visit.doctor, visit.speciality), None)
    };
    list(look, "details-visits", card.future_visits.iter().map(line))
}

fn tasks(card: &Card, look: &Look) -> Vec<Row> {
    let line = |task: &Task| {
        let due = format::short_date(look.day(task.due_at), look);
        (format!("{due}  {}", task.text), None)
    };
    list(look, "details-tasks", card.tasks.iter().map(line))
}
