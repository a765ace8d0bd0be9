//! The whole card as a text to read: what the sidebar has no room for.

use chrono::{DateTime, Utc};

use super::blocks::day_and_time;
use crate::desk::format;
use crate::desk::look::Look;
use crate::domain::person::{Card, PersonBrief, age};

pub fn details(card: &Card, look: &Look, now: DateTime<Utc>) -> String {
    let parts = [
        born(card, look, now),
        phones(card, look),
        policy(card, look),
        block(look, "details-extra-comment", &card.extra_comment),
        relatives(card, look, now),
        visits(card, look),
        tasks(card, look),
        block(look, "details-comment", &card.comment),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn block(look: &Look, key: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{}\n{text}", look.say(key)) }
}

fn list(look: &Look, key: &str, lines: impl Iterator<Item = String>) -> String {
    block(look, key, &lines.map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"))
}

fn born(card: &Card, look: &Look, now: DateTime<Utc>) -> String {
    let Some(born) = card.born else { return String::new() };
    let years = age(born, look.day(now)).unwrap_or(0);
    let age = look.say_with("age", &[("n", years.into())]);
    let day = format::date(born, look);
    look.say_with("details-born", &[("day", day.into()), ("age", age.into())])
}

fn phones(card: &Card, look: &Look) -> String {
    let line = |phone: &crate::domain::person::PersonPhone| {
        let mark = if phone.primary { look.say("details-primary") } else { "".into() };
        format!("{} {mark}", phone.phone.international()).trim_end().to_owned()
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

fn relatives(card: &Card, look: &Look, now: DateTime<Utc>) -> String {
    let line = |person: &PersonBrief| {
        let years = person.born.and_then(|born| age(born, look.day(now)));
        let age = years.map(|years| look.say_with("age", &[("n", years.into())])).unwrap_or_default();
        let phone = person.phone.map(|phone| phone.international()).unwrap_or_default();
        format!("{}  {age}  {phone}", person.name).trim_end().to_owned()
    };
    list(look, "details-relatives", card.relatives.iter().map(line))
}

fn visits(card: &Card, look: &Look) -> String {
    let line = |visit: &crate::domain::visit::Visit| {
        format!("{}  {}, {}", day_and_time(visit.starts_at, look), visit.doctor, visit.speciality)
    };
    list(look, "details-visits", card.future_visits.iter().map(line))
}

fn tasks(card: &Card, look: &Look) -> String {
    let line = |task: &crate::domain::visit::Task| {
        format!("{}  {}", format::short_date(look.day(task.due_at), look), task.text)
    };
    list(look, "details-tasks", card.tasks.iter().map(line))
}
