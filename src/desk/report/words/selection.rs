//! The whole question on one line: the period, the kind, the levels, what is compared, and everything that keeps calls
//! out.

use std::time::Duration;

use chrono::NaiveDate;

use super::Words;
use crate::desk::format;
use crate::desk::report::figures::gap;
use crate::domain::id::PersonId;
use crate::domain::report::{Between, Comparison, Filter, Query, lengths};

/// More names than this would hide the rest of the question.
pub const NAMES_SAID: usize = 3;

impl Words<'_> {
    /// The whole question, part by part.
    pub fn question(&self, query: &Query, today: NaiveDate) -> Vec<String> {
        self.question_about(query, today, None, NAMES_SAID)
    }

    /// The same with the name of the person whose calls are wanted, where it is known, and at most so many names of
    /// each list.
    pub fn question_about(
        &self,
        query: &Query,
        today: NaiveDate,
        person: Option<&str>,
        most: usize,
    ) -> Vec<String> {
        let levels = Some(self.levels(query)).filter(|levels| !levels.is_empty());
        let mut parts = vec![
            self.period(query.period, today),
            self.kind(query.kind),
            levels.unwrap_or_else(|| self.say("report-no-levels")),
        ];
        parts.extend(query.compare.map(|_| {
            let named =
                [("period", query.compared_with().map(|it| self.period(it, today)).unwrap_or_default())];
            let named = named.map(|(name, value)| (name, value.into()));
            self.look.say_with("report-compared", &named)
        }));
        parts.extend(self.selection(&query.filter, person, most));
        parts
    }

    /// Its parts in a text that flows: a separator never begins a line.
    pub fn flowing(&self, parts: &[String]) -> String {
        parts.join(&format!("{}{} ", gap(self.look), self.look.signs.bar))
    }

    pub fn comparison(&self, comparison: Option<Comparison>) -> String {
        self.say(match comparison {
            None => "compare-none",
            Some(Comparison::Previous) => "compare-previous",
            Some(Comparison::YearAgo) => "compare-year-ago",
        })
    }

    /// By name where the directories tell it.
    pub fn person(&self, person: Option<PersonId>) -> String {
        let known = person.and_then(|id| self.directories.employee(id));
        known.map_or_else(|| self.say("report-one-person"), |employee| employee.name.clone())
    }

    fn selection(&self, filter: &Filter, person: Option<&str>, most: usize) -> Vec<String> {
        let patients = filter.patients_only.then(|| self.say("report-patients-only"));
        let person = filter.person.map(|id| person.map_or_else(|| self.person(Some(id)), str::to_owned));
        let lists = filter.levels().into_iter().filter_map(|level| {
            let names = filter.of(level).map(|group| self.group(group)).collect();
            Some(self.chosen(&self.level(level), &self.first_of(names, most)?))
        });
        let mut parts: Vec<String> = patients.into_iter().chain(person).chain(lists).collect();
        parts.extend(self.range("report-wait", filter.wait));
        parts.extend(self.range("report-call-talk", filter.talk));
        parts.extend(self.typed("report-comment", &filter.text));
        parts.extend(self.typed("report-number", &filter.number));
        let flags = [
            (filter.recording, ["report-with-recording", "report-without-recording"]),
            (filter.comment, ["report-with-comment", "report-without-comment"]),
        ];
        parts.extend(flags.into_iter().filter_map(|(wanted, [with, without])| {
            wanted.map(|wanted| self.say(if wanted { with } else { without }))
        }));
        parts
    }

    fn chosen(&self, field: &str, names: &str) -> String {
        self.look.say_with("report-chosen", &[("field", field.into()), ("names", names.into())])
    }

    fn typed(&self, field: &str, text: &str) -> Option<String> {
        (!text.trim().is_empty()).then(|| self.chosen(&self.say(field), text))
    }

    /// «Ожидание: от 0:30 до 5:00»
    fn range(&self, field: &str, range: Between) -> Option<String> {
        let (key, ends) = match (range.least.map(length), range.most.map(length)) {
            (None, None) => return None,
            (Some(least), None) => ("report-from", [("least", least), ("most", String::new())]),
            (None, Some(most)) => ("report-to", [("least", String::new()), ("most", most)]),
            (Some(least), Some(most)) => ("report-from-to", [("least", least), ("most", most)]),
        };
        let said = self.look.say_with(key, &ends.map(|(name, value)| (name, value.into())));
        Some(self.chosen(&self.say(field), &said))
    }

    /// The first few by name, the rest by number; `None` of none.
    pub fn several(&self, names: Vec<String>) -> Option<String> {
        self.first_of(names, NAMES_SAID)
    }

    fn first_of(&self, names: Vec<String>, most: usize) -> Option<String> {
        let said = names.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
        match names.len().saturating_sub(most) {
            _ if names.is_empty() => None,
            0 => Some(said),
            more => {
                Some(self.look.say_with("report-chosen-more", &[("names", said.into()), ("n", more.into())]))
            }
        }
    }
}

/// `5:00`; what is no whole number of seconds as a line writes it.
pub fn length(length: Duration) -> String {
    if length.subsec_nanos() == 0 { format::duration(length) } else { lengths::written(length) }
}
