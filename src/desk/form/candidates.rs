//! What a field's list offers.

use chrono::NaiveDate;

use super::{Candidate, Value};
use crate::desk::look::Look;
use crate::domain::directory::Directories;
use crate::domain::person::{PersonBrief, PersonKind, age};

pub fn caller_types(directories: &Directories) -> Vec<Candidate> {
    let candidate = |entry: &crate::domain::directory::CallerType| Candidate {
        label: entry.name.clone(),
        note: String::new(),
        phone: String::new(),
        value: Value::CallerType(entry.id),
    };
    directories.caller_types.iter().map(candidate).collect()
}

pub fn topics(directories: &Directories) -> Vec<Candidate> {
    let candidate = |entry: &crate::domain::directory::Topic| Candidate {
        label: entry.name.clone(),
        note: String::new(),
        phone: String::new(),
        value: Value::Topic(entry.id),
    };
    directories.topics.iter().map(candidate).collect()
}

pub fn people<'p>(
    people: impl IntoIterator<Item = &'p PersonBrief>,
    look: &Look,
    today: NaiveDate,
) -> Vec<Candidate> {
    let candidate = |person: &PersonBrief| Candidate {
        label: person.name.clone(),
        note: note(person, look, today),
        phone: person.phone.map(|phone| phone.international()).unwrap_or_default(),
        value: Value::Person(person.clone()),
    };
    people.into_iter().map(candidate).collect()
}

/// A patient's age, or what else the person is.
fn note(person: &PersonBrief, look: &Look, today: NaiveDate) -> String {
    match (person.kind, person.born.and_then(|born| age(born, today))) {
        (PersonKind::Patient, Some(years)) => look.say_with("age", &[("n", years.into())]),
        (PersonKind::Patient, None) => String::new(),
        (PersonKind::Employee, _) => look.say("kind-employee").into_owned(),
        (PersonKind::Counterparty, _) => look.say("kind-counterparty").into_owned(),
    }
}
